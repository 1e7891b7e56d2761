"""Tables on paper that go on over several pages, each with the head of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wbok.documents.paper import BLACK, MARGIN, PALE, Align, Colour, Fitted, Paper

BOTTOM = 278.0
"""Nothing but the foot is drawn below."""
SIZE, HEAD_SIZE = 8.5, 7.5
PADDING = 1.2
TALLEST = 60.0
"""Millimetres of one cell; a longer text is printed smaller."""
SHADE: Colour = (238, 238, 238)


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres. Text runs on in further lines; figures (`R`) stay in one."""

    title: str
    width: float
    align: Align = "L"


class Flow:
    """Where the next thing is drawn. `head` draws what each further page begins with, and gives where it ends."""

    def __init__(self, paper: Paper, y: float, *, head: Callable[[], float]) -> None:
        self.paper, self.y, self._head = paper, y, head

    def need(self, height: float) -> bool:
        """Begins a new page when there is no room for `height` millimetres; tells whether it did."""
        if self.y + height <= BOTTOM:
            return False
        self.paper.new_page()
        self.y = self._head()
        return True


class Grid:
    def __init__(self, flow: Flow, columns: Sequence[Column], *, x: float = MARGIN) -> None:
        self._flow, self._columns, self._x = flow, columns, x
        self._width = sum(column.width for column in columns)

    def draw(self, rows: Iterable[Sequence[str]]) -> None:
        """With its head; `rows` are taken one by one."""
        self.head()
        for row in rows:
            self.row(row)

    def head(self) -> None:
        paper = self._flow.paper
        cells = [
            paper.fit(c.title, c.width - 2 * PADDING, HEAD_SIZE, height=8, bold=True) for c in self._columns
        ]
        height = _height(cells)
        self._flow.need(3 * height)
        paper.fill(self._x, self._flow.y, self._width, height, SHADE)
        self._cells(cells, height, bold=True)

    def row(self, row: Sequence[str], *, bold: bool = False) -> None:
        cells = [self._fitted(c, text, bold=bold) for c, text in zip(self._columns, row, strict=True)]
        height = _height(cells)
        if self._flow.need(height):
            self.head()
        self._cells(cells, height, bold=bold)

    def _fitted(self, column: Column, text: str, *, bold: bool) -> Fitted:
        height = TALLEST if column.align == "L" else 0
        return self._flow.paper.fit(text, column.width - 2 * PADDING, SIZE, height=height, bold=bold)

    def _cells(self, cells: Sequence[Fitted], height: float, *, bold: bool) -> None:
        flow, left = self._flow, self._x
        with flow.paper.part():
            for column, cell in zip(self._columns, cells, strict=True):
                x = left + column.width - PADDING if column.align == "R" else left + PADDING
                flow.paper.lines(
                    x, flow.y + PADDING + cell.size * 0.3, cell, bold=bold, align=column.align, colour=BLACK
                )
                left += column.width
        flow.y += height
        flow.paper.line(self._x, flow.y, self._x + self._width, flow.y, width=0.15, colour=PALE)


def _height(cells: Sequence[Fitted]) -> float:
    return max(cell.pitch * max(len(cell.lines), 1) for cell in cells) + 2 * PADDING - 0.4

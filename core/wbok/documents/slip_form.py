"""The form of the payment slip: what is printed before anybody fills it in, and how it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wbok.documents import slip_measures as m
from wbok.documents.paper import WHITE, Align, Colour, Paper

RED: Colour = (200, 0, 0)
INSET = 1.0
CAPITAL = 0.257
"""Millimetres of a capital letter for each point of its size."""


class Form:
    """Places are those of `slip_measures`; `top` is where the slip begins on the sheet."""

    def __init__(self, paper: Paper, *, top: float) -> None:
        self.paper, self.top = paper, top

    def word(self, x: float, y: float, text: str, size: float = m.CAPTION, *, align: Align = "L") -> None:
        """The form's own. `y` is the baseline."""
        self.paper.text(x, self.top + y, text, size, align=align, colour=RED)

    def caption(self, place: m.Rect | m.Boxes, text: str, *, indent: float = 0) -> None:
        self.word(place.x + indent, place.y - m.ABOVE, text)

    def frame(self, place: m.Rect | m.Boxes, *, width: float = m.THIN) -> None:
        self.paper.frame(place.x, self.top + place.y, place.w, place.h, width=width, colour=RED)

    def ticks(self, place: m.Boxes, numbers: Iterable[int], *, height: float, width: float = m.THIN) -> None:
        """Upwards from the lower edge, to the right of so many boxes."""
        bottom = self.top + place.y + place.h
        xs = (place.x + number * place.pitch for number in numbers)
        self.paper.strokes(((x, bottom - height, x, bottom) for x in xs), width=width, colour=RED)

    def field(self, place: m.Rect | m.Boxes) -> None:
        """White, with a frame."""
        self.paper.fill(place.x, self.top + place.y, place.w, place.h, WHITE)
        self.frame(place)

    def boxes(self, place: m.Boxes) -> None:
        self.field(place)
        self.ticks(place, range(1, place.count), height=place.h)

    def signs(self, place: m.Boxes, text: str) -> None:
        """One in each box, from the first one on."""
        baseline = self.top + place.y + place.h - m.BASELINE
        middles = (place.middle(number) for number in range(place.count))
        self.paper.signs(middles, baseline, text, m.DATA)

    def free(
        self,
        place: m.Rect | m.Boxes,
        text: str,
        *,
        size: float = m.SMALL,
        bold: bool = False,
        align: Align = "L",
    ) -> None:
        """Without boxes, in a size in which it fits, in the middle of the place's height."""
        fitted = self.paper.fit(text, place.w - 2 * INSET, size, height=place.h - INSET / 2, bold=bold)
        capital = fitted.size * CAPITAL
        height = capital + fitted.pitch * (len(fitted.lines) - 1)
        first = self.top + place.y + (place.h - height) / 2 + capital
        x = place.x + place.w - INSET if align == "R" else place.x + INSET
        self.paper.lines(x, first, fitted, bold=bold, align=align)


def around(rows: Sequence[m.Boxes]) -> m.Rect:
    """From the first of the rows to the last."""
    first, last = rows[0], rows[-1]
    return m.Rect(first.x, first.y, first.w, last.y + last.h - first.y)

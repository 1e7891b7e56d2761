"""An A4 sheet to draw on: millimetres from its upper left corner, texts by their baseline, sizes in points.

What is drawn in a `part` is tagged for those who let it be read out; everything else counts as decoration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from fpdf import FPDF, ViewerPreferences

from wbok.documents.fonts import FAMILY, MM_IN_POINT, typefaces
from wbok.documents.output import Producer
from wbok.documents.wrapping import wrapped
from wbok.markdown import Run

WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 18.0
SMALLEST = 3.5
"""Points. Smaller type than this nobody reads."""
SHRINK = 0.92
LEADING = 1.25
ELLIPSIS = "…"
PDF_VERSION = "1.7"

Colour = tuple[int, int, int]
Align = Literal["L", "R", "C"]
BLACK: Colour = (0, 0, 0)
GREY: Colour = (90, 90, 90)
PALE: Colour = (170, 170, 170)
WHITE: Colour = (255, 255, 255)
RIGHTMOST = WIDTH - MARGIN
INNER = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines in the size in which they fit. `cut`: not even the smallest size was enough, the end is an ellipsis."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False

    @property
    def pitch(self) -> float:
        """Millimetres from line to line."""
        return self.size * MM_IN_POINT * LEADING


class Paper:
    """`author` is the provider. `made_at` must have a time zone; the same values make the same bytes."""

    def __init__(
        self, *, title: str, language: str, author: str, made_at: datetime, true_to_size: bool = False
    ) -> None:
        self._faces = typefaces()
        self._pdf = pdf = FPDF(unit="mm", format="A4")
        pdf.set_auto_page_break(False)
        pdf.set_title(self.printable(title))
        pdf.set_author(self.printable(author))
        pdf.set_lang(language)
        pdf.set_creator("WBOK")
        pdf.set_creation_date(made_at)
        pdf.viewer_preferences = ViewerPreferences(
            display_doc_title=True, print_scaling="None" if true_to_size else None
        )
        pdf.pdf_version = PDF_VERSION
        for face in self._faces:
            pdf.fonts[face.fontkey] = cast(Any, face)
        self._in_part = False
        self._tags: dict[int, int] = {}

    def new_page(self) -> None:
        self._pdf.add_page()
        self._tags[self._pdf.page] = 0

    @property
    def page(self) -> int:
        return self._pdf.page

    @contextmanager
    def part(self, kind: str = "P", *, alt: str | None = None) -> Iterator[None]:
        """One thing to be read out: `P` a paragraph, `H1` and `H2` headings, `Figure` with its words in `alt`."""
        if self._in_part:
            yield
            return
        page, number = self._pdf.page, self._tags[self._pdf.page]
        self._tags[page] = number + 1
        builder = self._pdf.struct_builder
        _, parent = builder.add_marked_content(page, f"/{kind}", mcid=number, alt_text=alt)
        self._pdf.pages[page].struct_parents = parent
        self._write(f"/{kind} <</MCID {number}>> BDC")
        self._in_part = True
        yield
        self._in_part = False
        self._write("EMC")

    @contextmanager
    def spoken(self, text: str) -> Iterator[None]:
        """Signs that stand apart, each in its box, are one text to be read and found."""
        actual = ("\ufeff" + self.printable(text)).encode("utf-16-be").hex()
        self._write(f"/Span <</ActualText <{actual}>>> BDC")
        yield
        self._write("EMC")

    def printable(self, text: str) -> str:
        return self._faces[0].printable(text)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        face = self._faces[bold]
        return face.width(face.printable(text), size)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = "L",
        colour: Colour = BLACK,
    ) -> None:
        """`x` is the left end, the right end or the middle of the text, as `align` says."""
        printable = self._faces[bold].printable(text)
        if not printable:
            return
        if align != "L":
            width = self._faces[bold].width(printable, size)
            x -= width if align == "R" else width / 2
        self._pdf.set_font(FAMILY, "B" if bold else "", size)
        self._pdf.set_text_color(*colour)
        with self._decoration():
            self._pdf.text(x, y, printable)

    def lines(
        self,
        x: float,
        y: float,
        fitted: Fitted,
        *,
        bold: bool = False,
        align: Align = "L",
        colour: Colour = BLACK,
    ) -> float:
        """Draws downwards from the first baseline; gives the baseline that a next line would have."""
        for line in fitted.lines:
            self.text(x, y, line, fitted.size, bold=bold, align=align, colour=colour)
            y += fitted.pitch
        return y

    def signs(self, middles: Iterable[float], y: float, text: str, size: float) -> None:
        """One black sign at each of `middles`."""
        face, k = self._faces[0], self._pdf.k
        printable = face.printable(text)
        self._pdf.set_font(FAMILY, "", size)
        places = (
            f"1 0 0 1 {(x - face.width(sign, size) / 2) * k:.2f} {(self._pdf.h - y) * k:.2f} Tm "
            f"{face.encode_text(sign)}"
            for x, sign in zip(middles, printable, strict=False)
        )
        with self.spoken(printable):
            self._write(self._pdf._set_font_for_page(cast(Any, face), size))
            self._write("\n".join(("q 0 g BT", *places, "ET Q")))

    def upright(self, x: float, y: float, text: str, size: float, *, colour: Colour = BLACK) -> None:
        """A text that runs upwards, its middle in `y`."""
        with self._pdf.rotation(90, x, y):
            self.text(x, y, text, size, align="C", colour=colour)

    def wrap(self, text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        """Lines no wider than `width` millimetres, broken between words, and in a word that is wider alone."""
        lines = wrapped([Run(text, bold)], width, size)
        return tuple(run.text for line in lines for run in line)

    def runs(self, x: float, y: float, runs: Iterable[Run], size: float) -> None:
        """Beside each other, from the left end of the first."""
        for run in runs:
            self.text(x, y, run.text, size, bold=run.is_bold)
            x += self.width(run.text, size, bold=run.is_bold)

    def fit(self, text: str, width: float, size: float, *, height: float = 0, bold: bool = False) -> Fitted:
        """`text` in the lines that `height` has room for, one at least; smaller than `size` if need be."""
        while True:
            wrapped = self.wrap(text, width, size, bold=bold)
            room = max(1, int(height / (size * MM_IN_POINT * LEADING)))
            if len(wrapped) <= room:
                return Fitted(wrapped, size)
            if size * SHRINK < SMALLEST:
                kept = wrapped[:room]
                return Fitted((*kept[:-1], kept[-1][:-1] + ELLIPSIS), size, cut=True)
            size *= SHRINK

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        width: float = 0.2,
        colour: Colour = BLACK,
        dash: float = 0,
    ) -> None:
        self._pen(width, colour)
        with self._decoration():
            if dash:
                self._pdf.set_dash_pattern(dash, dash)
            self._pdf.line(x1, y1, x2, y2)
            if dash:
                self._pdf.set_dash_pattern()

    def strokes(
        self, ends: Iterable[tuple[float, float, float, float]], *, width: float, colour: Colour
    ) -> None:
        """Many lines of one kind, each from x, y to x, y."""
        self._pen(width, colour)
        k, height = self._pdf.k, self._pdf.h
        with self._decoration():
            self._write(
                "\n".join(
                    f"{x1 * k:.2f} {(height - y1) * k:.2f} m {x2 * k:.2f} {(height - y2) * k:.2f} l S"
                    for x1, y1, x2, y2 in ends
                )
            )

    def frame(
        self, x: float, y: float, w: float, h: float, *, width: float = 0.2, colour: Colour = BLACK
    ) -> None:
        """The line runs along the sides, half of it outside."""
        self._pen(width, colour)
        with self._decoration():
            self._pdf.rect(x, y, w, h)

    def circle(self, x: float, y: float, radius: float, *, width: float, colour: Colour) -> None:
        self._pen(width, colour)
        with self._decoration():
            self._pdf.circle(x, y, radius)

    def fill(self, x: float, y: float, w: float, h: float, colour: Colour) -> None:
        self._pdf.set_fill_color(*colour)
        with self._decoration():
            self._pdf.rect(x, y, w, h, style="F")

    def modules(self, x: float, y: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        """A code of dark squares, `side` millimetres wide, on white with the white zone that it needs around."""
        step = side / len(rows)
        zone = 4 * step
        self.fill(x - zone, y - zone, side + 2 * zone, side + 2 * zone, WHITE)
        k, bottom = self._pdf.k, self._pdf.h
        # One path, so that no reader sees hair between the squares.
        path = [
            f"{(x + start * step) * k:.3f} {(bottom - y - (row + 1) * step) * k:.3f} "
            f"{(end - start) * step * k:.3f} {step * k:.3f} re"
            for row, dark in enumerate(rows)
            for start, end in _runs(dark)
        ]
        with self._decoration():
            self._write("q 0 g")
            self._write("\n".join(path))
            self._write("f Q")

    def finish(self, foot: Callable[[int, int], None] | None = None) -> bytes:
        """The file. `foot` draws what stands at the bottom of page n of m, when it is known how many there are."""
        pages = self._pdf.pages_count
        for number in range(1, pages + 1) if foot else ():
            self._pdf.page = number
            self._pdf.current_font_is_set_on_page = False
            foot(number, pages)  # type: ignore[misc]
        self._pdf.page = pages
        return bytes(self._pdf.output(output_producer_class=Producer))

    def _pen(self, width: float, colour: Colour) -> None:
        self._pdf.set_line_width(width)
        self._pdf.set_draw_color(*colour)

    @contextmanager
    def _decoration(self) -> Iterator[None]:
        if self._in_part:
            yield
            return
        self._write("/Artifact BMC")
        yield
        self._write("EMC")

    def _write(self, operators: str) -> None:
        self._pdf._out(operators)


def _runs(dark: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where neighbours are dark: first, one behind last."""
    start = None
    for at, is_dark in enumerate([*dark, False]):
        if is_dark and start is None:
            start = at
        elif not is_dark and start is not None:
            yield start, at
            start = None

"""What documents of the provider have in common: title, parties, captions and values, the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import NullTranslations

from wbok.documents.paper import GREY, INNER, MARGIN, RIGHTMOST, Paper
from wbok.documents.printed import Party

TOP = 22.0
TITLE_SIZE, NAME_SIZE, BODY_SIZE, CAPTION_SIZE = 15.0, 10.5, 9.0, 7.5
LINE = 4.4
FOOT_Y = 287.0
CONTINUED_Y = 18.0
GUTTER = 8.0
HALF = (INNER - GUTTER) / 2


def draw_title(paper: Paper, title: str, *, width: float) -> float:
    """Gives the baseline below."""
    with paper.part("H1"):
        fitted = paper.fit(title, width, TITLE_SIZE, height=16, bold=True)
        return paper.lines(MARGIN, TOP, fitted, bold=True)


def draw_continued(paper: Paper, title: str) -> float:
    """The title small, at the top of each further page; gives where the page goes on."""
    paper.lines(MARGIN, CONTINUED_Y, paper.fit(title, INNER, BODY_SIZE), colour=GREY)
    return CONTINUED_Y + 4


def draw_party(
    paper: Paper, x: float, y: float, caption: str, party: Party, *, say: NullTranslations
) -> float:
    """In a column of `HALF`; gives the baseline below."""
    with paper.part("H2"):
        paper.text(x, y, caption, CAPTION_SIZE, colour=GREY)
    y += LINE + 0.6
    with paper.part():
        y = paper.lines(x, y, paper.fit(party.name, HALF, NAME_SIZE, height=16, bold=True), bold=True)
        for line in party.address:
            y = paper.lines(x, y, paper.fit(line, HALF, BODY_SIZE, height=8))
        if party.tax_id:
            y = paper.lines(
                x, y, paper.fit(say.gettext("NIP %(number)s") % {"number": party.tax_id}, HALF, BODY_SIZE)
            )
    if party.customer_id:
        with paper.part():
            text = say.gettext("ID Klienta %(number)s") % {"number": party.customer_id}
            y = paper.lines(x, y + 0.8, paper.fit(text, HALF, BODY_SIZE, bold=True), bold=True)
    return y


def draw_facts(
    paper: Paper, x: float, y: float, facts: Sequence[tuple[str, str]], *, width: float, caption_width: float
) -> float:
    """Caption and value in each line; gives the baseline below."""
    for caption, value in facts:
        with paper.part():
            paper.lines(x, y, paper.fit(caption, caption_width - 2, BODY_SIZE), colour=GREY)
            fitted = paper.fit(value, width - caption_width, BODY_SIZE, height=8)
            y = max(paper.lines(x + caption_width, y, fitted), y + LINE)
    return y


def draw_foot(paper: Paper, page: int, pages: int, *, note: str, say: NullTranslations) -> None:
    """A line, what the document is, the number of the page."""
    paper.line(MARGIN, FOOT_Y - 4, RIGHTMOST, FOOT_Y - 4, width=0.15, colour=GREY)
    paper.lines(MARGIN, FOOT_Y, paper.fit(note, INNER - 35, CAPTION_SIZE), colour=GREY)
    draw_page_number(paper, page, pages, y=FOOT_Y, say=say)


def draw_page_number(paper: Paper, page: int, pages: int, *, y: float, say: NullTranslations) -> None:
    """`strona 1 z 2`."""
    words = say.gettext("page %(page)d of %(pages)d") % {"page": page, "pages": pages}
    paper.text(RIGHTMOST, y, words, CAPTION_SIZE, align="R", colour=GREY)

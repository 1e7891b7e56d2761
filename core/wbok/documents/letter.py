"""A letter on the provider's paper: parts of captions with values and of running text, over several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from wbok.documents.fonts import MM_IN_POINT
from wbok.documents.grid import BOTTOM, Flow
from wbok.documents.letterhead import (
    BODY_SIZE,
    GUTTER,
    HALF,
    NAME_SIZE,
    draw_continued,
    draw_foot,
    draw_party,
    draw_title,
)
from wbok.documents.paper import GREY, INNER, LEADING, MARGIN, Fitted, Paper
from wbok.documents.printed import LetterPart, PrintedLetter
from wbok.documents.texts import texts
from wbok.formats import day_text

CAPTIONS = 58.0
SPACE = 2.0
PITCH = BODY_SIZE * MM_IN_POINT * LEADING


def draw_letter(letter: PrintedLetter, *, language: str, made_at: datetime) -> bytes:
    """Title, captions and texts are in that language already."""
    say = texts(language)
    paper = Paper(title=letter.title, language=language, author=letter.provider.name, made_at=made_at)
    paper.new_page()
    y = draw_title(paper, letter.title, width=INNER) + 3
    left = draw_party(paper, MARGIN, y, say.gettext("Provider"), letter.provider, say=say)
    x = MARGIN + HALF + GUTTER
    right = draw_party(paper, x, y, say.gettext("Customer"), letter.customer, say=say)
    flow = Flow(paper, max(left, right) + 4, head=lambda: draw_continued(paper, letter.title))
    for part in letter.parts:
        _draw_part(flow, part)
    note = say.gettext("Printed from the customer panel on %(day)s.") % {
        "day": day_text(letter.printed_on, language)
    }
    return paper.finish(lambda page, pages: draw_foot(paper, page, pages, note=note, say=say))


def _draw_part(flow: Flow, part: LetterPart) -> None:
    if part.heading:
        flow.need(5 * PITCH)
        with flow.paper.part("H2"):
            fitted = flow.paper.fit(part.heading, INNER, NAME_SIZE, bold=True)
            flow.y = flow.paper.lines(MARGIN, flow.y + SPACE, fitted, bold=True) + 0.5
    for caption, value in part.facts:
        _draw_fact(flow, caption, value)
    for paragraph in part.text.split("\n"):
        _draw_lines(flow, tuple(_wrapped(flow.paper, paragraph, INNER)), x=MARGIN)
    flow.y += SPACE


def _draw_fact(flow: Flow, caption: str, value: str) -> None:
    """A value of several lines runs on beneath; its caption stands on its first line alone."""
    paper = flow.paper
    captions = paper.wrap(caption, CAPTIONS - 3, BODY_SIZE)
    flow.need(len(captions) * PITCH)
    page, top = paper.page, flow.y
    with paper.part():
        below = paper.lines(MARGIN, top, Fitted(captions, BODY_SIZE), colour=GREY)
    values = [line for part in value.split("\n") for line in _wrapped(paper, part, INNER - CAPTIONS)]
    _draw_lines(flow, tuple(values), x=MARGIN + CAPTIONS)
    flow.y = max(flow.y, below) if paper.page == page else flow.y


def _wrapped(paper: Paper, text: str, width: float) -> Iterator[str]:
    """An empty line stays one."""
    yield from paper.wrap(text, width, BODY_SIZE) or ("",)


def _draw_lines(flow: Flow, lines: Sequence[str], *, x: float) -> None:
    while lines:
        flow.need(PITCH)
        room = max(1, int((BOTTOM - flow.y) / PITCH))
        with flow.paper.part():
            flow.y = flow.paper.lines(x, flow.y, Fitted(tuple(lines[:room]), BODY_SIZE))
        lines = lines[room:]

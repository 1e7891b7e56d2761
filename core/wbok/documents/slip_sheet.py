"""What stands on the sheet above the slips: what they are for, and how to print them true to size."""

from __future__ import annotations

from collections.abc import Sequence

from wbok.documents import slip_measures as m
from wbok.documents.paper import GREY, MARGIN, RIGHTMOST, Paper
from wbok.documents.printed import Slip
from wbok.documents.texts import texts
from wbok.formats import day_text, money_text

RULER = 50.0
"""Millimetres; who measures it knows whether the print is true to size."""
RULER_Y, RULER_TICK = 64.0, 1.5
HEAD_Y, HINT_Y, LIST_Y, LIST_PITCH = 20.0, 28.0, 38.0, 9.0
FOOT_Y = 292.0
COLUMN = 42.0
"""Of the amounts, from the right margin."""


def draw_head(paper: Paper, slips: Sequence[Slip], *, language: str) -> None:
    gettext = texts(language).gettext
    with paper.part("H1"):
        paper.text(MARGIN, HEAD_Y, gettext("Payment slip"), 15, bold=True)
    with paper.part():
        hint = gettext(
            "Print this page at 100 % (actual size), without fitting it to the paper, "
            "then cut along the dashed line."
        )
        paper.lines(MARGIN, HINT_Y, paper.fit(hint, RIGHTMOST - MARGIN, 9.5))
    for number, slip in enumerate(slips):
        _draw_item(paper, slip, LIST_Y + number * LIST_PITCH, language=language)
    _draw_ruler(paper, gettext("In a print of the right size this line is 5 cm long."))


def _draw_item(paper: Paper, slip: Slip, y: float, *, language: str) -> None:
    gettext = texts(language).gettext
    with paper.part():
        width = RIGHTMOST - MARGIN - COLUMN
        paper.lines(MARGIN, y, paper.fit(slip.title, width, 10, bold=True), bold=True)
        amount = money_text(slip.amount, language=language)
        paper.lines(RIGHTMOST, y, paper.fit(amount, COLUMN, 10, bold=True), bold=True, align="R")
        if slip.due_on is not None:
            due = gettext("due by %(day)s") % {"day": day_text(slip.due_on, language)}
            paper.text(RIGHTMOST, y + 4.2, due, 8.5, align="R", colour=GREY)
        paper.lines(MARGIN, y + 4.2, paper.fit(slip.recipient.in_one_line, width, 8.5), colour=GREY)


def _draw_ruler(paper: Paper, words: str) -> None:
    paper.line(MARGIN, RULER_Y, MARGIN + RULER, RULER_Y, width=m.HEAVY)
    for x in (MARGIN, MARGIN + RULER):
        paper.line(x, RULER_Y - RULER_TICK, x, RULER_Y + RULER_TICK, width=m.HEAVY)
    with paper.part():
        paper.text(MARGIN + RULER + 4, RULER_Y + 1.1, words, 8.5, colour=GREY)

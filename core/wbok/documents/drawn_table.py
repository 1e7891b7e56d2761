"""A table on the provider's paper, of any length: its rows are taken one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wbok.documents.grid import Column, Flow, Grid
from wbok.documents.letterhead import (
    BODY_SIZE,
    GUTTER,
    HALF,
    LINE,
    draw_continued,
    draw_foot,
    draw_party,
    draw_title,
)
from wbok.documents.paper import INNER, MARGIN, Paper
from wbok.documents.printed import PrintedTable
from wbok.documents.texts import texts
from wbok.formats import day_text


def draw_table(
    printed: PrintedTable, rows: Iterable[Sequence[str]], *, language: str, made_at: datetime
) -> bytes:
    """Titles of columns and notes are in that language already; `printed.last` stands beneath all rows, in bold."""
    say = texts(language)
    paper = Paper(title=printed.title, language=language, author=printed.provider.name, made_at=made_at)
    paper.new_page()
    y = draw_title(paper, printed.title, width=INNER) + 3
    left = draw_party(paper, MARGIN, y, say.gettext("Provider"), printed.provider, say=say)
    x = MARGIN + HALF + GUTTER
    right = draw_party(paper, x, y, say.gettext("Customer"), printed.customer, say=say)
    y = max(left, right) + 2
    for note in printed.notes:
        with paper.part():
            y = paper.lines(MARGIN, y + 1, paper.fit(note, INNER, BODY_SIZE, height=4 * LINE))
    flow = Flow(paper, y + 2, head=lambda: draw_continued(paper, printed.title))
    whole = sum(column.width for column in printed.columns)
    columns = [Column(c.title, INNER * c.width / whole, "R" if c.is_figure else "L") for c in printed.columns]
    grid = Grid(flow, columns)
    grid.draw(rows)
    if printed.last:
        grid.row(printed.last, bold=True)
    note = say.gettext("Printed from the customer panel on %(day)s.") % {
        "day": day_text(printed.printed_on, language)
    }
    return paper.finish(lambda page, pages: draw_foot(paper, page, pages, note=note, say=say))

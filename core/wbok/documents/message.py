"""What the provider tells his customers in writing, on his paper: title, day, text. For nobody by name."""

from __future__ import annotations

from datetime import datetime

from wbok.documents.fonts import MM_IN_POINT
from wbok.documents.grid import BOTTOM, Flow
from wbok.documents.letterhead import (
    LINE,
    draw_continued,
    draw_facts,
    draw_foot,
    draw_party,
    draw_title,
)
from wbok.documents.paper import INNER, LEADING, MARGIN, Paper
from wbok.documents.printed import PrintedMessage
from wbok.documents.texts import texts
from wbok.documents.wrapping import wrapped
from wbok.formats import day_text
from wbok.markdown import Block, to_blocks

TEXT_SIZE, HEADING_SIZE = 10.5, 12.0
INDENT, BEHIND_MARK = 7.0, 1.0
"""Millimetres: of each level of a list, and at least between an item's mark and its words."""
PITCH = LEADING * 1.1 * MM_IN_POINT
"""Millimetres from line to line, for each point of the type's size."""
BETWEEN, BETWEEN_ITEMS, ABOVE_HEADING = 2.6, 0.8, 5.0


def draw_message(message: PrintedMessage, *, language: str, made_at: datetime) -> bytes:
    """The same message at the same moment is the same bytes."""
    say = texts(language)
    paper = Paper(title=message.title, language=language, author=message.provider.name, made_at=made_at)
    paper.new_page()
    y = draw_title(paper, message.title, width=INNER) + 3
    y = draw_party(paper, MARGIN, y, say.gettext("Provider"), message.provider, say=say) + 1
    sent_on = (say.gettext("Sent on"), day_text(message.sent_on, language))
    y = draw_facts(paper, MARGIN, y, [sent_on], width=INNER, caption_width=30)
    flow = Flow(paper, y + LINE, head=lambda: draw_continued(paper, message.title) + LINE)
    before: Block | None = None
    for block in to_blocks(message.text):
        flow.y += _gap(before, block)
        _draw_block(flow, block)
        before = block
    note = say.gettext(
        "A document from the customer panel. It is kept there as it is, with its SHA-256 digest."
    )
    return paper.finish(lambda page, pages: draw_foot(paper, page, pages, note=note, say=say))


def _gap(before: Block | None, block: Block) -> float:
    if before is None:
        return BETWEEN
    if block.kind == "heading":
        return ABOVE_HEADING
    return BETWEEN_ITEMS if before.depth and block.depth else BETWEEN


def _draw_block(flow: Flow, block: Block) -> None:
    is_heading = block.kind == "heading"
    size = HEADING_SIZE if is_heading else TEXT_SIZE
    indent = INDENT * block.depth
    wider = max(0.0, flow.paper.width(block.mark, size) + BEHIND_MARK - INDENT)
    x, width = MARGIN + indent + wider, INNER - indent - wider
    lines = [line for typed in block.lines for line in wrapped(typed, width, size)]
    if not lines and block.mark:
        lines = [()]
    pitch = size * PITCH
    # A heading stays with what follows it.
    flow.need((3 if is_heading else 1) * pitch)
    mark = block.mark
    while lines:
        room = max(1, int((BOTTOM - flow.y) / pitch))
        with flow.paper.part("H2" if is_heading else "P"):
            if mark:
                flow.paper.text(MARGIN + indent - INDENT, flow.y + LINE, mark, size)
            for line in lines[:room]:
                flow.paper.runs(x, flow.y + LINE, line, size)
                flow.y += pitch
        lines, mark = lines[room:], ""
        if lines:
            flow.need(2 * pitch)

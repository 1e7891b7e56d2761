"""An invoice, a correction, a note or a pro forma on paper, for when the provider has no file of it.

What is to be paid and its code stand at the end, the code of KSeF at the beginning: two codes side by side confuse
people.
"""

from __future__ import annotations

from datetime import datetime
from gettext import NullTranslations

from wbok.bank import qr_modules
from wbok.documents.grid import Flow
from wbok.documents.invoice_payment import draw_payment
from wbok.documents.invoice_tables import draw_lines, draw_vat
from wbok.documents.letterhead import (
    BODY_SIZE,
    CAPTION_SIZE,
    GUTTER,
    HALF,
    draw_continued,
    draw_facts,
    draw_foot,
    draw_party,
    draw_title,
)
from wbok.documents.paper import GREY, INNER, MARGIN, RIGHTMOST, Paper
from wbok.documents.printed import KsefMark, PrintedInvoice
from wbok.documents.texts import texts
from wbok.domain.finance import DocumentKind
from wbok.formats import day_text

KSEF_WIDTH = 62.0
KSEF_SIDE = 24.0
KSEF_Y = 21.0
FACTS_WIDTH, FACTS_CAPTION = INNER - KSEF_WIDTH - GUTTER, 44.0


def draw_invoice(invoice: PrintedInvoice, *, language: str, made_at: datetime) -> bytes:
    say = texts(language)
    title = _title(invoice, say)
    paper = Paper(title=title, language=language, author=invoice.seller.name, made_at=made_at)
    paper.new_page()
    has_mark = invoice.ksef is not None
    y = draw_title(paper, title, width=FACTS_WIDTH if has_mark else INNER)
    y = draw_facts(
        paper,
        MARGIN,
        y + 1,
        _facts(invoice, language, say),
        width=FACTS_WIDTH if has_mark else INNER,
        caption_width=FACTS_CAPTION,
    )
    if invoice.ksef is not None:
        y = max(y, _draw_mark(paper, invoice.ksef, say))
    y += 4
    seller = draw_party(paper, MARGIN, y, say.gettext("Seller"), invoice.seller, say=say)
    buyer = draw_party(paper, MARGIN + HALF + GUTTER, y, say.gettext("Buyer"), invoice.buyer, say=say)
    flow = Flow(paper, max(seller, buyer) + 2, head=lambda: draw_continued(paper, title))
    draw_lines(flow, invoice, language=language)
    draw_vat(flow, invoice, language=language)
    draw_payment(flow, invoice, language=language)
    note = say.gettext("Printed from the customer panel on %(day)s.") % {
        "day": day_text(invoice.printed_on, language)
    }
    return paper.finish(lambda page, pages: draw_foot(paper, page, pages, note=note, say=say))


def _title(invoice: PrintedInvoice, say: NullTranslations) -> str:
    titles = {
        DocumentKind.INVOICE: say.gettext("Invoice %(number)s"),
        DocumentKind.CORRECTION: say.gettext("Correcting invoice %(number)s"),
        DocumentKind.DEBIT_NOTE: say.gettext("Debit note %(number)s"),
        DocumentKind.PRO_FORMA: say.gettext("Pro forma invoice %(number)s"),
        DocumentKind.RECEIPT: say.gettext("Cash receipt %(number)s"),
    }
    return titles[invoice.kind] % {"number": invoice.number}


def _facts(invoice: PrintedInvoice, language: str, say: NullTranslations) -> list[tuple[str, str]]:
    issued = day_text(invoice.issued_on, language)
    facts = [(say.gettext("Issued"), f"{issued}, {invoice.place}" if invoice.place else issued)]
    if invoice.sold_on is not None and invoice.sold_on != invoice.issued_on:
        facts.append((say.gettext("Supplied"), day_text(invoice.sold_on, language)))
    if invoice.due_on is not None:
        facts.append((say.gettext("Due date"), day_text(invoice.due_on, language)))
    if invoice.kind is DocumentKind.CORRECTION:
        if invoice.corrects:
            facts.append((say.gettext("Corrects"), invoice.corrects))
        facts.append((say.gettext("Amounts"), say.gettext("the difference to the corrected document")))
    if invoice.reason:
        facts.append((say.gettext("Reason"), invoice.reason))
    if invoice.payment_method:
        facts.append((say.gettext("Payment method"), invoice.payment_method))
    if invoice.remarks:
        facts.append((say.gettext("Remarks"), invoice.remarks))
    if invoice.split_payment:
        facts.append((say.gettext("Payment"), say.gettext("split payment mechanism")))
    if invoice.cancelled:
        facts.append((say.gettext("State"), say.gettext("cancelled")))
    return facts


def _draw_mark(paper: Paper, mark: KsefMark, say: NullTranslations) -> float:
    """In the upper right corner; gives where it ends. The label is the number, or OFFLINE where it is so."""
    left = RIGHTMOST - KSEF_WIDTH
    y = KSEF_Y
    if mark.link:
        caption = say.gettext("Check in KSeF")
        with paper.part("Figure", alt=caption):
            paper.text(RIGHTMOST, y, caption, BODY_SIZE, bold=True, align="R")
            paper.modules(RIGHTMOST - KSEF_SIDE, y + 3, KSEF_SIDE, qr_modules(mark.link))
        y += KSEF_SIDE + 7
    label = mark.number or ("OFFLINE" if mark.is_offline else None)
    if label is None:
        return y
    with paper.part():
        text = label if mark.link else say.gettext("KSeF: %(number)s") % {"number": label}
        paper.lines(RIGHTMOST, y, paper.fit(text, RIGHTMOST - left, CAPTION_SIZE), align="R", colour=GREY)
    return y + 2

"""The end of an invoice: the sum, in figures and in words, and how to pay what is left of it."""

from __future__ import annotations

from wbok.bank import amount_in_words, clean_nrb, grouped_nrb, qr_modules
from wbok.documents.grid import Flow
from wbok.documents.letterhead import BODY_SIZE, CAPTION_SIZE, NAME_SIZE, draw_facts
from wbok.documents.paper import GREY, INNER, MARGIN, RIGHTMOST
from wbok.documents.printed import PrintedInvoice
from wbok.documents.texts import texts
from wbok.domain.money import Money, to_grosze
from wbok.formats import day_text, money_text

SUMS_HEIGHT, PAYMENT_HEIGHT = 22.0, 44.0
CODE_SIDE = 26.0
CODE_WIDTH = 42.0
CAPTION_WIDTH = 34.0


def draw_payment(flow: Flow, invoice: PrintedInvoice, *, language: str) -> None:
    _draw_sums(flow, invoice, language=language)
    if invoice.remaining is None or invoice.cancelled:
        return
    if to_grosze(invoice.remaining.amount) <= 0:
        _draw_paid(flow, language=language)
        return
    _draw_what_to_pay(flow, invoice, invoice.remaining, language=language)


def _draw_sums(flow: Flow, invoice: PrintedInvoice, *, language: str) -> None:
    flow.need(SUMS_HEIGHT)
    gettext, paper = texts(language).gettext, flow.paper
    y = flow.y + 5
    gross = _money(invoice.gross, language)
    with paper.part():
        paper.text(MARGIN, y, gettext("Together"), NAME_SIZE, bold=True)
        paper.lines(RIGHTMOST, y, paper.fit(gross, INNER - 40, NAME_SIZE, bold=True), bold=True, align="R")
    if invoice.net is not None:
        with paper.part():
            net = gettext("net %(amount)s") % {"amount": _money(invoice.net, language)}
            paper.text(RIGHTMOST, y + 4.6, net, BODY_SIZE, align="R", colour=GREY)
    words = gettext("In words: %(words)s") % {"words": amount_in_words(invoice.gross, language=language)}
    with paper.part():
        y = paper.lines(MARGIN, y + 9.2, paper.fit(words, INNER, BODY_SIZE, height=8))
    flow.y = y + 1


def _draw_paid(flow: Flow, *, language: str) -> None:
    flow.need(10)
    with flow.paper.part():
        flow.paper.text(
            MARGIN, flow.y + 4, texts(language).gettext("Nothing is left to pay."), BODY_SIZE, bold=True
        )
    flow.y += 8


def _draw_what_to_pay(flow: Flow, invoice: PrintedInvoice, left: Money, *, language: str) -> None:
    flow.need(PAYMENT_HEIGHT)
    gettext, paper, top = texts(language).gettext, flow.paper, flow.y
    paper.frame(MARGIN, top, INNER, PAYMENT_HEIGHT - 2, width=0.3)
    x, y = MARGIN + 4, top + 8
    with paper.part("H2"):
        paper.text(x, y, gettext("To pay"), NAME_SIZE, bold=True)
        amount = paper.fit(
            _money(left, language), INNER - CODE_WIDTH - CAPTION_WIDTH - 6, NAME_SIZE + 2, bold=True
        )
        paper.lines(x + CAPTION_WIDTH, y, amount, bold=True)
    facts = []
    if invoice.due_on is not None:
        facts.append((gettext("Due date"), day_text(invoice.due_on, language)))
    facts.append((gettext("Recipient"), invoice.recipient or invoice.seller.name))
    account = clean_nrb(invoice.account) if invoice.account else None
    if account is not None:
        facts.append((gettext("Account number"), grouped_nrb(account)))
        if invoice.payment_title:
            facts.append((gettext("Title of the transfer"), invoice.payment_title))
    width = INNER - CODE_WIDTH - 6
    draw_facts(paper, x, y + 6.5, facts, width=width, caption_width=CAPTION_WIDTH)
    _draw_code(flow, invoice, top, language=language)
    flow.y = top + PAYMENT_HEIGHT


def _draw_code(flow: Flow, invoice: PrintedInvoice, top: float, *, language: str) -> None:
    code = invoice.code
    if code is None:
        return
    gettext, paper = texts(language).gettext, flow.paper
    middle = RIGHTMOST - CODE_WIDTH / 2
    hint = gettext("code for your bank's app")
    if code.payer_types_amount:
        hint = gettext("code for your bank's app; please type the amount")
    caption = gettext("Pay")
    with paper.part("Figure", alt=f"{caption}: {hint}"):
        paper.text(middle, top + 5.4, caption, NAME_SIZE, bold=True, align="C")
        paper.modules(middle - CODE_SIDE / 2, top + 9.2, CODE_SIDE, qr_modules(code.text))
        paper.lines(middle, top + 39.5, paper.fit(hint, CODE_WIDTH - 4, CAPTION_SIZE), align="C", colour=GREY)


def _money(value: Money, language: str) -> str:
    return money_text(Money(to_grosze(value.amount) + 0, value.currency), language=language)

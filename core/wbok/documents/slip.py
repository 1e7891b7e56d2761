"""The payment slip: a receipt and the bank's part, true to size, filled in for a deposit in cash.

The form's own words are Polish in every language, since a Polish bank or post office reads them; what is around it
is in the customer's language. Colours carry no meaning, and what is filled in is black.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wbok.bank import amount_in_words, clean_nrb, grouped_nrb, qr_modules
from wbok.documents import slip_measures as m
from wbok.documents.letterhead import draw_page_number
from wbok.documents.paper import Colour, Paper
from wbok.documents.printed import Party, Slip
from wbok.documents.slip_form import INSET, RED, Form, around
from wbok.documents.slip_rows import amount_in_boxes, in_boxes
from wbok.documents.slip_sheet import FOOT_Y, draw_head
from wbok.documents.texts import texts
from wbok.domain.money import to_grosze
from wbok.formats import amount_text

TINT: Colour = (253, 238, 238)
POLISH = "pl"


def draw_slips(slips: Sequence[Slip], *, language: str, made_at: datetime) -> bytes:
    """A PDF with two slips a page, of at least one slip. Raises ValueError (see `Slip`)."""
    for slip in slips:
        _require_payable(slip)
    paper = Paper(
        title=texts(language).gettext("Payment slip"),
        language=language,
        author=slips[0].recipient.name,
        made_at=made_at,
        true_to_size=True,
    )
    for at, slip in enumerate(slips):
        place = at % m.ON_A_PAGE
        if place == 0:
            paper.new_page()
            draw_head(paper, slips[at : at + m.ON_A_PAGE], language=language)
        _draw_slip(Form(paper, top=m.FIRST_TOP + place * m.HEIGHT), slip)
    return paper.finish(
        lambda page, pages: draw_page_number(paper, page, pages, y=FOOT_Y, say=texts(language))
    )


def _require_payable(slip: Slip) -> None:
    if clean_nrb(slip.account) is None:
        raise ValueError("a slip needs an account with right check digits")
    if to_grosze(slip.amount.amount) <= 0:
        raise ValueError("a slip needs an amount of at least one grosz")


def _draw_slip(form: Form, slip: Slip) -> None:
    account = clean_nrb(slip.account) or ""
    _draw_edges(form)
    _draw_receipt(form, slip, account)
    with form.paper.part("H2"):
        middle = form.top + m.SIDEWAYS_Y
        form.paper.upright(m.SIDEWAYS_X, middle, "odcinek dla banku zleceniodawcy", m.TITLE, colour=RED)
    _draw_boxed(form, m.RECIPIENT, ("nazwa odbiorcy", "nazwa odbiorcy cd."), _name_and_place(slip.recipient))
    _draw_account(form, account)
    _draw_kind_of_payment(form)
    _draw_amount(form, slip)
    _draw_words(form, slip)
    _draw_boxed(
        form, m.PAYER, ("nazwa zleceniodawcy", "nazwa zleceniodawcy cd."), _name_and_place(slip.payer)
    )
    _draw_boxed(form, m.TITLE_ROWS, ("tytułem", ""), (slip.title,))
    _draw_ends(form)
    _draw_code(form, slip)


def _name_and_place(party: Party) -> tuple[str, str]:
    """A row of the form for each."""
    return party.name, ", ".join(party.address)


def _draw_edges(form: Form) -> None:
    paper, top, bottom = form.paper, form.top, form.top + m.HEIGHT
    for y in (top, bottom):
        paper.line(0, y, m.WIDTH, y, width=m.THIN, colour=RED, dash=m.DASH)
    paper.line(m.PERFORATION, top, m.PERFORATION, bottom, width=m.THIN, colour=RED, dash=m.DASH)
    paper.fill(m.TINTED.x, top + m.TINTED.y, m.TINTED.w, m.TINTED.h, TINT)


def _draw_receipt(form: Form, slip: Slip, account: str) -> None:
    with form.paper.part("H2"):
        form.word(m.LEFT, m.RECEIPT_TITLE_Y, "Pokwitowanie dla zleceniodawcy", m.RECEIPT_TITLE_SIZE)
    amount = f"{amount_text(slip.amount.amount, language=POLISH)} {slip.amount.currency}"
    for place, caption, text in (
        (m.RECEIPT_RECIPIENT, "odbiorca", slip.recipient.in_one_line),
        (m.RECEIPT_ACCOUNT, "nr rachunku odbiorcy", grouped_nrb(account)),
        (m.RECEIPT_PAYER, "zleceniodawca", slip.payer.in_one_line),
        (m.RECEIPT_TITLE, "tytułem", slip.title),
        (m.RECEIPT_AMOUNT, "kwota", amount),
    ):
        with form.paper.part():
            form.caption(place, caption)
            form.frame(place)
            is_amount = place is m.RECEIPT_AMOUNT
            form.free(place, text, bold=is_amount, align="R" if is_amount else "L")
    for place, caption in ((m.RECEIPT_STAMP, "stempel"), (m.RECEIPT_FEE, "opłata")):
        with form.paper.part():
            form.caption(place, caption)
            form.frame(place)


def _draw_boxed(form: Form, rows: Sequence[m.Boxes], captions: Sequence[str], given: Sequence[str]) -> None:
    """In boxes when it fits; else whole, in smaller type, without them."""
    printable = [form.paper.printable(text) for text in given]
    boxed = in_boxes(printable, rows=len(rows), length=rows[0].count)
    with form.paper.part():
        form.caption(rows[0], captions[0])
        if boxed is None:
            form.field(around(rows))
            form.free(around(rows), " ".join(printable))
            return
        form.caption(rows[-1], captions[-1])
        for row in rows:
            form.boxes(row)
        for row, text in zip(rows, boxed, strict=False):
            form.signs(row, text)


def _draw_account(form: Form, account: str) -> None:
    place = m.ACCOUNT
    with form.paper.part():
        form.caption(place, "l.k.", indent=INSET)
        form.caption(place, "nr rachunku odbiorcy", indent=2 * place.pitch + INSET)
        form.boxes(place)
        form.ticks(place, m.GROUP_ENDS, height=place.h, width=m.HEAVY)
        form.frame(m.ACCOUNT_FRAME, width=m.BOLD)
        form.signs(place, account)


def _draw_kind_of_payment(form: Form) -> None:
    """W: a deposit (wpłata). P: a transfer (przelew), struck out."""
    with form.paper.part(), form.paper.spoken("W"):
        for place, letter in ((m.DEPOSIT, "W"), (m.TRANSFER, "P")):
            form.field(place)
            form.word(place.x + place.w / 2, place.y + place.h - m.BASELINE, letter, m.DATA, align="C")
        left, right = m.TRANSFER.x + m.CROSS, m.TRANSFER.x + m.TRANSFER.w - m.CROSS
        upper, lower = form.top + m.TRANSFER.y + m.CROSS, form.top + m.TRANSFER.y + m.TRANSFER.h - m.CROSS
        form.paper.line(left, upper, right, lower, width=m.BOLD)
        form.paper.line(left, lower, right, upper, width=m.BOLD)


def _draw_amount(form: Form, slip: Slip) -> None:
    boxed = amount_in_boxes(slip.amount.amount, count=m.AMOUNT.count)
    with form.paper.part():
        form.caption(m.CURRENCY, "waluta")
        form.boxes(m.CURRENCY)
        form.signs(m.CURRENCY, slip.amount.currency)
        form.caption(m.AMOUNT, "kwota")
        if boxed is None:
            form.field(m.AMOUNT)
            form.free(m.AMOUNT, amount_text(slip.amount.amount, language=POLISH), size=m.DATA, align="R")
        else:
            form.boxes(m.AMOUNT)
            form.signs(m.AMOUNT, boxed)
        form.frame(m.AMOUNT_FRAME, width=m.BOLD)


def _draw_words(form: Form, slip: Slip) -> None:
    """In the place of the payer's account, which a deposit has not: words take no notice of the boxes there."""
    place = m.WORDS
    with form.paper.part():
        form.caption(place, "nr rachunku zleceniodawcy (przelew) / kwota słownie (wpłata)")
        form.field(m.WORDS_FIELD)
        form.ticks(place, range(1, place.count + 1), height=m.SHORT_TICK)
        form.ticks(place, m.GROUP_ENDS, height=m.LONG_TICK, width=m.HEAVY)
        form.free(m.WORDS_TEXT, amount_in_words(slip.amount, language=POLISH))


def _draw_ends(form: Form) -> None:
    with form.paper.part():
        form.frame(m.SIGNATURE)
        form.word(m.SIGNATURE.x + INSET, m.SIGNATURE_WORDS_Y, "pieczęć, data i podpis(y) zleceniodawcy")
        form.paper.circle(m.STAMP_X, form.top + m.STAMP_Y, m.STAMP_RADIUS, width=m.THIN, colour=RED)
        form.word(m.STAMP_X, m.STAMP_Y, "stempel", align="C")
        form.caption(m.FEE, "opłata")
        form.boxes(m.FEE)


def _draw_code(form: Form, slip: Slip) -> None:
    code = slip.code
    if code is None:
        return
    words = "Zapłać: kod dla aplikacji banku"
    if code.payer_types_amount:
        words += ", kwotę trzeba wpisać"
    with form.paper.part("Figure", alt=words):
        form.paper.modules(m.CODE_X, form.top + m.CODE_Y, m.CODE_SIDE, qr_modules(code.text))
        form.free(m.CODE_WORDS, words, size=m.CODE_WORDS_SIZE)

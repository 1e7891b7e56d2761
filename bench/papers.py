"""What paper costs: against an empty page of fpdf2, and one on which fpdf2 embeds the same two typefaces."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from fpdf import FPDF

from bench.timing import Pace, Times, compare
from wbok.bank import TransferOrder, qr, transfer_code
from wbok.documents import (
    Party,
    PrintedInvoice,
    PrintedStatement,
    Slip,
    invoice_pdf,
    slips_pdf,
    statement_pdf,
)
from wbok.documents.fonts import FILES, FOLDER
from wbok.domain.finance import DocumentKind, DocumentLine, LedgerEntry
from wbok.domain.money import Money

MADE_AT = datetime(2026, 11, 24, tzinfo=UTC)
TODAY = date(2026, 11, 24)
ACCOUNT = "86109010141234000000012345"
SELLER = Party("SuperNet Sp. z o.o.", ("ul. Kwiatowa 12", "00-950 Warszawa"), tax_id="1234563218")
CUSTOMER = Party("Jan Kowalski", ("ul. Polna 3/4", "05-800 Pruszków"), customer_id="0012345")
TITLE, DUE = "Abonament ID 0012345 11/2026", Money(Decimal("86.25"))
LINES, ROWS = 20, 1000
MOST_SLIP, MOST_INVOICE = 3, 4
"""Wanted, in empty pages."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """`most`: how many empty pages it may cost."""

    name: str
    size: int
    times: Times
    empty: Times
    lettered: Times
    most: float | None


def measure_papers(pace: Pace) -> Iterator[Drawn]:
    """Each code is made anew, as for customers who come one after the other."""
    for name, draw, most in (
        ("slip", _slip, MOST_SLIP),
        (f"invoice of {LINES} lines", _invoice, MOST_INVOICE),
        (f"statement of {ROWS} rows", lambda: _statement(ROWS), None),
    ):
        times, empty, lettered = compare([_afresh(draw), _empty_page, _lettered_page], pace)
        yield Drawn(name, len(draw()), times, empty, lettered, most)


def statement_memory(rows: int) -> int:
    """Kilobytes at the most, beside what is there already."""
    _statement(1)
    tracemalloc.start()
    try:
        _statement(rows)
        return tracemalloc.get_traced_memory()[1] // 1024
    finally:
        tracemalloc.stop()


def _afresh(draw: Callable[[], bytes]) -> Callable[[], bytes]:
    def drawn() -> bytes:
        qr.symbol.cache_clear()
        return draw()

    return drawn


def _empty_page() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    return bytes(pdf.output())


def _lettered_page() -> bytes:
    pdf = FPDF()
    for style, name in FILES.items():
        pdf.add_font("dejavu", style, FOLDER / name)
    pdf.add_page()
    for y, style in enumerate(FILES, start=1):
        pdf.set_font("dejavu", style, 10)
        pdf.text(20, 20 * y, f"{SELLER.name} {TITLE}")
    return bytes(pdf.output())


def _slip() -> bytes:
    order = TransferOrder(ACCOUNT, SELLER.name, TITLE, DUE, SELLER.tax_id)
    slip = Slip(SELLER, ACCOUNT, DUE, CUSTOMER, TITLE, TODAY, transfer_code(order))
    return slips_pdf([slip], language="pl", made_at=MADE_AT)


def _invoice() -> bytes:
    net, vat, gross = (Money(Decimal(amount)) for amount in ("56.90", "13.09", "69.99"))
    lines = tuple(
        DocumentLine(n, f"Internet 600 Mb/s, {n}", Decimal(1), "23%", net, vat, gross)
        for n in range(1, LINES + 1)
    )
    invoice = PrintedInvoice(
        kind=DocumentKind.INVOICE,
        number="FV/1/11/2026",
        issued_on=TODAY,
        seller=SELLER,
        buyer=CUSTOMER,
        gross=Money(gross.amount * LINES),
        printed_on=TODAY,
        lines=lines,
        due_on=TODAY,
        remaining=DUE,
        account=ACCOUNT,
        payment_title=TITLE,
        code=transfer_code(TransferOrder(ACCOUNT, SELLER.name, TITLE, DUE, SELLER.tax_id)),
    )
    return invoice_pdf(invoice, language="pl", made_at=MADE_AT)


def _statement(rows: int) -> bytes:
    statement = PrintedStatement(SELLER, CUSTOMER, TODAY, TODAY, Money(Decimal(0)), TODAY)
    entries = (
        LedgerEntry(str(n), TODAY, Money(Decimal("-86.25")), f"Faktura FV/{n}/11/2026") for n in range(rows)
    )
    return statement_pdf(statement, entries, language="pl", made_at=MADE_AT)

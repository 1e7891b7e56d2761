"""Invoices to print: lines with right sums, and one of everything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from support.prints import ACCOUNT, ODD, SELLER
from wbok.bank import TransferOrder, transfer_code, verification_link
from wbok.documents import KsefMark, Party, PrintedInvoice
from wbok.domain.finance import DocumentKind, DocumentLine
from wbok.domain.money import Money, to_grosze, total

KSEF_NUMBER = "5265877635-20250826-0100001AF629-AF"
LINK = verification_link(tax_id="1234563218", issued_on=date(2026, 11, 14), digest=bytes(range(32)))
RATES = {"23%": Decimal("0.23"), "8%": Decimal("0.08"), "zw": Decimal(0)}


def invoice_line(
    position: int, net: str, *, rate: str = "23%", description: str = "Internet 600 Mb/s", quantity: str = "1"
) -> DocumentLine:
    amount = Decimal(net)
    vat = to_grosze(amount * RATES[rate])
    return DocumentLine(
        position, description, Decimal(quantity), rate, Money(amount), Money(vat), Money(amount + vat), "szt."
    )


LINES = (
    invoice_line(1, "56.90"),
    invoice_line(2, "12.20", description="Telefon domowy, 60 min w pakiecie"),
    invoice_line(3, "10.00", rate="8%", description="Poradnik „Bezpieczny internet”", quantity="2.5"),
)


def invoice(
    *lines: DocumentLine,
    kind: DocumentKind = DocumentKind.INVOICE,
    buyer: Party = ODD["plain"],
    remaining: str | None = "86.25",
    ksef: KsefMark | None = None,
) -> PrintedInvoice:
    """Of `LINES` unless others are given."""
    lines = lines or LINES
    gross = total((line.gross for line in lines), currency="PLN")
    left = None if remaining is None else Money(Decimal(remaining))
    title = "FV/1/11/2026, ID 0012345"
    order = TransferOrder(ACCOUNT, SELLER.name, title, left or gross, SELLER.tax_id)
    return PrintedInvoice(
        kind=kind,
        number="FV/1/11/2026",
        issued_on=date(2026, 11, 14),
        seller=SELLER,
        buyer=buyer,
        gross=gross,
        printed_on=date(2026, 11, 24),
        lines=lines,
        net=total((line.net for line in lines), currency="PLN"),
        due_on=date(2026, 11, 28),
        remaining=left,
        account=ACCOUNT,
        payment_title=title,
        code=transfer_code(order) if left else None,
        ksef=ksef,
    )

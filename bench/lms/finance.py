"""What was charged and paid: documents with their lines, and what was booked of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bench.lms.people import MAIN_DIVISION, VAT_23
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import finance, people, settings, tariffs

INVOICE, RECEIPT, CORRECTION, DEBIT_NOTE, PRO_FORMA = 1, 2, 3, 5, 6
VAT_8 = 3
CHARGE, PAYMENT = 0, 1
DAY = 86400
GROSZ = Decimal("0.01")
FEE = Decimal("79.00")


@dataclass(frozen=True, slots=True)
class Line:
    """`price` of one unit, net where the document is; `item` is its place on the document."""

    price: str
    name: str = "Światłowód 600"
    count: str = "1"
    tax: int | None = VAT_23
    item: int = 1

    @property
    def whole(self) -> Decimal:
        return (Decimal(self.price) * Decimal(self.count)).quantize(GROSZ, ROUND_HALF_UP)


def write_finance_settings(writer: Writer, *, now: datetime) -> None:
    """The third tax, and KSeF: since 60 days, in the second division alone, for companies and who agreed."""
    writer.add(tariffs.taxes, id=VAT_8, value=8, taxed=1, label="8%")
    writer.add(settings.uiconfig, section="ksef", var="environment", value="prod")
    writer.add(finance.ksefconfig, divisionid=2, delay=0, allconsumers=0, boundarydate=epoch(now, days=-60))


def epoch(now: datetime, *, days: int) -> int:
    return int((now + timedelta(days=days)).timestamp())


def write_document(
    writer: Writer, customer: int, kind: int, lines: Iterable[Line] = (), *, at: int, **more: object
) -> int:
    """`at`: seconds since 1970. What is charged for it is booked apart, see `write_charge`."""
    values = {
        "type": kind,
        "customerid": customer,
        "cdate": at,
        "sdate": at,
        "paytime": 14,
        "paytype": 2,
        "divisionid": MAIN_DIVISION,
        "published": 1,
    } | more
    document = writer.add(finance.documents, **values)
    for line in lines:
        row = {"docid": document, "itemid": line.item, "value": line.price, "description": line.name}
        if kind == DEBIT_NOTE:
            writer.add(finance.debitnotecontents, **row)
        elif kind == RECEIPT:
            writer.add(finance.receiptcontents, **row)
        else:
            writer.add(finance.invoicecontents, **row, taxid=line.tax, count=line.count, content="szt.")
    return document


def write_booking(
    writer: Writer, customer: int, value: Decimal | str, *, at: int, comment: str, **more: object
) -> int:
    amount = Decimal(value)
    values = {"type": PAYMENT if amount > 0 else CHARGE, "time": at, "value": amount, "comment": comment}
    return writer.add(finance.cash, customerid=customer, **values | more)


def write_account(writer: Writer, customer: int, number: str, *, more: int = 0) -> int:
    """An account among the contacts, shown on invoices. `more`: further bits of its type."""
    return writer.add(people.customercontacts, customerid=customer, contact=number, type=64 | 16 | more)


def write_months(writer: Writer, customer: int, *, months: int, now: datetime) -> None:
    """An invoice each month and its payment; every third customer still has the last one to pay."""
    for ago in range(months - 1, -1, -1):
        at = epoch(now, days=-30 * ago - 5)
        number = f"FV/{customer}/{months - ago}"
        document = write_document(writer, customer, INVOICE, [Line(str(FEE))], at=at, fullnumber=number)
        write_booking(writer, customer, -FEE, at=at, comment="Światłowód 600", docid=document, itemid=1)
        if ago or customer % 3:
            write_booking(writer, customer, FEE, at=at + 4 * DAY, comment="Wpłata przelewem")

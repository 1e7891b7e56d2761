"""What was charged and paid: documents with their lines, and the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from wbok.domain.customer import CustomerKind, Period
from wbok.domain.finance import DocumentKind
from wbok_demo.months import HISTORY, Calendar, month_name
from wbok_demo.schema import Row
from wbok_demo.subscriber import TRANSFER, Extra, Subscriber
from wbok_demo.tariffs import Line

PREFIXES = {
    DocumentKind.INVOICE: "FV",
    DocumentKind.CORRECTION: "KOR",
    DocumentKind.DEBIT_NOTE: "NO",
    DocumentKind.PRO_FORMA: "PRO",
}
TITLES = {
    DocumentKind.INVOICE: "Faktura",
    DocumentKind.CORRECTION: "Korekta",
    DocumentKind.DEBIT_NOTE: "Nota obciążeniowa",
}
DAYS_TO_PAY = {CustomerKind.PRIVATE: 14, CustomerKind.COMPANY: 21}


@dataclass(slots=True, eq=False)
class Draft:
    """A document; its id and number are given when all documents of all customers are in order."""

    customer_id: int
    kind: DocumentKind
    issued_on: date
    due_on: date | None
    lines: tuple[Line, ...]
    currency: str = "PLN"
    cancelled: bool = False
    corrects: Draft | None = None
    id: int = 0
    number: str = ""

    @property
    def gross(self) -> Decimal:
        return sum((line.gross for line in self.lines), Decimal())

    @property
    def in_ledger(self) -> bool:
        return not self.cancelled and self.kind is not DocumentKind.PRO_FORMA


@dataclass(frozen=True, slots=True)
class Payment:
    customer_id: int
    document: Draft
    paid_on: date
    amount: Decimal
    description: str
    currency: str = "PLN"


class History:
    """The documents and payments of one customer, oldest first."""

    def __init__(self, subscriber: Subscriber, calendar: Calendar) -> None:
        self.documents: list[Draft] = []
        self.payments: list[Payment] = []
        self.called: dict[date, Decimal] = {}
        """What calls beyond the package cost, by the first day of the month in which they were made."""
        self._subscriber = subscriber
        self._calendar = calendar
        self._random = Random(f"history of {subscriber.id}")
        for months_ago in reversed(range(min(HISTORY, subscriber.tenure + 1))):
            self._month(months_ago)

    def _month(self, months_ago: int) -> None:
        subscriber = self._subscriber
        lines = tuple(self._invoice_lines(months_ago))
        invoice = None
        if lines:
            invoice = self._document(DocumentKind.INVOICE, self._calendar.invoiced(months_ago), lines)
            self._pay(invoice, subscriber.paid.get(months_ago, invoice.gross))
        for extra in subscriber.extras:
            if extra.months_ago == months_ago:
                self._extra(extra, invoice)

    def _extra(self, extra: Extra, invoice: Draft | None) -> None:
        issued_on = self._calendar.invoiced(extra.months_ago) + timedelta(days=extra.days_after)
        document = self._document(extra.kind, issued_on, extra.lines)
        document.currency = extra.currency
        document.cancelled = extra.cancelled
        if extra.corrects_invoice:
            document.corrects, document.due_on = invoice, None
        if extra.paid:
            self._pay(document, document.gross)

    def _document(self, kind: DocumentKind, issued_on: date, lines: tuple[Line, ...]) -> Draft:
        subscriber = self._subscriber
        due_on = issued_on + timedelta(days=DAYS_TO_PAY[subscriber.kind])
        document = Draft(subscriber.id, kind, issued_on, due_on, lines)
        self.documents.append(document)
        return document

    def _invoice_lines(self, months_ago: int) -> Iterator[Line]:
        invoiced = self._calendar.invoiced(months_ago)
        for taken in self._subscriber.services:
            tariff = taken.tariff
            if not taken.charged(months_ago):
                continue
            if tariff.period is Period.MONTH:
                description = f"{tariff.service}, {month_name(invoiced)}"
                yield Line(description, tariff.price, tariff.vat_rate, unit="mies.")
            elif (self._subscriber.tenure - months_ago) % 12 == 0:
                yield Line(f"{tariff.service} na rok", tariff.price, tariff.vat_rate, unit="rok")
            if tariff.free_minutes and months_ago < self._subscriber.tenure:
                yield from self._overage(months_ago)

    def _overage(self, months_ago: int) -> Iterator[Line]:
        """Calls beyond the package are on the invoice of the month after."""
        known = self._subscriber.overage
        if known is not None:
            amount = known.get(months_ago, Decimal())
        else:
            minutes = self._random.choice((0, 0, self._random.randint(2, 90)))
            amount = minutes * Decimal("0.12")
        self.called[self._calendar.first_day(months_ago + 1)] = amount
        if amount:
            called = month_name(self._calendar.invoiced(months_ago + 1))
            yield Line(f"Rozmowy ponad pakiet, {called}", amount)

    def _pay(self, document: Draft, amount: Decimal) -> None:
        """A payment that would come after today has not come yet."""
        subscriber, random = self._subscriber, self._random
        paid_on = document.issued_on + timedelta(days=random.randint(*subscriber.pays_after))
        way = random.choice(subscriber.pays_by) if document.currency == "PLN" else TRANSFER
        if amount and paid_on <= self._calendar.today:
            self.payments.append(Payment(subscriber.id, document, paid_on, amount, way, document.currency))


def number_documents(documents: Iterable[Draft]) -> list[Draft]:
    """All documents by date and customer, with ids through all and numbers through each kind and month."""
    ordered = sorted(documents, key=lambda document: (document.issued_on, document.customer_id))
    issued: Counter[str] = Counter()
    for number, document in enumerate(ordered, start=1):
        series = f"{PREFIXES[document.kind]}/{document.issued_on:%m/%Y}"
        issued[series] += 1
        document.id, document.number = number, f"{series}/{issued[series]:04d}"
    return ordered


def document_row(document: Draft, details: Row) -> Row:
    return {
        **details,
        "id": document.id,
        "customer_id": document.customer_id,
        "number": document.number,
        "kind": document.kind,
        "issued_on": document.issued_on,
        "due_on": document.due_on,
        "gross": document.gross,
        "net": sum((line.net for line in document.lines), Decimal()),
        "currency": document.currency,
        "cancelled": int(document.cancelled),
        "corrects_id": document.corrects.id if document.corrects else None,
    }


def line_rows(document: Draft) -> Iterator[Row]:
    for position, line in enumerate(document.lines, start=1):
        yield {
            "document_id": document.id,
            "customer_id": document.customer_id,
            "position": position,
            "description": line.description,
            "quantity": line.quantity,
            "unit": line.unit,
            "vat_rate": line.vat_rate,
            "net": line.net,
            "vat": line.vat,
            "gross": line.gross,
            "currency": document.currency,
        }


def ledger_rows(documents: Iterable[Draft], payments: Iterable[Payment]) -> list[Row]:
    """Ids grow with time; of one day, what was charged stands before what was paid."""
    charges = [_charge(document) for document in documents if document.in_ledger]
    rows = [*charges, *(_payment(payment) for payment in payments)]
    rows.sort(key=lambda row: str(row["booked_on"]))
    return [{"id": number, **row} for number, row in enumerate(rows, start=1)]


def _charge(document: Draft) -> dict[str, int | str | Decimal | date | None]:
    return {
        "customer_id": document.customer_id,
        "booked_on": document.issued_on,
        "amount": -document.gross,
        "currency": document.currency,
        "description": f"{TITLES[document.kind]} {document.number}",
        "document_id": document.id,
    }


def _payment(payment: Payment) -> dict[str, int | str | Decimal | date | None]:
    return {
        "customer_id": payment.customer_id,
        "booked_on": payment.paid_on,
        "amount": payment.amount,
        "currency": payment.currency,
        "description": payment.description,
        "document_id": None,
    }

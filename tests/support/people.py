"""A small made-up billing in the domain's objects: in memory, and as rows for tables of every database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from wbok.domain.customer import (
    Address,
    AddressKind,
    Consent,
    Contact,
    ContactKind,
    Contract,
    Customer,
    CustomerKind,
    CustomerStatus,
    Device,
    Period,
    Profile,
    Service,
)
from wbok.domain.documents import DocumentDetails, DocumentParty, DocumentPayment
from wbok.domain.finance import Account, Document, DocumentKind, DocumentLine, LedgerEntry, Seller
from wbok.domain.messages import Mark, MessageKind, Notice
from wbok.domain.money import Money
from wbok.domain.phone import Allowance, Call, CallKind, Direction, PhoneLine, Unit
from wbok.testing import MemoryCustomer, Sample
from wbok_demo.numbers import bank_account

ZONE = ZoneInfo("Europe/Warsaw")
SELLER = Seller(
    id="1",
    name="Światłonet sp. z o.o.",
    street="ul. Świetlana 7",
    postcode="43-999",
    city="Jasnowice",
    tax_id="1234563218",
    account=bank_account(0, 0),
)
SAMPLE = Sample(
    login="11",
    pin="4711",
    customer_id="1",
    other_customer_id="2",
    empty_customer_id="3",
    currencies=("PLN", "EUR"),
    balance=Money(Decimal("-34.99")),
    others_words=("600 000 002", "ul. Polna 2"),
    office_words=("TYLKO DLA BIURA",),
)


EVERYBODYS = (
    Notice(
        "900",
        MessageKind.COMMERCIAL,
        "Telewizja na święta",
        "Bez umowy.",
        datetime(2026, 9, 1, 8, tzinfo=ZONE),
    ),
)


def people() -> tuple[MemoryCustomer, ...]:
    """1: ordinary, with a correction, a cancelled document, a pro-forma and euros; 2: a company; 3: new."""
    empty = Customer("3", "Nowy Klient")
    return (
        someone(1, "Anna Nowak", months=9, paid=7),
        someone(2, "Usługi Kowalski s.c.", months=5, paid=5, kind=CustomerKind.COMPANY),
        MemoryCustomer(profile=Profile(empty), login="13", pin="4713", seller=SELLER),
    )


def someone(
    number: int, name: str, *, months: int, paid: int, kind: CustomerKind = CustomerKind.PRIVATE
) -> MemoryCustomer:
    documents = tuple(_documents(number, months))
    return MemoryCustomer(
        profile=_profile(number, name, kind),
        login=f"1{number}",
        pin=f"471{number}",
        entries=tuple(_entries(number, documents, paid)),
        documents=documents,
        lines={document.id: tuple(_lines(document)) for document in documents},
        details={document.id: _details(number, name, document) for document in documents},
        files={document.id: b"%PDF-1.4 of " + document.id.encode() for document in documents[:3]},
        accounts=(Account(bank_account(1, number), "PLN"),),
        seller=SELLER,
        phone_lines=(
            PhoneLine(f"{number}1", f"32 010 00 0{number}", "dom", active=True),
            PhoneLine(f"{number}2", f"+48 600 000 00{number}", active=False),
        ),
        calls=tuple(_calls(number)),
        allowances=(
            Allowance(f"{number}1", "Domowy 120", Unit.SECONDS, 7200, 4000 + number, *SUMMER, "kraj"),
            Allowance(f"{number}2", "SMS", Unit.COUNT, 10, 10 + number),
        ),
        notices=tuple(_notices(number)),
    )


SUMMER = date(2026, 7, 1), date(2026, 7, 31)
WARSAW = ZoneInfo("Europe/Warsaw")
OTHER_NUMBERS = (
    "+48 600 100 200",
    "600-100-300",
    "0048 600 100 400",
    "+49 30 0123 456",
    "32 555 00 11",
    None,
)


def _calls(number: int) -> Iterator[Call]:
    """Over the turn of a month and of a day, of every kind, with odd lengths and prices."""
    start = datetime(2026, 6, 30, 23, 58, number, tzinfo=WARSAW)
    for i in range(24):
        kind = tuple(CallKind)[i % 5]
        is_long = i == 7
        yield Call(
            id=str(number * 1000 + i),
            started_at=start + timedelta(hours=7 * i, seconds=number),
            direction=tuple(Direction)[i % 3 == 0],
            kind=kind,
            seconds=0 if kind is CallKind.SMS else (259_200 if is_long else 37 * i),
            price=Money(Decimal(("0.00", "0.29", "-0.10", "1.01")[i % 4]), "EUR" if i == 11 else "PLN"),
            own_number=(f"32 010 00 0{number}", f"48 (600) 000-00{number}", f"3201000.0{number}")[i % 3],
            number=OTHER_NUMBERS[i % 6],
            size=5_000_000_000 + i if kind is CallKind.DATA else None,
            destination="Niemcy" if i % 6 == 3 else None,
            answered=i % 4 != 0,
            allowance_id=f"{number}1" if i % 4 == 0 else None,
        )


def _notices(number: int) -> Iterator[Notice]:
    """Three of each, two of them at one moment; the second was read elsewhere than in the panel."""
    for place, kind in enumerate((MessageKind.BILLING, MessageKind.SERVICE, MessageKind.SERVICE)):
        sent_at = datetime(2026, 8, 1 + number + place // 2, 10, 30, tzinfo=ZONE)
        mark = Mark(sent_at + timedelta(days=1)) if place == 1 else None
        body = "Raz.\n\nDwa."
        yield Notice(
            f"{number}{place}", kind, f"Do klienta {number}", body, sent_at, urgent=place == 2, mark=mark
        )


def _profile(number: int, name: str, kind: CustomerKind) -> Profile:
    start = date(2025, 1, number)
    price = Money(Decimal("94.99"))
    return Profile(
        customer=Customer(str(number), name, kind, CustomerStatus.ACTIVE, since=start, seller_id="1"),
        addresses=(Address(AddressKind.HOME, f"ul. Polna {number}", "Jasnowice", "43-999"),),
        contacts=(Contact(ContactKind.PHONE, f"600 000 00{number}"),),
        contracts=(
            Contract(f"{number}2", f"U/{number}/2026", date(2026, 1, number)),
            Contract(f"{number}1", f"U/{number}/2025", start, start, date(2025, 12, 31)),
        ),
        services=(
            Service(
                f"{number}1", "Internet", price, tariff="Światło 600", speed_down=600_000, speed_up=60_000
            ),
            Service(f"{number}2", "Domena", Money(Decimal("20.00"), "EUR"), period=Period.YEAR),
        ),
        devices=(Device(f"{number}1", "Router", serial=f"SN-{number}", online=True),),
        consents=(Consent(f"Faktury na klient{number}@example.pl", date(2024, 5, number)),),
    )


def _documents(number: int, months: int) -> Iterator[Document]:
    for month in range(1, months + 1):
        day = date(2026, month, 5)
        invoice = f"{month}{number}0"
        yield _document(invoice, DocumentKind.INVOICE, day, "94.99")
        if month == 2:
            correction = DocumentKind.CORRECTION
            yield _document(f"{month}{number}1", correction, day, "-30.00", corrects_id=invoice)
            yield _document(f"{month}{number}2", DocumentKind.INVOICE, day, "94.99", cancelled=True)
            yield _document(f"{month}{number}3", DocumentKind.PRO_FORMA, day, "500.00")
            yield _document(f"{month}{number}4", DocumentKind.INVOICE, day, "20.00", currency="EUR")


def _document(
    number: str, kind: DocumentKind, day: date, gross: str, *, currency: str = "PLN", **more: Any
) -> Document:
    due = None if kind is DocumentKind.CORRECTION else day + timedelta(days=14)
    return Document(number, f"FV/{number}", kind, day, Money(Decimal(gross), currency), due, **more)


def _lines(document: Document) -> Iterator[DocumentLine]:
    gross = document.gross
    first = Money(gross.amount - 1, gross.currency)
    for position, part in enumerate((first, gross - first), start=1):
        net = Money((part.amount / Decimal("1.23")).quantize(Decimal("0.01")), part.currency)
        yield DocumentLine(position, "Internet", Decimal("1.5"), "23%", net, part - net, part, "mies.")


def _details(number: int, name: str, document: Document) -> DocumentDetails:
    """Every second one was paid in two parts; a pro-forma tells nothing."""
    if document.kind is DocumentKind.PRO_FORMA:
        return DocumentDetails()
    gross, day = document.gross, document.issued_on
    half = Money((gross.amount / 2).quantize(Decimal("0.01")), gross.currency)
    parts = ((day, half, "przelew"), (day + timedelta(days=3), gross - half, None))
    is_paid = gross.amount > 0 and day.month % 2 == 0 and not document.cancelled
    return DocumentDetails(
        buyer=DocumentParty(
            name, f"ul. Polna {number}", "43-999", "Jasnowice", "1234563218" if number == 2 else None
        ),
        seller=DocumentParty("Światłonet sp. z o.o.", city="Jasnowice"),
        sold_on=day - timedelta(days=1),
        place="Jasnowice",
        payment_method="przelew",
        reason="Przerwa" if document.kind is DocumentKind.CORRECTION else None,
        ksef_url=f"https://qr.ksef.mf.gov.pl/invoice/1234563218/{document.id}" if number == 2 else None,
        ksef_assigned_on=day if number == 2 else None,
        payments=tuple(DocumentPayment(*part) for part in parts) if is_paid else (),
    )


def _entries(number: int, documents: tuple[Document, ...], paid: int) -> Iterator[LedgerEntry]:
    ids = map(str, itertools.count(number * 1000))
    for document in documents:
        if document.cancelled or document.kind is DocumentKind.PRO_FORMA:
            continue
        yield LedgerEntry(next(ids), document.issued_on, -document.gross, document.number, document.id)
        is_paid = document.gross.amount > 0 and document.issued_on.month <= paid
        if is_paid and document.gross.currency == "PLN":
            yield _payment(next(ids), document, document.gross)
    if number == 1:
        yield _payment(next(ids), documents[-1], Money(Decimal("124.99")))


def _payment(number: str, document: Document, amount: Money) -> LedgerEntry:
    return LedgerEntry(number, document.issued_on, amount, "Wpłata, przelew")


def tables(customers: tuple[MemoryCustomer, ...]) -> Mapping[str, list[dict[str, Any]]]:
    """The same as rows of the canonical relations, keys as numbers."""
    found: dict[str, list[dict[str, Any]]] = {"sellers": [_row(SELLER)]}
    found["notices"] = [_notice_row(notice, None) for notice in EVERYBODYS]
    for who in customers:
        found["notices"] += [_notice_row(notice, int(who.id)) for notice in who.notices]
        owner = {"customer_id": int(who.id)}
        profile, customer = who.profile, who.profile.customer
        found.setdefault("customers", []).append(_row(customer) | {"seller_id": 1})
        login = {"login": who.login, "pin": who.pin}
        found.setdefault("credentials", []).append(owner | login)
        for name in ("addresses", "contacts", "consents", "contracts", "services", "devices"):
            for place, thing in enumerate(getattr(profile, name)):
                row = {"id": int(who.id) * 100 + place} | _row(thing) | owner
                found.setdefault(name, []).append(row)
        for name, things in (_money_rows(who) | _phone_rows(who)).items():
            found.setdefault(name, []).extend(row | owner for row in things)
    return found


def _phone_rows(who: MemoryCustomer) -> dict[str, list[dict[str, Any]]]:
    return {
        "phone_lines": [_row(line) for line in who.phone_lines],
        "calls": [
            _row(call, leave_out=("size",))
            | {"started_at": call.started_at.replace(tzinfo=None), "bytes": call.size}
            for call in who.calls
        ],
        "allowances": [_row(allowance) for allowance in who.allowances],
    }


def _notice_row(notice: Notice, customer_id: int | None) -> dict[str, Any]:
    """The moments by the provider's clock, as most billings have them."""
    read_at = notice.mark.read_at.replace(tzinfo=None) if notice.mark else None
    row = _row(notice, leave_out=("mark",)) | {"customer_id": customer_id, "read_at": read_at}
    return row | {"sent_at": notice.sent_at.replace(tzinfo=None)}


def _money_rows(who: MemoryCustomer) -> dict[str, list[dict[str, Any]]]:
    return {
        "accounts": [_row(account) for account in who.accounts],
        "ledger": [_row(entry, leave_out=("balance_after",)) for entry in who.entries],
        "documents": [
            _row(d, leave_out=("remaining", "by_balance", "net")) | _details_row(who.details[d.id])
            for d in who.documents
        ],
        "document_payments": [
            _row(payment) | {"id": int(document_id) * 10 + place, "document_id": int(document_id)}
            for document_id, details in who.details.items()
            for place, payment in enumerate(details.payments)
        ],
        "document_files": [
            {"document_id": int(document_id), "name": f"FV/{document_id}.pdf", "content": content}
            for document_id, content in who.files.items()
        ],
        "document_lines": [
            _row(line) | {"document_id": int(document_id)}
            for document_id, lines in who.lines.items()
            for line in lines
        ],
    }


def _details_row(details: DocumentDetails) -> dict[str, Any]:
    """Buyer and seller are columns of their own each."""
    row = _row(details, leave_out=("buyer", "seller", "corrections", "payments", "has_file"))
    for side in ("buyer", "seller"):
        party = getattr(details, side)
        row |= {f"{side}_{name}": getattr(party, name, None) for name in DocumentParty.__slots__}
    return row


def _row(thing: Any, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """A field is a column; an amount is two; ids are numbers."""
    row: dict[str, Any] = {}
    for name in type(thing).__slots__:
        value = getattr(thing, name)
        if isinstance(value, Money):
            row |= {name: value.amount, "currency": value.currency}
        elif name == "id" or (name.endswith("_id") and value is not None):
            row[name] = int(value)
        elif name not in leave_out:
            row[name] = str(value) if hasattr(value, "name") and isinstance(value, str) else value
    return row

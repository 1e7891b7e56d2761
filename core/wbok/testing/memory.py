"""A billing in memory, made of the domain's objects: for tests of tabs, and the simplest adapter to look at.

    billing = memory_billing(MemoryCustomer(profile=Profile(Customer("7", "Anna Nowak")), login="7", pin="4711"))

It follows the whole contract and is not made for speed: every answer goes through all of a customer's rows.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from wbok.billing import Billing, Credential, LoginKind, digits_login
from wbok.domain.customer import Customer, CustomerStatus, Profile
from wbok.domain.finance import (
    Account,
    Document,
    DocumentLine,
    EntryKind,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    Seller,
    Settlement,
    Terms,
)
from wbok.domain.messages import Notice, NoticeRequest
from wbok.domain.money import Money
from wbok.domain.page import Page, PageRequest
from wbok.domain.settlement import settle, summarise
from wbok.errors import NotFound, Rejected

Row = TypeVar("Row", LedgerEntry, Document, Notice)
ZERO = Decimal()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCustomer:
    """Entries, documents and notices stand oldest first; of one day, the later in the tuple is the newer.

    `balance_after` of the entries is worked out. A document without `remaining` is settled by the balance.
    """

    profile: Profile
    login: str
    pin: str
    entries: tuple[LedgerEntry, ...] = ()
    documents: tuple[Document, ...] = ()
    lines: Mapping[str, tuple[DocumentLine, ...]] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    seller: Seller | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def id(self) -> str:
        return self.profile.customer.id


def memory_billing(
    *customers: MemoryCustomer, currency: str = "PLN", notices: tuple[Notice, ...] = ()
) -> Billing:
    """`notices` are everybody's."""
    known = {customer.id: customer for customer in customers}
    return Billing(
        customers=MemoryCustomers(known),
        finance=MemoryFinance(known),
        notifications=MemoryNotifications(known, notices),
        directory=MemoryDirectory(known),
        currency=currency,
    )


class MemoryCustomers:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    @property
    def login_kind(self) -> LoginKind:
        return digits_login

    @property
    def pin_format(self) -> str:
        return "plain"

    def credentials(self, login: str) -> tuple[Credential, ...]:
        return tuple(Credential(c.id, c.pin) for c in self._known.values() if c.login == login)

    def customer(self, customer_id: str) -> Customer:
        return _find(self._known, customer_id).profile.customer

    def profile(self, customer_id: str) -> Profile:
        return _find(self._known, customer_id).profile


class MemoryFinance:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    @property
    def parts(self) -> frozenset[str]:
        return frozenset({"ledger", "documents", "document_lines", "terms"})

    def settlement(self, customer_id: str) -> Settlement:
        customer = _find(self._known, customer_id)
        return summarise(_settled(customer), _balances(customer))

    def terms(self, customer_id: str) -> Terms:
        customer = _find(self._known, customer_id)
        return Terms(customer.profile.services, customer.accounts, customer.seller)

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        entries = _with_balances(_find(self._known, customer_id))
        behind = _behind("ledger", entries, request.after)
        wanted = [entry for entry in behind if _is_wanted(entry, request)]
        shown = wanted if request.running else [replace(entry, balance_after=None) for entry in wanted]
        return _page("ledger", shown, request.limit)

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        totals: dict[str, LedgerTotals] = {}
        for entry in _find(self._known, customer_id).entries:
            if _is_wanted(entry, request):
                nothing = Money(ZERO, entry.amount.currency)
                known = totals.get(nothing.currency, LedgerTotals(charged=nothing, paid=nothing))
                totals[nothing.currency] = _counted(known, entry.amount)
        return tuple(totals[currency] for currency in sorted(totals))

    def documents(self, customer_id: str, request: PageRequest) -> Page[Document]:
        documents = _settled(_find(self._known, customer_id))
        return _page("documents", _behind("documents", documents, request.after), request.limit)

    def document(self, customer_id: str, document_id: str) -> Document:
        for document in _settled(_find(self._known, customer_id)):
            if document.id == document_id:
                return document
        raise NotFound("document")

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]:
        self.document(customer_id, document_id)
        return _find(self._known, customer_id).lines.get(document_id, ())


class MemoryNotifications:
    def __init__(self, known: Mapping[str, MemoryCustomer], everybodys: tuple[Notice, ...]) -> None:
        self._known = known
        self._everybodys = everybodys

    def notices(self, customer_id: str, request: NoticeRequest) -> Page[Notice]:
        behind = _behind("notices", self._had_by(customer_id), request.after)
        return _page("notices", [notice for notice in behind if _is_asked(notice, request)], request.limit)

    def notice(self, customer_id: str, notice_id: str) -> Notice:
        for notice in self._had_by(customer_id):
            if notice.id == notice_id:
                return notice
        raise NotFound("notice")

    def _had_by(self, customer_id: str) -> list[Notice]:
        his = (*_find(self._known, customer_id).notices, *self._everybodys)
        return sorted(his, key=lambda notice: notice.sent_at)[::-1]


class MemoryDirectory:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    def customers(
        self, *, on: date, status: CustomerStatus | None = None, service: str | None = None
    ) -> Iterator[str]:
        for customer_id, customer in self._known.items():
            if status not in (None, customer.profile.customer.status):
                continue
            if service is None or _has(customer, service, on):
                yield customer_id

    def search(self, text: str, *, limit: int = 20) -> tuple[Customer, ...]:
        everybody = (customer.profile.customer for customer in self._known.values())
        wanted = text.strip().casefold()
        found = (c for c in everybody if wanted and (c.id == text.strip() or wanted in c.name.casefold()))
        return tuple(islice((Customer(c.id, c.name) for c in found), limit))


def _has(customer: MemoryCustomer, service: str, on: date) -> bool:
    wanted = service.strip().casefold()
    return any(
        known.in_force(on) and wanted in (known.name.casefold(), (known.tariff or "").casefold())
        for known in customer.profile.services
    )


def _is_asked(notice: Notice, request: NoticeRequest) -> bool:
    day = notice.sent_at.date()
    if (request.since and day < request.since) or (request.until and day > request.until):
        return False
    return request.kind in (None, notice.kind)


def _find(known: Mapping[str, MemoryCustomer], customer_id: str) -> MemoryCustomer:
    try:
        return known[customer_id]
    except KeyError:
        raise NotFound("customer") from None


def _with_balances(customer: MemoryCustomer) -> list[LedgerEntry]:
    """Newest first, each with the sum of all entries up to it."""
    sums: dict[str, Money] = {}
    entries = []
    for entry in sorted(customer.entries, key=lambda entry: entry.booked_on):
        currency = entry.amount.currency
        sums[currency] = sums.get(currency, Money(ZERO, currency)) + entry.amount
        entries.append(replace(entry, balance_after=sums[currency]))
    return entries[::-1]


def _balances(customer: MemoryCustomer) -> tuple[Money, ...]:
    newest: dict[str, Money] = {}
    for entry in _with_balances(customer):
        if entry.balance_after is not None:
            newest.setdefault(entry.amount.currency, entry.balance_after)
    return tuple(newest[currency] for currency in sorted(newest))


def _settled(customer: MemoryCustomer) -> tuple[Document, ...]:
    newest_first = sorted(customer.documents, key=lambda document: document.issued_on)[::-1]
    return settle(newest_first, _balances(customer))


def _is_wanted(entry: LedgerEntry, request: LedgerRequest) -> bool:
    if request.since is not None and entry.booked_on < request.since:
        return False
    if request.until is not None and entry.booked_on > request.until:
        return False
    return request.kind is None or _kind(entry.amount) is request.kind


def _kind(amount: Money) -> EntryKind | None:
    if not amount.amount:
        return None
    return EntryKind.CHARGE if amount.amount < 0 else EntryKind.PAYMENT


def _counted(totals: LedgerTotals, amount: Money) -> LedgerTotals:
    if _kind(amount) is EntryKind.CHARGE:
        return replace(totals, charged=totals.charged - amount)
    return replace(totals, paid=totals.paid + amount)


def _behind(kind: str, rows: Sequence[Row], mark: str | None) -> Sequence[Row]:
    """A mark names the last row that was shown; only one of the customer's own rows is a place in his "
    "list."""
    if mark is None:
        return rows
    last = _read_mark(kind, mark)
    for place, row in enumerate(rows, start=1):
        if row.id == last:
            return rows[place:]
    raise Rejected("page mark")


def _page(kind: str, rows: Sequence[Row], limit: int) -> Page[Row]:
    shown = tuple(rows[:limit])
    return Page(shown, _write_mark(kind, shown[-1].id) if len(rows) > limit else None)


def _write_mark(kind: str, row_id: str) -> str:
    return base64.urlsafe_b64encode(f"{kind} {row_id}".encode()).decode().rstrip("=")


def _read_mark(kind: str, mark: str) -> str:
    try:
        text = base64.b64decode(mark + "=" * (-len(mark) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise Rejected("page mark") from error
    if not text.startswith(f"{kind} "):
        raise Rejected("page mark")
    return text.removeprefix(f"{kind} ")

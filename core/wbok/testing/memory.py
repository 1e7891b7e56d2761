"""A billing in memory, made of the domain's objects: for tests of tabs, and the simplest adapter to look at.

    billing = memory_billing(MemoryCustomer(profile=Profile(Customer("7", "Anna Nowak")), login="7", pin="4711"))

It follows the whole contract and is not made for speed: every answer goes through all of a customer's rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice

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
from wbok.domain.phone import (
    Allowance,
    Call,
    CallRequest,
    DayTotals,
    PhoneLine,
    Usage,
    begins_with,
    call_totals,
    is_same_number,
)
from wbok.domain.settlement import settle, summarise
from wbok.errors import NotFound
from wbok.testing.desk import MemoryHelpdesk
from wbok.testing.marks import behind, page_of

ZERO = Decimal()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCustomer:
    """Entries, documents, calls and notices stand oldest first; of one time, the later in the tuple is the newer.

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
    payment_title: str | None = None
    phone_lines: tuple[PhoneLine, ...] = ()
    calls: tuple[Call, ...] = ()
    allowances: tuple[Allowance, ...] = ()
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
        phone=MemoryPhone(known),
        helpdesk=MemoryHelpdesk(known),
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
        return Terms(customer.profile.services, customer.accounts, customer.seller, customer.payment_title)

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        entries = _with_balances(_find(self._known, customer_id))
        rest = behind("ledger", entries, request.after)
        wanted = [entry for entry in rest if _is_wanted(entry, request)]
        shown = wanted if request.running else [replace(entry, balance_after=None) for entry in wanted]
        return page_of("ledger", shown, request.limit)

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
        return page_of("documents", behind("documents", documents, request.after), request.limit)

    def document(self, customer_id: str, document_id: str) -> Document:
        for document in _settled(_find(self._known, customer_id)):
            if document.id == document_id:
                return document
        raise NotFound("document")

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]:
        self.document(customer_id, document_id)
        return _find(self._known, customer_id).lines.get(document_id, ())


class MemoryPhone:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    @property
    def parts(self) -> frozenset[str]:
        return frozenset({"lines", "allowances", "own_number", "number"})

    def usage(self, customer_id: str, request: CallRequest) -> Usage:
        customer = _find(self._known, customer_id)
        return Usage(customer.phone_lines, customer.allowances, call_totals(_chosen(customer, request)))

    def calls(self, customer_id: str, request: CallRequest) -> Page[Call]:
        chosen = _chosen(_find(self._known, customer_id), request)
        return page_of("calls", behind("calls", chosen, request.after), request.limit)

    def days(self, customer_id: str, request: CallRequest) -> tuple[DayTotals, ...]:
        by_day: dict[date, list[Call]] = {}
        for call in _chosen(_find(self._known, customer_id), request):
            by_day.setdefault(call.started_at.date(), []).append(call)
        return tuple(DayTotals(day, call_totals(by_day[day])) for day in sorted(by_day))


class MemoryNotifications:
    def __init__(self, known: Mapping[str, MemoryCustomer], everybodys: tuple[Notice, ...]) -> None:
        self._known = known
        self._everybodys = everybodys

    def notices(self, customer_id: str, request: NoticeRequest) -> Page[Notice]:
        later = behind("notices", self._had_by(customer_id), request.after)
        return page_of("notices", [notice for notice in later if _is_asked(notice, request)], request.limit)

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


def _chosen(customer: MemoryCustomer, request: CallRequest) -> list[Call]:
    newest_first = sorted(customer.calls, key=lambda call: call.started_at)[::-1]
    return [call for call in newest_first if _is_chosen(call, request)]


def _is_chosen(call: Call, request: CallRequest) -> bool:
    if not request.since <= call.started_at.date() <= request.until:
        return False
    if request.own_number is not None and not is_same_number(call.own_number or "", request.own_number):
        return False
    if request.number is not None and not begins_with(call.number or "", request.number):
        return False
    if request.only_priced and not call.price.amount:
        return False
    return request.direction in (None, call.direction) and request.kind in (None, call.kind)

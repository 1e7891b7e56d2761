"""A billing in memory, made of the domain's objects: for tests of tabs, and the simplest adapter to look at.

    billing = memory_billing(MemoryCustomer(profile=Profile(Customer("7", "Anna Nowak")), login="7", pin="4711"))

It follows the whole contract and is not made for speed: every answer goes through all of a customer's rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from wbok.billing import Billing, Credential, LoginKind, digits_login
from wbok.domain.customer import Address, Customer, CustomerStatus, Profile
from wbok.domain.messages import Notice, NoticeRequest
from wbok.domain.page import Page
from wbok.domain.phone import (
    Call,
    CallRequest,
    DayTotals,
    GroupTotals,
    Usage,
    begins_with,
    call_totals,
    group_totals,
    is_left_out,
    is_same_number,
)
from wbok.domain.places import is_at
from wbok.domain.search import holds, is_called
from wbok.errors import NotFound
from wbok.testing.desk import MemoryHelpdesk
from wbok.testing.marks import behind, page_of
from wbok.testing.memory_customer import MemoryCustomer, find
from wbok.testing.memory_finance import MemoryFinance


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
        return find(self._known, customer_id).profile.customer

    def profile(self, customer_id: str) -> Profile:
        return find(self._known, customer_id).profile


class MemoryPhone:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(
            {"lines", "allowances", "own_number", "number", "destination", "answered", "allowance_id"}
        )

    def usage(self, customer_id: str, request: CallRequest) -> Usage:
        customer = find(self._known, customer_id)
        return Usage(customer.phone_lines, customer.allowances, call_totals(_chosen(customer, request)))

    def calls(self, customer_id: str, request: CallRequest) -> Page[Call]:
        chosen = _chosen(find(self._known, customer_id), request)
        return page_of("calls", behind("calls", chosen, request.after), request.limit)

    def groups(self, customer_id: str, request: CallRequest) -> tuple[GroupTotals, ...]:
        return group_totals(_chosen(find(self._known, customer_id), request))

    def days(self, customer_id: str, request: CallRequest) -> tuple[DayTotals, ...]:
        by_day: dict[date, list[Call]] = {}
        for call in _chosen(find(self._known, customer_id), request):
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
        his = (*find(self._known, customer_id).notices, *self._everybodys)
        return sorted(his, key=lambda notice: notice.sent_at)[::-1]


class MemoryDirectory:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    def customers(
        self,
        *,
        on: date,
        status: CustomerStatus | None = None,
        service: str | None = None,
        place: str | None = None,
    ) -> Iterator[str]:
        there = None if place is None else {customer_id for customer_id, _ in self.addresses_at(place)}
        for customer_id, customer in self._known.items():
            if status not in (None, customer.profile.customer.status):
                continue
            if there is not None and customer_id not in there:
                continue
            if service is None or _has(customer, service, on):
                yield customer_id

    def search(self, text: str, *, limit: int = 20) -> tuple[Customer, ...]:
        everybody = (customer.profile.customer for customer in self._known.values())
        wanted = text.strip().casefold()
        found = (c for c in everybody if wanted and (c.id == text.strip() or wanted in c.name.casefold()))
        return tuple(islice((Customer(c.id, c.name) for c in found), limit))

    def addresses_at(self, place: str) -> Iterator[tuple[str, Address]]:
        for customer_id, customer in self._known.items():
            for address in customer.profile.addresses:
                if is_at(place, address):
                    yield customer_id, address


def _has(customer: MemoryCustomer, service: str, on: date) -> bool:
    services = customer.profile.services
    return any(known.in_force(on) and is_called(service, known.name, known.tariff) for known in services)


def _is_asked(notice: Notice, request: NoticeRequest) -> bool:
    day = notice.sent_at.date()
    if (request.since and day < request.since) or (request.until and day > request.until):
        return False
    return request.kind in (None, notice.kind) and holds(request.words, notice.title, notice.body)


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
    if (request.only_in_package and not call.allowance_id) or is_left_out(call, request.without):
        return False
    if request.answered not in (None, call.answered):
        return False
    return request.direction in (None, call.direction) and request.kind in (None, call.kind)

"""What each tab would show to one customer, read through the contract alone: it works with every adapter.

Whatever could be personal is hidden unless values may be shown; numbers of things and their states are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from wbok.bank import clean_nrb
from wbok.billing import Billing, Finance, Notifications, Phone
from wbok.domain.customer import Profile, monthly_sum
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest, Settlement, Terms
from wbok.domain.messages import NoticeRequest
from wbok.domain.money import Money
from wbok.domain.phone import CallRequest, Usage
from wbok.errors import BillingError, NotFound

HIDDEN = "(hidden; --show-values shows it)"
NOWHERE = "none to pay to, unless account_template makes it"
MANY = 500
Rows = Iterator[tuple[str, str]]
Parts = list[tuple[str, Callable[[], Rows]]]


class Preview:
    """`lines` come with True when something went wrong."""

    def __init__(self, billing: Billing, *, today: date, show_values: bool) -> None:
        self._billing = billing
        self._today = today
        self._show_values = show_values

    def lines(self, typed: str) -> Iterator[tuple[str, bool]]:
        """`typed` is ID Klienta, or the customer's key in the billing when no login is like that."""
        try:
            customer_id = self._customer_id(typed)
            profile = self._billing.customers.profile(customer_id)
        except NotFound:
            yield f'The billing has no customer "{typed}".', True
            return
        except BillingError as error:
            yield f"The customer cannot be read: {error}. Run wbok check without --customer.", True
            return
        yield f"Customer {customer_id}", False
        for label, text in self._profile(profile):
            yield _row(label, text), False
        if self._billing.finance is not None:
            yield from self._parts(self._finance(self._billing.finance, customer_id))
        if self._billing.notifications is not None:
            notices = self._billing.notifications
            yield from self._parts([("notices", lambda: self._notices(notices, customer_id))])
        if self._billing.phone is not None:
            yield from self._parts(self._phone(self._billing.phone, customer_id))

    def _customer_id(self, typed: str) -> str:
        customers = self._billing.customers
        login = customers.login_kind(typed)
        owners = {c.customer_id for c in customers.credentials(login)} if login else set()
        if len(owners) > 1:
            raise BillingError("several customers have this login")
        return next(iter(owners), login or typed)

    def _profile(self, profile: Profile) -> Rows:
        customer = profile.customer
        yield "name", self._private(customer.name)
        yield "kind, status", f"{customer.kind or '-'}, {customer.status or '-'}"
        yield "NIP, PESEL", f"{self._private(customer.tax_id)}, {self._private(customer.personal_id)}"
        yield "addresses", _listed([address.kind for address in profile.addresses])
        yield "contacts", _listed([contact.kind for contact in profile.contacts])
        yield "contracts", str(len(profile.contracts))
        in_force = [service for service in profile.services if service.in_force(self._today)]
        yield "services", f"{len(profile.services)}, in force today: {len(in_force)}"
        currency = self._billing.currency
        yield "each month", self._amount(monthly_sum(profile.services, on=self._today, currency=currency))
        yield "devices", str(len(profile.devices))
        yield "consents", str(len(profile.consents))

    def _finance(self, finance: Finance, customer_id: str) -> Parts:
        parts: Parts = [
            ("balance", lambda: self._settlement(finance.settlement(customer_id))),
            ("ledger", lambda: self._ledger(finance, customer_id)),
            ("account", lambda: self._terms(finance.terms(customer_id))),
        ]
        if "documents" in finance.parts:
            parts.append(("documents", lambda: self._documents(finance, customer_id)))
        return parts

    def _phone(self, phone: Phone, customer_id: str) -> Parts:
        first = self._today.replace(day=1)
        month = CallRequest(first, self._today)
        return [
            ("telephone", lambda: self._usage(phone.usage(customer_id, month))),
            ("newest call", lambda: self._newest(phone, customer_id, month)),
        ]

    def _parts(self, parts: Parts) -> Iterator[tuple[str, bool]]:
        for label, part in parts:
            try:
                for row in part():
                    yield _row(*row), False
            except BillingError as error:
                yield _row(label, f"cannot be read: {error}"), True

    def _notices(self, notifications: Notifications, customer_id: str) -> Rows:
        page = notifications.notices(customer_id, NoticeRequest(limit=MANY))
        yield "notices", _listed([notice.kind for notice in page.rows])

    def _settlement(self, settlement: Settlement) -> Rows:
        for balance in settlement.balances:
            yield "balance", self._amount(balance)
            overdue = settlement.overdue(balance.currency, today=self._today)
            yield "to pay", self._amount(settlement.due(balance.currency))
            yield "overdue", self._amount(overdue)
        if not settlement.balances:
            yield "balance", "nothing was booked"
        yield "unpaid", f"{len(settlement.unpaid)} documents"

    def _ledger(self, finance: Finance, customer_id: str) -> Rows:
        page = finance.ledger(customer_id, LedgerRequest())
        newest = f", newest of {page.rows[0].booked_on}" if page.rows else ""
        more = " on the first page, and more" if page.next else ""
        yield "ledger", f"{len(page.rows)} entries{more}{newest}"

    def _documents(self, finance: Finance, customer_id: str) -> Rows:
        page = finance.documents(customer_id, DocumentRequest(limit=MANY))
        yield "documents", _listed([document.state(self._today) for document in page.rows])
        if page.rows and "document_lines" in finance.parts:
            lines = finance.document_lines(customer_id, page.rows[0].id)
            yield "newest of them", f"{len(lines)} lines"

    def _terms(self, terms: Terms) -> Rows:
        for account in terms.accounts:
            yield "own account", self._account(account.number)
        yield "seller", terms.seller.name if terms.seller else "-"
        if terms.seller and terms.seller.account:
            yield "its account", self._account(terms.seller.account)
        elif not terms.accounts:
            yield "account", NOWHERE

    def _usage(self, usage: Usage) -> Rows:
        valid = [a for a in usage.allowances if a.is_valid_within(self._today, self._today)]
        yield "own numbers", ", ".join(self._private(line.number) for line in usage.lines) or "-"
        yield "packages", f"{len(usage.allowances)}, valid today: {len(valid)}"
        yield "calls", f"{usage.totals.calls} this month, {usage.totals.seconds} s"
        for price in usage.totals.prices:
            yield "charged", self._amount(price)

    def _newest(self, phone: Phone, customer_id: str, month: CallRequest) -> Rows:
        for call in phone.calls(customer_id, replace(month, limit=1)).rows:
            yield "newest call", f"of {call.started_at:%Y-%m-%d %H:%M}, {call.direction}, {call.kind}"

    def _account(self, number: str) -> str:
        return f"{self._private(number)}, {'valid' if clean_nrb(number) else 'not a valid NRB'}"

    def _amount(self, money: Money) -> str:
        sign = "zero" if not money.amount else ("above zero" if money.amount > 0 else "below zero")
        if not self._show_values:
            return f"{sign}, {money.currency} {HIDDEN}"
        return f"{money.amount:.2f} {money.currency}"

    def _private(self, value: str | None) -> str:
        if not value:
            return "-"
        return value if self._show_values else HIDDEN


def _row(label: str, text: str) -> str:
    return f"  {label:<15}{text}"


def _listed(kinds: list[str]) -> str:
    counted = ", ".join(f"{number} {kind}" for kind, number in Counter(map(str, kinds)).items())
    return f"{len(kinds)} ({counted})" if kinds else "0"

"""What the customer owes, what he paid, and the documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wbok.domain.customer import Service
from wbok.domain.money import Money
from wbok.domain.page import DEFAULT_LIMIT


class EntryKind(StrEnum):
    CHARGE = "charge"
    PAYMENT = "payment"


class DocumentKind(StrEnum):
    INVOICE = "invoice"
    CORRECTION = "correction"
    DEBIT_NOTE = "debit_note"
    PRO_FORMA = "pro_forma"
    RECEIPT = "receipt"
    """Of a cash desk: what was paid in or out, itself a payment."""


DEBTLESS = frozenset({DocumentKind.PRO_FORMA, DocumentKind.RECEIPT})
"""Kinds of documents on which nothing is ever owed."""


class KsefState(StrEnum):
    """Where a document stands in KSeF, the state's register of invoices."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    OFFLINE = "offline"
    """Issued while the register could not be reached: it is valid, and is handed in later."""


class PaidState(StrEnum):
    PAID = "paid"
    DUE = "due"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"
    SETTLED_ELSEWHERE = "settled_elsewhere"
    """A correction (counted with its original), a pro-forma or a receipt (no debt at all)."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """`amount`: a charge is negative, a payment positive. `balance_after` counts this entry too."""

    id: str
    booked_on: date
    amount: Money
    description: str
    document_id: str | None = None
    balance_after: Money | None = None


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """Both days belong to the period. Without `running` the entries come without a balance, and faster.

    `oldest_first` turns the list, for a statement, which works out its own balances: entries may come without
    any. Its marks are of that order alone.
    """

    since: date | None = None
    until: date | None = None
    kind: EntryKind | None = None
    after: str | None = None
    limit: int = DEFAULT_LIMIT
    running: bool = True
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """Of one currency in one period; both amounts are positive."""

    charged: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class Document:
    """`gross` of a correction is the signed difference; `remaining` is what is still to be paid.

    `by_balance` says that the billing does not tell what is paid, and that `remaining` follows from the
    balance (see `wbok.domain.settlement`). `ksef_state` is None for what does not go through KSeF.
    """

    id: str
    number: str
    kind: DocumentKind
    issued_on: date
    gross: Money
    due_on: date | None = None
    net: Money | None = None
    remaining: Money | None = None
    cancelled: bool = False
    corrects_id: str | None = None
    by_balance: bool = False
    ksef_number: str | None = None
    ksef_state: KsefState | None = None
    split_payment: bool = False

    def state(self, today: date) -> PaidState:
        if self.cancelled:
            return PaidState.CANCELLED
        if self.remaining is None:
            return PaidState.SETTLED_ELSEWHERE
        if self.remaining.amount <= 0:
            return PaidState.PAID
        if self.due_on is not None and self.due_on < today:
            return PaidState.OVERDUE
        return PaidState.DUE


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """Amounts are of the whole line, not of one unit."""

    position: int
    description: str
    quantity: Decimal
    vat_rate: str
    net: Money
    vat: Money
    gross: Money
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class VatRow:
    rate: str
    net: Money
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account that belongs to this customer alone. `number` as the billing has it."""

    number: str
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Seller:
    """Whom one pays."""

    id: str
    name: str
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    tax_id: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the customer has agreed to pay, and where to.

    `accounts`: the one to pay to comes first. `payment_title`: what the provider wants in the title of a transfer;
    None leaves it to the panel.
    """

    services: tuple[Service, ...] = ()
    accounts: tuple[Account, ...] = ()
    seller: Seller | None = None
    payment_title: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is owed now.

    `balances`: one for each currency, negative is a debt. `unpaid`: the documents with something remaining,
    newest first. `unattributed`: debts that lie on no document that we know.
    """

    balances: tuple[Money, ...]
    unpaid: tuple[Document, ...] = ()
    unattributed: tuple[Money, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Nothing is owed in any currency, and no document waits for a payment."""
        return not self.unpaid and all(balance.amount >= 0 for balance in self.balances)

    def due(self, currency: str) -> Money:
        """What is to be paid in that currency; zero when nothing is, or when too much was paid."""
        owed = sum((-b.amount for b in self.balances if b.currency == currency), Decimal())
        return Money(max(owed, Decimal()), currency)

    def owed(self, currency: str) -> tuple[Money, ...]:
        """What is to be paid, `currency` first; empty when nothing is."""
        debts = sorted(
            (b for b in self.balances if b.amount < 0), key=lambda b: (b.currency != currency, b.currency)
        )
        return tuple(-debt for debt in debts)

    @property
    def awaits_allocation(self) -> bool:
        """Enough was paid, but the billing has not yet set it against the documents."""
        return bool(self.unpaid) and all(balance.amount >= 0 for balance in self.balances)

    def overdue(self, currency: str, *, today: date) -> Money:
        owed = (
            d.remaining.amount
            for d in self.unpaid
            if d.remaining and d.remaining.currency == currency and d.state(today) is PaidState.OVERDUE
        )
        return Money(sum(owed, Decimal()), currency)


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """`month` is its first day; both amounts are positive."""

    month: date
    charged: Money
    paid: Money


def vat_summary(lines: Iterable[DocumentLine]) -> tuple[VatRow, ...]:
    """One row for each rate, in the order in which the rates first appear."""
    rows: dict[tuple[str, str], VatRow] = {}
    for line in lines:
        key = (line.vat_rate, line.gross.currency)
        known = rows.get(key)
        rows[key] = (
            VatRow(line.vat_rate, line.net, line.vat, line.gross)
            if known is None
            else VatRow(line.vat_rate, known.net + line.net, known.vat + line.vat, known.gross + line.gross)
        )
    return tuple(rows.values())


def monthly_totals(
    entries: Iterable[LedgerEntry], *, months: Iterable[date], currency: str
) -> tuple[MonthTotals, ...]:
    """Charges and payments of each of `months` (their first days), in that order."""
    charged: dict[date, Decimal] = {}
    paid: dict[date, Decimal] = {}
    for entry in entries:
        if entry.amount.currency != currency:
            continue
        side = charged if entry.amount.amount < 0 else paid
        month = entry.booked_on.replace(day=1)
        side[month] = side.get(month, Decimal()) + abs(entry.amount.amount)
    return tuple(
        MonthTotals(m, Money(charged.get(m, Decimal()), currency), Money(paid.get(m, Decimal()), currency))
        for m in months
    )

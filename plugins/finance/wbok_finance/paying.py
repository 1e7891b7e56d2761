"""What the customer can pay now, and where to: pure rules, the same for page, code, slip and online payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from flask_babel import gettext as _

from wbok.api import (
    AccountTemplate,
    Document,
    Money,
    PaidState,
    Seller,
    Settlement,
    Terms,
    TransferCode,
    TransferOrder,
    account_from_template,
    clean_nrb,
    monthly_sum,
    transfer_code,
)

SLIP_CURRENCY = "PLN"
"""Slips, transfer codes and accounts by a template are of Polish banks."""


class Purpose(StrEnum):
    """What a payment is for."""

    BALANCE = "balance"
    OVERDUE = "overdue"
    DOCUMENT = "document"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class PayTo:
    """Where to pay. `number`: 26 digits. `is_own`: only this customer pays there, and to `others`."""

    number: str
    is_own: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer. `account` is None where the office must be asked for it.

    `month`: the first day of the month that is paid for beforehand.
    """

    purpose: Purpose
    amount: Money
    title: str
    account: PayTo | None
    seller: Seller
    customer_id: str
    document: Document | None = None
    month: date | None = None
    split_payment: bool = False

    @property
    def has_slip(self) -> bool:
        """A deposit in cash at a Polish bank: nothing of another currency, and nothing that must be split."""
        return (
            self.amount.amount > 0
            and self.amount.currency == SLIP_CURRENCY
            and self.account is not None
            and not self.split_payment
        )

    @property
    def code(self) -> TransferCode | None:
        """What an app reads; None where the recommendation has no code."""
        if self.account is None:
            return None
        return transfer_code(
            TransferOrder(
                account=self.account.number,
                recipient=self.seller.name,
                title=self._short_title,
                reference=self._reference,
                amount=self.amount,
                tax_id=self.seller.tax_id,
                split_payment=self.split_payment,
            )
        )

    @property
    def _reference(self) -> str:
        return f"ID {self.customer_id}"

    @property
    def _short_title(self) -> str:
        """Of a document its number, which tells more than words."""
        if self.document is None or self.document.number not in self.title:
            return self.title
        return f"{self._reference} {self.document.number}"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is owed and agreed, and what can be paid of it."""

    customer_id: str
    settlement: Settlement
    terms: Terms
    currency: str
    today: date
    office: Seller
    template: AccountTemplate | None = None

    @property
    def seller(self) -> Seller:
        """Whom one pays; where the billing does not say it, the office of the configuration."""
        return self.terms.seller or self.office

    @property
    def days_overdue(self) -> int:
        """Since the oldest due date that has passed; 0 when none has."""
        passed = [d.due_on for d in self._unpaid(self.currency, PaidState.OVERDUE) if d.due_on]
        return (self.today - min(passed)).days if passed else 0

    @property
    def next_due_on(self) -> date | None:
        """The next due date that has not passed."""
        return min((d.due_on for d in self._unpaid(self.currency, PaidState.DUE) if d.due_on), default=None)

    def pay_to(self, currency: str) -> PayTo | None:
        """The customer's own accounts in this currency, else the one by the template, else everybody's.

        None when there is none, or when the first is no right number: whoever paid there would lose his money.
        """
        common = clean_nrb(self.seller.account) if self.seller.account else None
        if currency != self.currency:
            # Nobody says in which currency everybody's account is kept.
            common = None
        own = [account.number for account in self.terms.accounts if account.currency in (None, currency)]
        if own:
            first = clean_nrb(own[0])
            others = tuple(right for number in own[1:] if (right := clean_nrb(number)))
            # Everybody's may stand first among his own: then it is no less everybody's.
            return None if first is None else PayTo(first, is_own=first != common, others=others)
        if self.template is not None and currency == SLIP_CURRENCY:
            made = account_from_template(self.template, self.customer_id)
            if made is not None:
                return PayTo(made, is_own=True)
        return None if common is None else PayTo(common, is_own=False)

    def balances(self) -> tuple[Payment, ...]:
        """All that is owed, a payment for each currency, the panel's first; one of nothing when nothing is owed."""
        owed = self.settlement.owed(self.currency) or (self.settlement.due(self.currency),)
        return tuple(self._payment(Purpose.BALANCE, amount, self._unpaid(amount.currency)) for amount in owed)

    def overdue(self) -> Payment:
        """The part whose due date has passed, never more than the debt."""
        passed = self.settlement.overdue(self.currency, today=self.today)
        documents = self._unpaid(self.currency, PaidState.OVERDUE)
        return self._payment(Purpose.OVERDUE, self._at_most_debt(passed), documents)

    def document(self, document: Document) -> Payment:
        """What remains of it, never more than the debt; of nothing when it is paid."""
        left = document.remaining
        if document.cancelled or left is None or left.amount <= 0:
            left = Money(Decimal(), document.gross.currency)
        title = self.terms.payment_title or _(
            "Payment of %(number)s, ID %(id)s", number=document.number, id=self.customer_id
        )
        return Payment(
            Purpose.DOCUMENT,
            self._at_most_debt(left),
            title,
            self.pay_to(left.currency),
            self.seller,
            self.customer_id,
            document=document,
            split_payment=document.split_payment,
        )

    def parts(self) -> tuple[Payment, ...]:
        """The documents that wait, the oldest first, in any currency."""
        payments = (self.document(document) for document in reversed(self.settlement.unpaid))
        return tuple(payment for payment in payments if payment.amount.amount > 0)

    def months(self, number: int) -> tuple[Payment, ...]:
        """The coming months by the tariffs, the next one first; empty while something is owed."""
        if self.settlement.owed(self.currency):
            return ()
        payments = []
        for month in next_months(self.today, number=number):
            amount = monthly_sum(self.terms.services, on=month, currency=self.currency)
            if amount.amount > 0:
                title = self.terms.payment_title or _(
                    "Subscription %(month)s, ID %(id)s", month=f"{month:%m/%Y}", id=self.customer_id
                )
                payments.append(
                    Payment(
                        Purpose.MONTH,
                        amount,
                        title,
                        self.pay_to(self.currency),
                        self.seller,
                        self.customer_id,
                        month=month,
                    )
                )
        return tuple(payments)

    def _payment(self, purpose: Purpose, amount: Money, documents: list[Document]) -> Payment:
        title = self.terms.payment_title or _("Subscription, ID %(id)s", id=self.customer_id)
        account, split = self.pay_to(amount.currency), any(d.split_payment for d in documents)
        return Payment(purpose, amount, title, account, self.seller, self.customer_id, split_payment=split)

    def _at_most_debt(self, amount: Money) -> Money:
        return Money(min(amount.amount, self.settlement.due(amount.currency).amount), amount.currency)

    def _unpaid(self, currency: str, *states: PaidState) -> list[Document]:
        return [
            d
            for d in self.settlement.unpaid
            if d.gross.currency == currency and (not states or d.state(self.today) in states)
        ]


def next_months(today: date, *, number: int) -> tuple[date, ...]:
    """The first days of the coming months, the next one first."""
    ahead = today.year * 12 + today.month
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(ahead, ahead + number))

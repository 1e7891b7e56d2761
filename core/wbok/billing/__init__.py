"""The contract between the panel and a billing system: one Protocol for each capability, and their bundle.

Every method takes the customer's id first. A foreign id is the same `NotFound` as a missing one. Only
`NotFound`, `Rejected` and `Unavailable` may be raised. Lists come newest first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from wbok.domain.customer import Customer, Profile
from wbok.domain.finance import (
    Document,
    DocumentLine,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    Settlement,
    Terms,
)
from wbok.domain.page import Page, PageRequest

__all__ = [
    "AdapterContext",
    "Billing",
    "Credential",
    "Customers",
    "Finance",
    "LoginKind",
    "digits_login",
]

DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)


class LoginKind(Protocol):
    """What customers type as ID Klienta."""

    def __call__(self, typed: str) -> str | None:
        """The login as the billing knows it, or None when no login looks like that."""


def digits_login(typed: str) -> str | None:
    """1 to 18 ASCII digits; leading zeros do not matter."""
    typed = typed.strip()
    if not DIGITS.fullmatch(typed):
        return None
    return typed.lstrip("0") or "0"


@dataclass(frozen=True, slots=True)
class Credential:
    """`pin` as it is stored, in the format that `pin_format` names; never shown, never logged."""

    customer_id: str
    pin: str | None
    pin_format: str = "plain"

    def __repr__(self) -> str:
        return f"Credential(customer_id={self.customer_id!r})"


class Customers(Protocol):
    @property
    def login_kind(self) -> LoginKind: ...

    def credentials(self, login: str) -> tuple[Credential, ...]:
        """Whoever may come in with this login; empty for an unknown one."""

    def customer(self, customer_id: str) -> Customer: ...

    def profile(self, customer_id: str) -> Profile: ...


class Finance(Protocol):
    @property
    def parts(self) -> frozenset[str]:
        """Which of `ledger`, `documents`, `document_lines`, `terms` this billing can tell."""

    def settlement(self, customer_id: str) -> Settlement: ...

    def terms(self, customer_id: str) -> Terms: ...

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]: ...

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        """For the period and kind of the request, one for each currency."""

    def documents(self, customer_id: str, request: PageRequest) -> Page[Document]: ...

    def document(self, customer_id: str, document_id: str) -> Document: ...

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]: ...


@dataclass(frozen=True, slots=True)
class AdapterContext:
    """What the panel tells an adapter: where the provider's days begin, and the currency when none is named."""

    zone: ZoneInfo
    currency: str


@dataclass(frozen=True, slots=True)
class Billing:
    """What one billing system can do. An absent capability is None, and the tabs that need it are not there."""

    customers: Customers
    finance: Finance | None = None
    currency: str = "PLN"

    def has(self, capability: str) -> bool:
        return getattr(self, capability, None) is not None

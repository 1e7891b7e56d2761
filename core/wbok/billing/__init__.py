"""The contract between the panel and a billing system: one Protocol for each capability, and their bundle.

Every method takes the customer's id first. A foreign id is the same `NotFound` as a missing one. Only
`NotFound`, `Rejected` and `Unavailable` may be raised. Lists come newest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from wbok.billing.check import NO_ACCOUNT, BillingCheck, Checked, Finding, Severity
from wbok.billing.directory import Directory
from wbok.billing.finance import Finance
from wbok.billing.helpdesk import (
    Attempt,
    BillingTicket,
    ChangedTicket,
    Changes,
    Helpdesk,
    TicketChanges,
    TicketStaff,
)
from wbok.billing.imports import Importer
from wbok.billing.login import LoginField, LoginRecorder, NamedLogin
from wbok.billing.notifications import NoticeFiles, Notifications, ReadMarks
from wbok.billing.phone import Phone
from wbok.domain.clock import Clock, system_clock
from wbok.domain.customer import Customer, Profile

__all__ = [
    "NO_ACCOUNT",
    "PIN_FORMATS",
    "PIN_SHAPES",
    "SEPARABLE",
    "AdapterContext",
    "Attempt",
    "Billing",
    "BillingCheck",
    "BillingTicket",
    "ChangedTicket",
    "Changes",
    "Checked",
    "Credential",
    "Customers",
    "Directory",
    "Finance",
    "Finding",
    "HashPin",
    "Helpdesk",
    "LoginField",
    "LoginKind",
    "LoginRecorder",
    "NamedLogin",
    "NoticeFiles",
    "Notifications",
    "Phone",
    "ReadMarks",
    "Seal",
    "Severity",
    "TicketChanges",
    "TicketStaff",
    "digits_login",
]

DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)
SEPARABLE = ("finance", "notifications", "phone", "helpdesk")
"""The capabilities that may come from another adapter than the rest."""
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "notifications": ("notifications", "read_marks", "notice_files"),
    "helpdesk": ("helpdesk", "ticket_changes", "ticket_staff"),
}
"""What comes with a capability from the same adapter."""
PIN_FORMATS = ("plain", "md5", "bcrypt", "argon2", "hmac")
PIN_SHAPES: Mapping[str, re.Pattern[str]] = {
    "md5": re.compile(r"[0-9a-fA-F]{32}", re.ASCII),
    "hmac": re.compile(r"[0-9a-fA-F]{64}", re.ASCII),
    "bcrypt": re.compile(r"\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}", re.ASCII),
    "argon2": re.compile(
        r"\$argon2(?:id|i|d)\$(?:v=[0-9]+\$)?m=[0-9]+,t=[0-9]+,p=[0-9]+\$[+/A-Za-z0-9]+\$[+/A-Za-z0-9]+",
        re.ASCII,
    ),
}
"""How a stored PIN of each format is written; a plain one has no shape."""


class LoginKind(Protocol):
    """What customers type as ID Klienta; a NamedLogin where they type something else."""

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
    """`pin` as it is stored, in the format that `pin_format` names (one of PIN_FORMATS); never shown or logged.

    `exact`: it is a password and no PIN, so that each of its signs matters, zeros and blanks in front too. Not for
    the format "hmac", which only PINs have.
    """

    customer_id: str
    pin: str | None
    pin_format: str = "plain"
    exact: bool = False

    def __repr__(self) -> str:
        return f"Credential(customer_id={self.customer_id!r})"


class Customers(Protocol):
    @property
    def login_kind(self) -> LoginKind:
        """Asked at each login, since a billing may be set otherwise meanwhile. Raises Unavailable."""

    @property
    def pin_format(self) -> str:
        """The format of most PINs: a login that nobody has is compared as long as one in this format."""

    def credentials(self, login: str) -> tuple[Credential, ...]:
        """Whoever may come in with this login; empty for an unknown one. Of several the right PIN decides."""

    def customer(self, customer_id: str) -> Customer: ...

    def profile(self, customer_id: str) -> Profile: ...


class HashPin(Protocol):
    """Hashes with a key that adapters never see."""

    def __call__(self, pin: str, *, customer_id: str) -> str:
        """64 hexadecimal digits: a Credential of the format "hmac". An empty text for what is no PIN."""


class Seal(Protocol):
    """Makes a code that only this panel can make, from a key that adapters never see."""

    def __call__(self, text: str) -> str:
        """22 characters of `[A-Za-z0-9_-]`, the same for the same text."""


@dataclass(frozen=True, slots=True)
class AdapterContext:
    """What the panel tells an adapter.

    `zone`: where the provider's days begin. `currency`: the one when none is named. `hash_pin`: for adapters
    that keep PINs in files of their own. `seal`: for page marks, which come back from outside.
    `section`: where the configuration stands, for messages. `only`: the one capability that is wanted, when the
    others come from elsewhere. `clock` gives aware moments.
    """

    zone: ZoneInfo
    currency: str
    hash_pin: HashPin
    seal: Seal
    section: str = "billing"
    only: str | None = None
    clock: Clock = system_clock


@dataclass(frozen=True, slots=True)
class Billing:
    """What one billing system can do. An absent capability is None, and the tabs that need it are not there.

    `directory`, `ticket_changes` and `ticket_staff` read across customers: no page ever sees them.
    `reading` stands around every request: an adapter whose data may be exchanged as a whole shows one state of
    them within it. `check` is what `wbok check` asks an adapter that can say more than its capabilities tell.
    `read_marks` belongs to `notifications`: it is told what was read; so does `notice_files`, for a billing whose
    notices have files. `importer` takes in files, where the adapter keeps a copy of its own. `login_recorder` is
    told who came in. `extras`: capabilities that only tabs of others know, by the name that they need.
    """

    customers: Customers
    finance: Finance | None = None
    phone: Phone | None = None
    notifications: Notifications | None = None
    helpdesk: Helpdesk | None = None
    directory: Directory | None = None
    ticket_changes: TicketChanges | None = None
    ticket_staff: TicketStaff | None = None
    currency: str = "PLN"
    reading: Callable[[], AbstractContextManager[None]] = nullcontext
    check: BillingCheck | None = None
    importer: Importer | None = None
    read_marks: ReadMarks | None = None
    notice_files: NoticeFiles | None = None
    login_recorder: LoginRecorder | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)

    def has(self, capability: str) -> bool:
        return self.extras.get(capability, getattr(self, capability, None)) is not None

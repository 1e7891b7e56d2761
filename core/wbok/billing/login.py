"""What customers type to come in, and who is told that they came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

__all__ = ["LoginField", "LoginRecorder", "NamedLogin", "named_login"]


class LoginField(StrEnum):
    """What is typed beside the PIN; the login page names its field after it."""

    CUSTOMER_ID = "customer_id"
    PHONE = "phone"
    EMAIL = "email"
    DOCUMENT = "document"
    PPPOE = "pppoe"
    """The login of the connection; its password stands in for the PIN."""
    TAX_OR_PERSONAL_ID = "tax_or_personal_id"
    EXTERNAL_ID = "external_id"


@dataclass(frozen=True, slots=True)
class NamedLogin:
    """A LoginKind that says what is typed.

    `read`: the login as the billing is asked for it, or None when no login looks like that. `same`: one text for
    all logins that mean the same, on which tries are counted when nobody has it. `numeric_pin`: PINs are digits.
    """

    read: Callable[[str], str | None]
    field: LoginField = LoginField.CUSTOMER_ID
    same: Callable[[str], str] = str
    numeric_pin: bool = True

    def __call__(self, typed: str) -> str | None:
        return self.read(typed)


def named_login(kind: Callable[[str], str | None]) -> NamedLogin:
    """A kind that says nothing of itself is ID Klienta."""
    return kind if isinstance(kind, NamedLogin) else NamedLogin(kind)


class LoginRecorder(Protocol):
    """Is told of logins once they are decided, a little later and one after the other. Raises BillingError.

    What it raises is logged and changes nothing for the customer. `address` is the client's.
    """

    def succeeded(self, customer_id: str, *, address: str) -> None: ...

    def failed(self, customer_id: str, *, address: str) -> None: ...

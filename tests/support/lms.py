"""What the tests over LMS have in common."""

from __future__ import annotations

from typing import Protocol

from wbok.billing import Billing


class Change(Protocol):
    """Runs what LMS's own staff may write, and gives the billing after it."""

    def __call__(self, *statements: object, **values: object) -> Billing: ...

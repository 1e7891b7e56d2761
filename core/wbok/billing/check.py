"""What `wbok check` is told by an adapter: for each relation how it was read, and what is wrong with it.

No text of a Finding holds personal data unless it was asked for with `show_values`. A PIN is never in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

__all__ = ["NO_ACCOUNT", "BillingCheck", "Checked", "Finding", "Severity"]


class Severity(StrEnum):
    """A fault takes something from a customer's page; a warning may; a note only tells."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """`relation` is None when it is about the billing as a whole; `key` names the first of `rows` rows."""

    severity: Severity
    found: str
    advice: str
    relation: str | None = None
    column: str | None = None
    expected: str | None = None
    key: str | None = None
    rows: int = 0


NO_ACCOUNT = Finding(
    Severity.NOTE,
    "no account to pay to: there are no slips, unless account_template makes accounts",
    "Tell one in the relation accounts or as account of sellers, or set account_template.",
)
"""An adapter does not know whether a tab makes accounts itself."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How one relation was read; `relation` is None for what concerns the billing as a whole.

    `rows` are those that were looked at, `milliseconds` the time of the panel's question for one customer; None
    when there was nothing to look at, or nobody to ask for.
    """

    relation: str | None
    rows: int | None = None
    milliseconds: float | None = None
    findings: tuple[Finding, ...] = ()


class BillingCheck(Protocol):
    def __call__(self, *, show_values: bool) -> Iterator[Checked]:
        """Looks at one part after the other; a part that cannot be read is a Finding. Raises nothing."""

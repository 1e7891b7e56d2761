"""What this tab needs of a billing: `Billing(…, extras={"data_usage": …})`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DayUsage:
    """`down` and `up` are bytes."""

    day: date
    down: int
    up: int

    @property
    def total(self) -> int:
        return self.down + self.up


class DataUsage(Protocol):
    def days(self, customer_id: str, *, since: date, until: date) -> tuple[DayUsage, ...]:
        """Those days of the period, both ends included, on which something was used; oldest first.

        Raises NotFound, Unavailable.
        """

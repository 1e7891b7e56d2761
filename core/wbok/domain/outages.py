"""An outage that the office knows of: who is hit sees it on every page before he reports it himself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """`until`: when it should be over; then nobody is told of it any more."""

    number: int
    text: str
    began_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ReportedOutage:
    """As the office sees it. `customers`: how many are told of it; None: everybody."""

    outage: Outage
    customers: int | None

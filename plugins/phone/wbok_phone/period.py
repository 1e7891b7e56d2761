"""The days whose calls are asked for: a month of the calendar, or from one day to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wbok.api import typed_day

MONTHS, MOST_DAYS = 12, 92
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it. `fault`: why what was typed could not be used; then it is a month."""

    since: date
    until: date
    is_month: bool = True
    fault: str | None = None

    @property
    def month(self) -> date:
        """The first day of the month in which it ends."""
        return self.until.replace(day=1)

    @property
    def name(self) -> str:
        """For the name of a file."""
        return f"{self.since:%Y-%m}" if self.is_month else f"{self.since}-{self.until}"

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1


def months_until(today: date) -> tuple[date, ...]:
    """The first days of the months that are offered, the newest first."""
    number = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number, number - MONTHS, -1))


def of_month(day: date) -> Period:
    """All of the month that this day is in: a month of the calendar is a month of the invoice."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def read_period(typed: Mapping[str, str], *, today: date) -> Period:
    """`from` and `to`, days, else `month`; without any it is this month. What makes no sense is said."""
    month = _month(typed["month"], today)
    whole = of_month(month or today)
    if not (typed["from"] or typed["to"]):
        return _but(whole, "month") if typed["month"] and month is None else whole
    since, until = typed_day(typed["from"]), typed_day(typed["to"])
    if (typed["from"] and since is None) or (typed["to"] and until is None):
        return _but(whole, "day")
    since = since or (until or today).replace(day=1)
    until = until or min(max(today, since), since + timedelta(days=MOST_DAYS - 1))
    fault = _fault(since, until, today)
    return _but(whole, fault) if fault else Period(since, until, is_month=False)


def _fault(since: date, until: date, today: date) -> str | None:
    if since > until:
        return "reversed"
    if since > today:
        return "future"
    if since < months_until(today)[-1]:
        return "old"
    return "long" if (until - since).days >= MOST_DAYS else None


def _but(whole: Period, fault: str) -> Period:
    return Period(whole.since, whole.until, fault=fault)


def _month(typed: str, today: date) -> date | None:
    """Only one of those that are offered."""
    found = MONTH.fullmatch(typed)
    if not found:
        return None
    year, month = map(int, found.groups())
    return next((first for first in months_until(today) if (first.year, first.month) == (year, month)), None)

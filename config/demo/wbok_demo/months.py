"""All dates of the made-up billing hang on one day: today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

HISTORY = 24
"""For how many months back there are invoices, the newest one included."""

# So that the newest invoice is out, not yet due, and the one before it is.
NEWEST_INVOICE_AGE = timedelta(days=9)

NAMES = (
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
)


@dataclass(frozen=True, slots=True)
class Calendar:
    today: date

    def invoiced(self, months_ago: int) -> date:
        """The day on which all invoices of that month were issued; 0 is the newest month."""
        newest = self.today - NEWEST_INVOICE_AGE
        return _shifted(newest.replace(day=min(newest.day, 28)), -months_ago)

    def first_day(self, months_ago: int) -> date:
        return self.invoiced(months_ago).replace(day=1)

    def last_day(self, months_ago: int) -> date:
        return _shifted(self.first_day(months_ago), 1) - timedelta(days=1)

    def last_day_ahead(self, months: int) -> date:
        """The last day of the month that comes so many months after this one."""
        return _shifted(self.today.replace(day=1), months + 1) - timedelta(days=1)


def month_name(day: date) -> str:
    """listopad 2026"""
    return f"{NAMES[day.month - 1]} {day.year}"


def _shifted(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1)

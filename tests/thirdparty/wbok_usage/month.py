"""One month of one customer, remembered for some minutes: every page shows badge and banner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock

from wbok.api import Panel
from wbok_usage.source import DataUsage, DayUsage

MINUTES = 10
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Month:
    """`days` are all of the month until `until`, also those without any data."""

    first: date
    days: tuple[DayUsage, ...]

    @property
    def total(self) -> int:
        return sum(day.total for day in self.days)


def read_month(panel: Panel, customer_id: str, first: date) -> Month:
    """Raises NotFound, Unavailable."""
    source: DataUsage = panel.billing.extras["data_usage"]
    last = min(panel.today, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    used = {day.day: day for day in source.days(customer_id, since=first, until=last)}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return Month(first, tuple(used.get(day, DayUsage(day, 0, 0)) for day in days))


class Remembered:
    """Of each process. What is older than MINUTES is asked for anew."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[int, str], tuple[datetime, Month]] = {}

    def month(self, panel: Panel, customer_id: str) -> Month:
        """The present one. Raises NotFound, Unavailable."""
        # Several panels may live in one process.
        key, now = (id(panel.store), customer_id), panel.clock()
        known = self._known.get(key)
        if known is not None and now - known[0] < timedelta(minutes=MINUTES):
            return known[1]
        month = read_month(panel, customer_id, panel.today.replace(day=1))
        with self._lock:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = now, month
        return month


this_month = Remembered().month

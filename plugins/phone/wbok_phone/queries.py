"""What a request for Telefon asks for: the capability itself, the month, and the filter of the calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wbok.api import CallKind, CallRequest, Direction, Panel, Phone, Unavailable, beginning_of

MONTHS = 12
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
FIELDS = ("month", "line", "number", "direction", "kind", "cost")
MOST_TYPED = 60


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What the customer typed, and what of it can be used. `faults` names the fields that cannot."""

    request: CallRequest
    typed: Mapping[str, str]
    faults: tuple[str, ...] = ()

    @property
    def month(self) -> date:
        return self.request.since

    @property
    def is_set(self) -> bool:
        """Something beside the month was typed, so that the form stands open."""
        return any(value for name, value in self.typed.items() if name != "month")

    @property
    def address(self) -> dict[str, str]:
        """The filter as the arguments of a URL."""
        return {name: value for name, value in self.typed.items() if value}


def phone_of(panel: Panel) -> Phone:
    """The tab is on only when the billing has it."""
    if panel.billing.phone is None:
        raise Unavailable("the billing has no phone")
    return panel.billing.phone


def months_until(today: date) -> tuple[date, ...]:
    """The first days of the months that are offered, the newest first."""
    number = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number, number - MONTHS, -1))


def of_month(day: date) -> CallRequest:
    """All calls of the month that this day is in: a month of the calendar is a month of the invoice."""
    first = day.replace(day=1)
    return CallRequest(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def read_filter(arguments: Mapping[str, str], *, today: date) -> CallFilter:
    """The fields of the URL. One that makes no sense is named, not guessed; without a month it is this one."""
    typed = {name: arguments.get(name, "").strip()[:MOST_TYPED] for name in FIELDS}
    month = _month(typed["month"], today)
    beginning = beginning_of(typed["number"])
    direction = Direction(typed["direction"]) if typed["direction"] in tuple(Direction) else None
    kind = CallKind(typed["kind"]) if typed["kind"] in tuple(CallKind) else None
    line = typed["line"] if typed["line"].isprintable() else ""
    only_priced = typed["cost"] == "paid"
    understood = (month, line, beginning, direction, kind, only_priced)
    faults = [name for name, value in zip(FIELDS, understood, strict=True) if typed[name] and not value]
    whole = of_month(month or today)
    request = CallRequest(
        whole.since,
        whole.until,
        own_number=line or None,
        number=beginning,
        direction=direction,
        kind=kind,
        only_priced=only_priced,
        after=arguments.get("after") or None,
    )
    return CallFilter(request, typed, tuple(faults))


def _month(typed: str, today: date) -> date | None:
    """Only one of those that are offered."""
    found = MONTH.fullmatch(typed)
    if not found:
        return None
    year, month = map(int, found.groups())
    return next((first for first in months_until(today) if (first.year, first.month) == (year, month)), None)

"""When the next tariffs will be charged, and how much that will be."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wbok.domain.customer import Period, Service, ServiceStatus
from wbok.domain.money import Money, total

DAYS = {Period.DAY: 1, Period.WEEK: 7}
MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


@dataclass(frozen=True, slots=True)
class ExpectedCharge:
    """What the tariffs will come to on that day, if nothing changes until then."""

    on: date
    amount: Money


def next_charge(services: Iterable[Service], *, today: date, currency: str) -> ExpectedCharge | None:
    """The first day from `today` on with a charge in `currency`; None when it is not known."""
    days: dict[date, list[Money]] = {}
    for service in services:
        day = next_charge_day(service, today=today)
        if day is not None and service.price.currency == currency and service.price.amount > 0:
            days.setdefault(day, []).append(service.price)
    if not days:
        return None
    first = min(days)
    return ExpectedCharge(first, total(days[first], currency=currency))


def next_charge_day(service: Service, *, today: date) -> date | None:
    """When it is charged next; None for what is suspended, is over by then, or has no known day."""
    if service.charged_on is None or service.status is not ServiceStatus.ACTIVE:
        return None
    earliest = max(today, service.valid_from or today)
    day = _next_turn(service.charged_on, service.period, earliest)
    return day if day is not None and service.in_force(day) else None


def _next_turn(known: date, period: Period, earliest: date) -> date | None:
    """The first day not before `earliest` that lies whole periods from the known one."""
    if period in DAYS:
        length = DAYS[period]
        return known + timedelta(days=-(-(earliest - known).days // length) * length)
    if period in MONTHS:
        length = MONTHS[period]
        apart = (earliest.year - known.year) * 12 + earliest.month - known.month
        months = apart // length * length
        day = _months_later(known, months)
        return day if day >= earliest else _months_later(known, months + length)
    return known if known >= earliest else None


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or the last one of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

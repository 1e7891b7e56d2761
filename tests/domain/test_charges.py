"""When the next charge is expected: whole periods from a known day, within the time of the service."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from wbok.domain.charges import ExpectedCharge, next_charge, next_charge_day
from wbok.domain.customer import Period, Service, ServiceStatus
from wbok.domain.money import Money

TODAY = date(2026, 11, 24)


def service(charged_on: date | None, price: str = "60.00", *, currency: str = "PLN", **more: Any) -> Service:
    return Service("1", "Internet", Money(Decimal(price), currency), charged_on=charged_on, **more)


@pytest.mark.parametrize(
    ("charged_on", "period", "expected"),
    [
        (date(2026, 11, 24), Period.MONTH, date(2026, 11, 24)),
        (date(2026, 11, 23), Period.MONTH, date(2026, 12, 23)),
        (date(2020, 1, 31), Period.MONTH, date(2026, 11, 30)),
        (date(2027, 3, 10), Period.MONTH, date(2026, 12, 10)),
        (date(2024, 2, 29), Period.YEAR, date(2027, 2, 28)),
        (date(2026, 1, 5), Period.QUARTER, date(2027, 1, 5)),
        (date(2026, 6, 30), Period.HALF_YEAR, date(2026, 12, 30)),
        (date(2026, 11, 2), Period.WEEK, date(2026, 11, 30)),
        (date(2026, 11, 2), Period.DAY, TODAY),
        (date(2026, 11, 30), Period.ONCE, date(2026, 11, 30)),
        (date(2026, 11, 23), Period.ONCE, None),
        (None, Period.MONTH, None),
    ],
)
def test_the_day_lies_whole_periods_apart(
    charged_on: date | None, period: Period, expected: date | None
) -> None:
    assert next_charge_day(service(charged_on, period=period), today=TODAY) == expected


def test_nothing_is_expected_of_what_is_suspended_or_over() -> None:
    day = date(2026, 12, 1)
    assert next_charge_day(service(day, status=ServiceStatus.SUSPENDED), today=TODAY) is None
    assert next_charge_day(service(day, valid_to=date(2026, 11, 30)), today=TODAY) is None
    assert next_charge_day(service(day, valid_from=date(2027, 1, 15)), today=TODAY) == date(2027, 2, 1)


def test_what_is_charged_on_one_day_is_one_sum() -> None:
    first, later = date(2026, 12, 1), date(2026, 12, 15)
    services = (service(first), service(first, "39.99"), service(later), service(first, "5", currency="EUR"))
    assert next_charge(services, today=TODAY, currency="PLN") == ExpectedCharge(
        first, Money(Decimal("99.99"))
    )
    assert next_charge(services, today=TODAY, currency="USD") is None

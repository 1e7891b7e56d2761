"""Sums: VAT, months, tariffs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wbok.domain.customer import Period, Service, ServiceStatus, monthly_sum
from wbok.domain.finance import DocumentLine, LedgerEntry, monthly_totals, vat_summary
from wbok.domain.money import Money, to_grosze


def zl(amount: str, currency: str = "PLN") -> Money:
    return Money(Decimal(amount), currency)


def line(position: int, rate: str, net: str, vat: str, gross: str) -> DocumentLine:
    return DocumentLine(position, "Internet", Decimal(1), rate, zl(net), zl(vat), zl(gross))


def test_the_vat_summary_adds_up_by_rate() -> None:
    rows = vat_summary(
        [
            line(1, "23%", "100", "23", "123"),
            line(2, "8%", "50", "4", "54"),
            line(3, "23%", "10", "2.30", "12.30"),
        ]
    )
    assert [(r.rate, r.net, r.vat, r.gross) for r in rows] == [
        ("23%", zl("110"), zl("25.30"), zl("135.30")),
        ("8%", zl("50"), zl("4"), zl("54")),
    ]
    assert vat_summary([]) == ()


def test_months_without_entries_are_zero() -> None:
    entries = [
        LedgerEntry("1", date(2026, 10, 3), zl("-100"), "Faktura"),
        LedgerEntry("2", date(2026, 10, 30), zl("60"), "Wpłata"),
        LedgerEntry("3", date(2026, 10, 30), zl("9", "EUR"), "Wpłata"),
        LedgerEntry("4", date(2026, 8, 30), zl("-1"), "za wcześnie"),
    ]
    totals = monthly_totals(entries, months=[date(2026, 9, 1), date(2026, 10, 1)], currency="PLN")
    assert [(t.charged, t.paid) for t in totals] == [(zl("0"), zl("0")), (zl("100"), zl("60"))]


def test_only_monthly_tariffs_in_force_make_the_monthly_sum() -> None:
    today = date(2026, 11, 23)
    services = (
        Service("1", "Internet", zl("79.90")),
        Service("2", "Telefon", zl("24.90"), status=ServiceStatus.SUSPENDED),
        Service("3", "Serwer", zl("120"), period=Period.YEAR),
        Service("4", "Dawny", zl("10"), valid_to=date(2026, 11, 22)),
        Service("5", "Przyszły", zl("10"), valid_from=date(2026, 11, 24)),
        Service("6", "Do dziś", zl("1"), valid_from=today, valid_to=today),
        Service("7", "Euro", zl("5", "EUR")),
    )
    assert monthly_sum(services, on=today, currency="PLN") == zl("80.90")


def test_amounts_of_different_currencies_are_not_added() -> None:
    with pytest.raises(ValueError, match="PLN and EUR"):
        zl("1") + zl("1", "EUR")


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [(0.005, "0.00"), (0.015, "0.02"), (79.9, "79.90"), (1e-9, "0.00"), (-2.675, "-2.68")],
)
def test_floating_point_is_rounded_half_to_even_grosze(amount: float, rounded: str) -> None:
    assert to_grosze(amount) == Decimal(rounded)

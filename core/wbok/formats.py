"""How amounts, numbers and days look in each language, on pages and on paper. No web.

Babel knows how; remembering what it said makes tables fast.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from wbok.domain.money import Money, to_grosze

REMEMBERED = 8192


def money_text(value: Money, *, language: str) -> str:
    """`1 234,56 zł`; the minus is a real one."""
    return _money(value.amount, value.currency, language)


def amount_text(amount: Decimal, *, language: str) -> str:
    """`1 234,56`: always two decimal places, and no minus before a zero."""
    return _amount(to_grosze(amount) + 0, language)


@lru_cache(REMEMBERED)
def number_text(value: Decimal, language: str) -> str:
    """As many decimal places as it needs."""
    return format_decimal(value.normalize(), locale=language, decimal_quantization=False).replace("-", "−")


@lru_cache(REMEMBERED)
def day_text(value: date, language: str) -> str:
    """For tables: `12.11.2026`."""
    return format_date(value, "dd.MM.yyyy" if language == "pl" else "d MMM yyyy", locale=language)


@lru_cache(REMEMBERED)
def _money(amount: Decimal, currency: str, locale: str) -> str:
    return format_currency(amount, currency, locale=locale).replace("-", "−")


@lru_cache(REMEMBERED)
def _amount(amount: Decimal, locale: str) -> str:
    return format_decimal(amount, "#,##0.00", locale=locale).replace("-", "−")

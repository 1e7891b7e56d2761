"""How amounts, days and speeds look on pages: `wbok.formats` in the language of the request."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from flask import Flask
from markupsafe import Markup

from wbok.bank import clean_ksef_number, clean_nrb, grouped_nrb, qr_svg
from wbok.domain.money import Money
from wbok.domain.numbers import grouped_number
from wbok.formats import REMEMBERED, day_text, money_text, number_text
from wbok.web.current import panel
from wbok.web.languages import language

NBSP = "\u00a0"
TENTH = Decimal("0.1")
HOUR = {"pl": "godz.", "en": "h"}


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        money=lambda value: money(value),
        number=lambda value: number_text(Decimal(value), language()),
        day_in_words=lambda value: _day_in_words(value, language()),
        month=lambda value: month_year(value),
        speed=speed,
        nrb=nrb,
        masked=masked,
        tel=tel,
        phone_number=grouped_number,
        duration=lambda value: duration(value),
        size=size,
        plain=plain,
        ksef=ksef,
    )
    app.jinja_env.globals["day"] = lambda value: _day(_local_day(value), language())
    app.jinja_env.globals["qr"] = lambda text, title: Markup(qr_svg(text, title=title))  # noqa: S704 (segno escapes)
    app.jinja_env.globals["moment"] = lambda value: moment(value)


def money(value: Money) -> str:
    """`1 234,56 zł`; the minus is a real one."""
    return money_text(value, language=language())


def plain(value: Money) -> str:
    """As one types it into a bank's form: `1234,56`."""
    return f"{value.amount:.2f}".replace(".", ",")


def moment(value: datetime) -> Markup:
    """Day and time of the day, as it is at the provider's."""
    local = value.astimezone(panel().zone)
    return Markup('<time datetime="{}">{}</time>').format(
        local.isoformat(timespec="minutes"), plain_moment(local)
    )


def plain_moment(value: datetime) -> str:
    """As `moment`, for paper: `12.11.2026, 17:05`."""
    local = value.astimezone(panel().zone)
    return f"{plain_day(local.date())}, {local:%H:%M}"


def plain_day(value: date) -> str:
    """For paper: `12.11.2026`."""
    return day_text(value, language())


def duration(seconds: int) -> str:
    """To the second, without parts that are zero: `1 godz. 25 min`, `4 min 12 s`, `0 s`."""
    return _duration(seconds, language())


def speed(kbits: int) -> str:
    """kbit/s in the unit that people know."""
    for factor, unit in ((1_000_000, "Gb/s"), (1000, "Mb/s")):
        if kbits >= factor:
            return f"{number_text(Decimal(kbits) / factor, language())}{NBSP}{unit}"
    return f"{kbits}{NBSP}kb/s"


def size(value: int) -> str:
    """Bytes in the unit that people know, to one decimal place."""
    for factor, unit in ((10**9, "GB"), (10**6, "MB"), (1000, "kB")):
        if value >= factor:
            return f"{number_text((Decimal(value) / factor).quantize(TENTH), language())}{NBSP}{unit}"
    return f"{value}{NBSP}B"


def nrb(number: str) -> str | None:
    """The account in groups; None for a wrong number, which must never be shown."""
    clean = clean_nrb(number)
    return grouped_nrb(clean) if clean else None


def ksef(number: str | None) -> str | None:
    """A number of KSeF as it is written; None for a wrong one, which must not be shown as right."""
    return clean_ksef_number(number) if number else None


def masked(number: str) -> str:
    """Only the last four characters of a sensitive number, the rest as dots."""
    return "•" * max(len(number) - 4, 0) + number[-4:] if len(number) > 4 else "•" * len(number)


def tel(number: str) -> str:
    """A phone number for a `tel:` link; nine digits are a Polish number."""
    digits = "".join(c for c in number if c in "+0123456789")
    return f"+48{digits}" if len(digits) == 9 and digits.isdigit() else digits


def month_name(day: date) -> str:
    """The short name of a month for charts."""
    return _month_short(day.month, language())


def month_year(day: date) -> str:
    """`listopad 2026`."""
    return _month(day, language())


def _local_day(value: date) -> date:
    """A moment is on the day that it is at the provider's."""
    return value.astimezone(panel().zone).date() if isinstance(value, datetime) else value


@lru_cache(REMEMBERED)
def _day(value: date, locale: str) -> Markup:
    """For tables, as an element that programs understand too."""
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), day_text(value, locale))


@lru_cache(REMEMBERED)
def _duration(seconds: int, locale: str) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, HOUR[locale]), (minutes, "min"), (rest, "s")]
    return " ".join(f"{value}{NBSP}{unit}" for value, unit in parts if value) or f"0{NBSP}s"


@lru_cache(REMEMBERED)
def _day_in_words(value: date, locale: str) -> str:
    return format_date(value, "d MMMM", locale=locale).replace(" ", NBSP)


@lru_cache(REMEMBERED)
def _month(value: date, locale: str) -> str:
    return format_date(value, "LLLL y", locale=locale)


@lru_cache(64)
def _month_short(month: int, locale: str) -> str:
    return format_date(date(2000, month, 1), "LLL", locale=locale)

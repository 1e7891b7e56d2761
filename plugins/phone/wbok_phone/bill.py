"""The itemised bill on paper: all that the filter chooses, with its sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from wbok.api import (
    Call,
    Money,
    Party,
    PrintedColumn,
    PrintedTable,
    Usage,
    grouped_number,
    money,
    plain_day,
    plain_moment,
)
from wbok_phone.period import Period
from wbok_phone.queries import CallFilter
from wbok_phone.settings import PhoneSettings
from wbok_phone.words import CallWords, totals_length

MOST_PRINTED = 5_000


def bill_of(
    chosen: CallFilter,
    usage: Usage,
    settings: PhoneSettings,
    *,
    provider: Party,
    customer: Party,
    currency: str,
    printed_on: date,
) -> PrintedTable:
    totals = usage.totals
    amounts = [totals.price(currency), *(price for price in totals.prices if price.currency != currency)]
    return PrintedTable(
        title=_("Itemised bill, %(period)s", period=_named(chosen.period)),
        provider=provider,
        customer=customer,
        columns=(
            PrintedColumn(_("Date and time"), 34),
            PrintedColumn(_("Number"), 33),
            PrintedColumn(_("Kind"), 42),
            PrintedColumn(_("Time"), 26, is_figure=True),
            PrintedColumn(_("Package"), 28),
            PrintedColumn(_("Charge"), 21, is_figure=True),
        ),
        printed_on=printed_on,
        notes=tuple(_notes(chosen, usage, settings)),
        last=(
            _("Together"),
            "",
            ngettext("%(num)d connection", "%(num)d connections", totals.calls),
            totals_length(totals),
            "",
            ", ".join(money(price) for price in _worth_saying(amounts)),
        ),
    )


def bill_rows(calls: Iterable[Call], words: CallWords) -> Iterator[tuple[str, ...]]:
    for call in calls:
        yield (
            plain_moment(call.started_at),
            words.number(call),
            words.kind(call),
            words.length(call),
            words.package(call),
            money(call.price),
        )


def _worth_saying(amounts: list[Money]) -> list[Money]:
    """The provider's own currency, and whatever is not zero in another one."""
    return [amounts[0], *(amount for amount in amounts[1:] if amount.amount)]


def _named(period: Period) -> str:
    return f"{plain_day(period.since)} – {plain_day(period.until)}"


def _notes(chosen: CallFilter, usage: Usage, settings: PhoneSettings) -> Iterator[str]:
    own = [chosen.request.own_number] if chosen.request.own_number else [line.number for line in usage.lines]
    if own:
        yield _("Own numbers: %(numbers)s", numbers=", ".join(map(grouped_number, own)))
    if chosen.narrows:
        yield _("A part of the calls of this time, as it was chosen in the panel.")
    if chosen.masked:
        yield _("The last three digits of numbers are hidden.")
    if settings.helplines:
        yield _("List without calls to free helplines.")

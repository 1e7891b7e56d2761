"""Telefon: numbers, packages, calls and what they cost. This module only hangs the tab on the hooks."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from wbok.api import Card, Help, MenuEntry, Panel, hookimpl, render_part
from wbok_phone.period import of_month
from wbok_phone.queries import calls_in, phone_of
from wbok_phone.settings import PhoneSettings, settings_of
from wbok_phone.views import blueprint


@hookimpl
def wbok_needs() -> tuple[str, ...]:
    return ("phone",)


@hookimpl
def wbok_settings() -> type[PhoneSettings]:
    return PhoneSettings


@hookimpl
def wbok_blueprint() -> Blueprint:
    return blueprint


@hookimpl
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    return (MenuEntry(_("Phone"), "phone.index", "phone"),)


@hookimpl
def wbok_cards(panel: Panel, customer_id: str) -> tuple[Card, ...]:
    """None for who has no telephone."""
    today, currency = panel.today, panel.billing.currency
    usage = phone_of(panel).usage(customer_id, calls_in(of_month(today), settings_of(panel)))
    allowances = [a for a in usage.allowances if a.is_valid_within(today, today)]
    if not (usage.lines or allowances or usage.totals.calls):
        return ()
    body = render_part("phone/card.html", allowances=allowances, totals=usage.totals, currency=currency)
    return (Card(_("Phone"), "phone", body),)


@hookimpl
def wbok_help(panel: Panel) -> Help:
    return Help(_("Phone"), render_part("phone/help.html", settings=settings_of(panel)))

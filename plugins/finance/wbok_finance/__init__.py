"""Finanse: what is owed, what was paid, documents, tariffs. This module only hangs the tab on the hooks."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from wbok.api import Card, Help, MenuEntry, Panel, hookimpl, render_part
from wbok_finance.offers import finance_of
from wbok_finance.routes import build_blueprint
from wbok_finance.settings import FinanceSettings


@hookimpl
def wbok_needs() -> tuple[str, ...]:
    return ("finance",)


@hookimpl
def wbok_settings() -> type[FinanceSettings]:
    return FinanceSettings


@hookimpl
def wbok_blueprint(panel: Panel) -> Blueprint:
    return build_blueprint(panel)


@hookimpl
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    return (MenuEntry(_("Finance"), "finance.index", "wallet"),)


@hookimpl
def wbok_cards(panel: Panel, customer_id: str) -> tuple[Card, ...]:
    settlement = finance_of(panel).settlement(customer_id)
    body = render_part(
        "finance/card.html", settlement=settlement, currency=panel.billing.currency, today=panel.today
    )
    return (Card(_("To pay"), "wallet", body),)


@hookimpl
def wbok_help(panel: Panel) -> Help:
    return Help(_("Finance"), render_part("finance/help.html"))

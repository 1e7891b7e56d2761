"""Data used by day. This module only hangs the tab on the hooks."""

from __future__ import annotations

import click
from flask import Blueprint, url_for
from flask_babel import gettext as _

from wbok.api import Banner, Card, Help, Link, MenuEntry, Panel, hookimpl, render_part, size
from wbok_usage.commands import usage
from wbok_usage.month import Month, this_month
from wbok_usage.settings import UsageSettings
from wbok_usage.views import blueprint

WBOK_API = "1.0"


@hookimpl
def wbok_needs() -> tuple[str, ...]:
    return ("data_usage",)


@hookimpl
def wbok_settings() -> type[UsageSettings]:
    return UsageSettings


@hookimpl
def wbok_blueprint() -> Blueprint:
    return blueprint


@hookimpl
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    return (MenuEntry(_("Data used"), "usage.index", "download", lambda: int(_is_near(panel, customer_id))),)


@hookimpl
def wbok_cards(panel: Panel, customer_id: str) -> tuple[Card, ...]:
    body = render_part("usage/card.html", month=this_month(panel, customer_id), limit=_settings(panel).limit)
    return (Card(_("Data used"), "download", body),)


@hookimpl
def wbok_banners(panel: Panel, customer_id: str) -> tuple[Banner, ...]:
    if not _is_near(panel, customer_id):
        return ()
    used, limit = this_month(panel, customer_id).total, _settings(panel).limit or 0
    text = _("%(used)s of %(limit)s are used this month.", used=size(used), limit=size(limit))
    return (Banner(_("Little data is left"), text, "warn", Link(url_for("usage.index"), _("Data by day"))),)


@hookimpl
def wbok_help(panel: Panel) -> Help:
    return Help(_("Data used"), render_part("usage/help.html", settings=_settings(panel)))


@hookimpl
def wbok_commands() -> click.Group:
    return usage


def _settings(panel: Panel) -> UsageSettings:
    settings: UsageSettings = panel.tab_settings("usage")
    return settings


def _is_near(panel: Panel, customer_id: str) -> bool:
    """Asked for every page: without a limit nothing is read."""
    settings = _settings(panel)
    if settings.warn_at is None:
        return False
    month: Month = this_month(panel, customer_id)
    return month.total >= settings.warn_at

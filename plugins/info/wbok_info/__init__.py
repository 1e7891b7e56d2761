"""Informacje: who the customer is and what he has. This module only hangs the tab on the hooks."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from wbok.api import Help, MenuEntry, Panel, hookimpl, render_part
from wbok_info.settings import InfoSettings
from wbok_info.views import blueprint


@hookimpl
def wbok_needs() -> tuple[str, ...]:
    return ("customers",)


@hookimpl
def wbok_settings() -> type[InfoSettings]:
    return InfoSettings


@hookimpl
def wbok_blueprint() -> Blueprint:
    return blueprint


@hookimpl
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    return (MenuEntry(_("Information"), "info.index", "info"),)


@hookimpl
def wbok_help(panel: Panel) -> Help:
    return Help(_("Information"), render_part("info/help.html"))

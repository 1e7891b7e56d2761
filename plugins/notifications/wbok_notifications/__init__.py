"""Powiadomienia: what the provider tells his customers. This module only hangs the tab on the hooks."""

from __future__ import annotations

import click
from flask import Blueprint
from flask_babel import gettext as _

from wbok.api import Banner, Card, Help, MenuEntry, Panel, hookimpl, render_part
from wbok_notifications.commands import notifications
from wbok_notifications.outages import outage_banners
from wbok_notifications.pressing import banners
from wbok_notifications.settings import NotificationsSettings
from wbok_notifications.unread import unread
from wbok_notifications.views import blueprint


@hookimpl
def wbok_settings() -> type[NotificationsSettings]:
    return NotificationsSettings


@hookimpl
def wbok_blueprint() -> Blueprint:
    return blueprint


@hookimpl
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    def badge() -> int:
        return len(unread(panel, customer_id))

    return (MenuEntry(_("Notifications"), "notifications.index", "bell", badge),)


@hookimpl
def wbok_cards(panel: Panel, customer_id: str) -> tuple[Card, ...]:
    newest = unread(panel, customer_id)
    if not newest:
        return ()
    body = render_part("notifications/card.html", newest=newest[0], more=len(newest) - 1)
    return (Card(_("New notification"), "bell", body),)


@hookimpl
def wbok_banners(panel: Panel, customer_id: str) -> tuple[Banner, ...]:
    return (*outage_banners(panel), *banners(panel, customer_id))


@hookimpl
def wbok_help(panel: Panel) -> Help:
    return Help(_("Notifications"), render_part("notifications/help.html", has_copies=panel.outbox.is_open))


@hookimpl
def wbok_commands() -> click.Group:
    return notifications

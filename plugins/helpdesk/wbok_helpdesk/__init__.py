"""Helpdesk: what customers ask, report and claim, and what the office answers. Here the tab hangs on the hooks."""

from __future__ import annotations

import click
from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from wbok.api import (
    Banner,
    Card,
    DeskKind,
    DeskPlan,
    Help,
    MenuEntry,
    Panel,
    TicketKind,
    hookimpl,
    render_part,
    signals,
)
from wbok_helpdesk.commands import helpdesk
from wbok_helpdesk.news import solved_banners, unread
from wbok_helpdesk.settings import HelpdeskSettings
from wbok_helpdesk.views import blueprint, upload_limits


@hookimpl
def wbok_needs() -> tuple[str, ...]:
    return ("customers",)


@hookimpl
def wbok_settings() -> type[HelpdeskSettings]:
    return HelpdeskSettings


@hookimpl
def wbok_desk(settings: HelpdeskSettings) -> DeskPlan:
    return settings.plan


@hookimpl
def wbok_blueprint() -> Blueprint:
    return blueprint


@hookimpl
def wbok_menu(panel: Panel, customer_id: str) -> tuple[MenuEntry, ...]:
    return (MenuEntry(_("Helpdesk"), "helpdesk.index", "life-buoy", badge=lambda: len(unread())),)


@hookimpl
def wbok_cards(panel: Panel, customer_id: str) -> tuple[Card, ...]:
    tickets = signals().tickets
    still_open = sum(not ticket.status.has_ended for ticket in tickets)
    title = ngettext("Tickets: one open", "Tickets: %(num)d open", still_open) if still_open else _("Tickets")
    return (Card(title, "life-buoy", render_part("helpdesk/card.html", tickets=tickets)),)


@hookimpl
def wbok_banners(panel: Panel, customer_id: str) -> tuple[Banner, ...]:
    return solved_banners()


@hookimpl
def wbok_help(panel: Panel) -> Help:
    # Where tickets live in the billing, it says itself what can be opened again.
    is_ours = panel.desk.kind is DeskKind.PANEL
    days = panel.tab_settings("helpdesk").reopen_days if is_ours else None
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    has_complaints = any(one.kind is TicketKind.COMPLAINT for one in settings.offered)
    body = render_part(
        "helpdesk/help.html", reopen_days=days, limits=upload_limits(), has_complaints=has_complaints
    )
    return Help(_("Helpdesk"), body)


@hookimpl
def wbok_commands() -> click.Group:
    return helpdesk

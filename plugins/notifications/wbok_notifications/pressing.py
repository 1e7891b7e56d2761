"""Urgent messages as banners on every page, each until it is confirmed."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wbok.api import Banner, Link, Panel
from wbok_notifications.items import Item
from wbok_notifications.unread import pressing

MOST = 2
LETTERS = 220


def banners(panel: Panel, customer_id: str) -> tuple[Banner, ...]:
    """The newest ones. The page of a message has its button itself."""
    here = (request.view_args or {}).get("ref") if request.endpoint == "notifications.message" else None
    items = [item for item in pressing(panel, customer_id) if item.ref != here]
    shown = [_banner(item) for item in items[:MOST]]
    if len(items) > MOST:
        shown.append(_more(len(items) - MOST))
    return tuple(shown)


def _banner(item: Item) -> Banner:
    text = item.excerpt
    return Banner(
        title=item.title,
        text=text if len(text) <= LETTERS else f"{text[:LETTERS].rsplit(' ', 1)[0]}…",
        tone="bad",
        link=Link(url_for("notifications.message", ref=item.ref), _("Read it all")),
        action=Link(url_for("notifications.confirm", ref=item.ref), _("I confirm")),
    )


def _more(number: int) -> Banner:
    title = ngettext("One more urgent notification", "%(num)d more urgent notifications", number)
    return Banner(title, "", "bad", link=Link(url_for("notifications.index", part="new"), _("Show")))

"""What is new: the panel's messages and the billing's notices that the customer has not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask import g, request

from wbok.api import NEWEST, UNREAD_FOR, Headline, Panel, Signals, earliest_mark, notice_key, signals
from wbok_notifications.items import Item, of_headline
from wbok_notifications.settings import settings_of


def unread(panel: Panel, customer_id: str) -> tuple[Item, ...]:
    """Newest first; whether urgent ones are confirmed does not matter."""
    read_now: set[str] = g.get("notifications_read", set())
    return tuple(i for i in waiting(panel, customer_id) if i.mark is None and i.ref not in read_now)[:NEWEST]


def pressing(panel: Panel, customer_id: str) -> tuple[Item, ...]:
    """Urgent ones that are not confirmed, newest first."""
    return tuple(item for item in waiting(panel, customer_id) if item.is_pressing)


def _counted_since(panel: Panel, customer_id: str) -> datetime:
    """What is older counts as read: a year ago, the panel's first day, and the hundredth newest of the billing."""
    recent = _recent(panel, customer_id)
    hundredth = [recent[-1].sent_at] if len(recent) >= NEWEST else []
    return max(panel.clock() - UNREAD_FOR, signals().first_day, *hundredth)


def note_read(items: Iterable[Item]) -> None:
    """Read while this page is made: its badge counts without them."""
    g.notifications_read = {item.ref for item in items}


def waiting(panel: Panel, customer_id: str) -> list[Item]:
    """Unread, or urgent and not confirmed; newest first."""
    known = signals()
    markdown = settings_of(panel).billing_markdown
    items = [of_headline(headline, billing_markdown=markdown) for headline in known.headlines]
    since = _counted_since(panel, customer_id)
    for headline in _recent(panel, customer_id):
        item = of_headline(_marked(headline, known), billing_markdown=markdown)
        if item.sent_at >= since and (item.mark is None or item.is_pressing):
            items.append(item)
    return sorted(items, key=lambda item: (item.sent_at, item.ref), reverse=True)


def _marked(headline: Headline, known: Signals) -> Headline:
    """With our mark, and the billing's."""
    ours = known.notice_marks.get(notice_key(headline.id))
    return replace(headline, mark=earliest_mark(ours, headline.mark))


def _recent(panel: Panel, customer_id: str) -> tuple[Headline, ...]:
    """Pages of other tabs ask the billing themselves, as much as a page may; the first tab's asks less."""
    others = {tab.name for tab in panel.plugins.tabs[1:]} - {"notifications"}
    return panel.recent_notices.of(customer_id, sparing=request.blueprint in others)

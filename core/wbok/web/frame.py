"""What stands around every page: menu, banners, and on the first tab's page the cards of all tabs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import g, request, url_for

from wbok.entries import Banner, Card, Help, MenuEntry
from wbok.errors import BillingError
from wbok.panel import Panel
from wbok.plugins import Tab
from wbok.settings import OfficeSettings
from wbok.store.sessions import Session
from wbok.web.current import current_session, panel

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    address: str
    icon: str
    current: bool
    badge: int


@dataclass(frozen=True, slots=True)
class CardOrFault:
    """`card` is None when the tab's cards are temporarily unavailable; `title` says which."""

    title: str
    icon: str
    card: Card | None


@dataclass(frozen=True, slots=True)
class Frame:
    brand: str
    office: OfficeSettings
    session: Session | None
    menu: tuple[MenuItem, ...]
    banners: tuple[Banner, ...]
    cards: tuple[CardOrFault, ...]


def frame() -> Frame:
    """For nobody logged in: no menu, no banner, no card."""
    this, session = panel(), current_session()
    entries = [] if session is None else list(_entries(this, session.customer_id))
    broken = bool(g.get("error_page"))
    return Frame(
        brand=this.settings.panel.name,
        office=this.settings.office,
        session=session,
        menu=tuple(item for tab, entry in entries if (item := _item(tab, entry))),
        banners=() if session is None or broken else tuple(_banners(this, session.customer_id)),
        cards=() if session is None or broken else tuple(_cards(this, session.customer_id, entries)),
    )


def tab_label(name: str | None) -> str | None:
    """The menu's word for a tab; None for what is no tab."""
    session = current_session()
    if session is None:
        return None
    for tab, entry in _entries(panel(), session.customer_id):
        if tab.name == name:
            return entry.label
    return None


def first_endpoint(this: Panel, customer_id: str) -> str:
    """Where `/` leads."""
    for _tab, entry in _entries(this, customer_id):
        return entry.endpoint
    return "pages.help"


def help_parts(this: Panel) -> tuple[Help, ...]:
    """The tabs' parts of the manual."""
    parts = (_safely(tab, lambda tab=tab: tab.call("wbok_help", panel=this)) for tab in this.plugins.tabs)  # type: ignore[misc]
    return tuple(part for part in parts if isinstance(part, Help))


def _entries(this: Panel, customer_id: str) -> Iterator[tuple[Tab, MenuEntry]]:
    for tab in this.plugins.tabs:
        for entry in _ask(tab, "wbok_menu", this, customer_id) or ():
            yield tab, entry


def _item(tab: Tab, entry: MenuEntry) -> MenuItem | None:
    """None for an entry that leads to no page."""
    address, badge = _safely(tab, lambda: url_for(entry.endpoint)), entry.badge
    if address is None:
        return None
    return MenuItem(
        label=entry.label,
        address=address,
        icon=entry.icon,
        current=request.blueprint == tab.name,
        badge=(badge and _safely(tab, badge)) or 0,
    )


def _banners(this: Panel, customer_id: str) -> Iterator[Banner]:
    for tab in this.plugins.tabs:
        yield from _ask(tab, "wbok_banners", this, customer_id) or ()


def _cards(this: Panel, customer_id: str, entries: list[tuple[Tab, MenuEntry]]) -> Iterator[CardOrFault]:
    if not entries or request.endpoint != entries[0][1].endpoint:
        return
    labels = {tab.name: entry for tab, entry in entries}
    for tab in this.plugins.tabs:
        cards = _ask(tab, "wbok_cards", this, customer_id)
        if cards is None and tab.name in labels:
            yield CardOrFault(labels[tab.name].label, labels[tab.name].icon, None)
        for card in cards or ():
            yield CardOrFault(card.title, card.icon, card)


def _ask(tab: Tab, hook: str, this: Panel, customer_id: str) -> Any:
    """The hook's answer, empty when the tab does not have the hook, None when it failed."""
    return _safely(tab, lambda: tuple(tab.call(hook, panel=this, customer_id=customer_id) or ()))


def _safely(tab: Tab, call: Callable[[], T]) -> T | None:
    """One tab's fault must not take the page from the others."""
    try:
        return call()
    except BillingError as error:
        log.warning("tab %s: %s", tab.name, error)
    except Exception:
        log.exception("tab %s failed", tab.name)
    return None

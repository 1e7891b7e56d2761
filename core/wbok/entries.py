"""What tabs hand to the core: values, not pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Tone = Literal["ok", "note", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """`endpoint` of the tab's blueprint; `icon` names a symbol of the sprite.

    `badge` counts what is new; it is asked for every page, and left out when it fails.
    """

    label: str
    endpoint: str
    icon: str
    badge: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """`body` is rendered by the tab's own template."""

    title: str
    icon: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Link:
    """`address` of the panel's own, as `url_for` gives it; `label` says what happens there."""

    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Banner:
    """`link` leads on. `action` is a button that posts to its address, with the field `back`: this page's path."""

    title: str
    text: str
    tone: Tone = "note"
    link: Link | None = None
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Help:
    title: str
    body: Markup

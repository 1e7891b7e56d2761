"""A panel of one's own: store, billing file, hand-set clock, and visitors who come with a browser's manners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from support.clock import HandClock
from support.compiled import COMPILED
from support.lms_desk import LmsOffice
from support.stores import upgrade
from wbok.panel import build_panel
from wbok.settings import Settings
from wbok.testing.opened import TOKEN, OpenPanel, Visitor, made_up_settings
from wbok.web import create_app

__all__ = ["TOKEN", "Scene", "Visitor", "make_scene", "make_settings", "sql_billing"]

make_settings = made_up_settings


def sql_billing(path: Path, relations: Iterable[str], **more: Any) -> dict[str, Any]:
    return {
        "adapter": "sql",
        "url": f"sqlite:///{path}",
        "relations": {name: name for name in relations},
        **more,
    }


@dataclass
class Scene(OpenPanel):
    clock: HandClock
    lms: LmsOffice | None = None
    """Where tickets live in an LMS: who works there."""
    says: Mapping[str, str | None] = field(default_factory=dict)
    """What stands on the pages in place of words of the demo; None: nothing."""

    def told(self, *words: str) -> list[str]:
        """What pages of the demo say, as this billing has them say it."""
        found = [self.says.get(text, text) for text in words]
        return [text for text in found if text is not None]

    def customer(self, login: str = "10427", pin: str = "4271") -> Visitor:
        return super().customer(login, pin)


def make_scene(
    settings: Settings,
    *,
    clock: HandClock | None = None,
    available_tabs: tuple[EntryPoint, ...] | None = None,
) -> Scene:
    clock = clock or HandClock()
    panel = build_panel(settings, clock=clock, available_tabs=available_tabs)
    upgrade(panel.store, settings.store.url)
    app = create_app(panel)
    app.jinja_env.bytecode_cache = COMPILED
    return Scene(panel, app, clock)

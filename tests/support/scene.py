"""A panel of one's own: store, billing file, hand-set clock, and visitors who come with a browser's manners."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from support.clock import HandClock
from support.compiled import COMPILED
from support.lms_desk import LmsOffice
from support.stores import upgrade
from wbok.panel import Panel, build_panel
from wbok.settings import Settings
from wbok.web import create_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OFFICE = {
    "name": "Światłonet sp. z o.o.",
    "phone": "32 012 34 56",
    "hours": {"pl": "pon.–pt. 8.00–16.00", "en": "Mon–Fri 8.00–16.00"},
    "address": "ul. Świetlana 7, Jasnowice",
}


def make_settings(folder: Path, billing: dict[str, Any], **sections: dict[str, Any]) -> Settings:
    data: dict[str, Any] = {
        "panel": {"name": "Światłonet"} | sections.pop("panel", {}),
        "office": OFFICE,
        "access": {"login_rate": "100000 per minute"} | sections.pop("access", {}),
        "web": {"https": False} | sections.pop("web", {}),
        "store": {"url": f"sqlite:///{folder / 'store.sqlite'}"},
        "keys": {"session": "s" * 32, "pin": "p" * 32},
        "billing": billing,
        **sections,
    }
    return Settings.model_validate(data)


def sql_billing(path: Path, relations: Iterable[str], **more: Any) -> dict[str, Any]:
    return {
        "adapter": "sql",
        "url": f"sqlite:///{path}",
        "relations": {name: name for name in relations},
        **more,
    }


@dataclass
class Visitor:
    """One browser at one address."""

    client: FlaskClient
    address: str = "10.1.2.3"
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._open("GET", path, **more)

    def post(self, path: str, data: Any, **more: Any) -> TestResponse:
        return self._open("POST", path, data=data, **more)

    def log_in(self, login: str, pin: str, **fields: str) -> TestResponse:
        form = {"csrf_token": self.token(), "customer_id": login, "pin": pin, **fields}
        return self.post("/login", form)

    def log_out(self) -> TestResponse:
        return self.post("/logout", {"csrf_token": self.token("/help")})

    def token(self, path: str = "/login") -> str:
        found = TOKEN.search(self.get(path).text)
        assert found, f"no form at {path}"
        return found.group(1)

    def _open(self, method: str, path: str, **more: Any) -> TestResponse:
        environ = {"REMOTE_ADDR": self.address} | more.pop("environ_overrides", {})
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.open(
            path, method=method, headers=headers, environ_overrides=environ, buffered=True, **more
        )


@dataclass
class Scene:
    panel: Panel
    app: Flask
    clock: HandClock
    lms: LmsOffice | None = None
    """Where tickets live in an LMS: who works there."""
    says: Mapping[str, str | None] = field(default_factory=dict)
    """What stands on the pages in place of words of the demo; None: nothing."""

    def told(self, *words: str) -> list[str]:
        """What pages of the demo say, as this billing has them say it."""
        found = [self.says.get(text, text) for text in words]
        return [text for text in found if text is not None]

    def visitor(self, address: str = "10.1.2.3", **headers: str) -> Visitor:
        return Visitor(self.app.test_client(), address, headers)

    def customer(self, login: str = "10427", pin: str = "4271") -> Visitor:
        """A visitor who is logged in."""
        visitor = self.visitor()
        assert visitor.log_in(login, pin).status_code == 303
        return visitor


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

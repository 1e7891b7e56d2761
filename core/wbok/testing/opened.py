"""A whole panel for tests of tabs, and visitors who come to it with a browser's manners, but without a browser.

panel = open_panel(tmp_path, billing=memory_billing(anna), tabs=["weather"], settings={"weather": {}})
page = panel.customer("7", "4711").get("/weather/")
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from wbok.billing import Billing
from wbok.domain.clock import Clock, system_clock
from wbok.panel import Panel, build_panel
from wbok.settings import Settings
from wbok.testing.empty_store import upgrade
from wbok.web import create_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OFFICE = {
    "name": "Światłonet sp. z o.o.",
    "phone": "32 012 34 56",
    "hours": {"pl": "pon.–pt. 8.00–16.00", "en": "Mon–Fri 8.00–16.00"},
    "address": "ul. Świetlana 7, Jasnowice",
}


def made_up_settings(folder: Path, billing: Mapping[str, Any], **sections: dict[str, Any]) -> Settings:
    """The configuration of a made-up provider, whose store lies in `folder`. Raises pydantic's ValidationError."""
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
        """The token that a POST needs, from a form of that page."""
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
class OpenPanel:
    panel: Panel
    app: Flask

    def visitor(self, address: str = "10.1.2.3", **headers: str) -> Visitor:
        return Visitor(self.app.test_client(), address, headers)

    def customer(self, login: str, pin: str) -> Visitor:
        """A visitor who is logged in."""
        visitor = self.visitor()
        answer = visitor.log_in(login, pin)
        assert answer.status_code == 303, (
            f"login {login!r}: found the answer {answer.status_code}, expected 303. Nobody has this login in the "
            "billing that open_panel() was given, or his PIN is another one."
        )
        return visitor


def open_panel(
    folder: Path,
    *,
    billing: Billing | Mapping[str, Any],
    tabs: Sequence[str],
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    clock: Clock = system_clock,
) -> OpenPanel:
    """A panel with these installed tabs, and `settings` of each by its name; its store lies in `folder`.

    `billing` is a Billing, for example memory_billing(…), or the section `[billing]` that leads to one. Raises
    ConfigError.
    """
    section = {} if isinstance(billing, Billing) else billing
    read = made_up_settings(folder, section, panel={"tabs": tabs}, tabs=dict(settings or {}))
    panel = build_panel(read, clock=clock, billing=billing if isinstance(billing, Billing) else None)
    upgrade(panel.store, read.store.url)
    return OpenPanel(panel, create_app(panel))

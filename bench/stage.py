"""The demo's panel, built in this process, and visits to it by somebody who is logged in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from werkzeug.test import create_environ, run_wsgi_app

from wbok.domain.clock import system_clock
from wbok.panel import Panel, build_panel
from wbok.settings import load_settings
from wbok.web import create_app

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement as the driver got it; `of_store` tells the panel's own store from the billing."""

    of_store: bool
    statement: str
    parameters: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A GET that can be made again and again: straight to WSGI, because a test client costs time of its own."""

    app: Flask
    environ: Mapping[str, Any]

    def __call__(self) -> bytes:
        parts, status, _headers = run_wsgi_app(self.app.wsgi_app, dict(self.environ))
        if not status.startswith("200"):
            raise RuntimeError(f"{self.environ['PATH_INFO']} answered {status}")
        return b"".join(parts)


class Clock:
    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    def jump(self, by: timedelta) -> None:
        self._ahead += by


@dataclass(frozen=True, slots=True)
class Stage:
    panel: Panel
    app: Flask
    clock: Clock = field(default_factory=Clock)

    def log_in(self, customer_id: str, pin: str) -> FlaskClient:
        client = self.app.test_client()
        found = CSRF.search(client.get("/login").text)
        form = {"csrf_token": found[1] if found else "", "customer_id": customer_id, "pin": pin}
        answer = client.post("/login", data=form)
        if answer.status_code != 303:
            raise RuntimeError(f"logging in as {customer_id} answered {answer.status}")
        return client

    def visit(self, path: str, client: FlaskClient) -> Visit:
        """The page once by the client itself, so that its cookies hold all that the page puts there."""
        client.get(path)
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        headers = {"Cookie": f"{cookie.key}={cookie.value}"} if cookie else {}
        environ = create_environ(path, headers=headers, environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
        return Visit(self.app, environ)

    def statements(self, visit: Visit) -> list[Asked]:
        """What the visit asks store and billing. BEGIN is no question."""
        asked: list[Asked] = []

        def note(
            connection: Connection, _cursor: object, statement: str, parameters: Any, *_: object
        ) -> None:
            if not statement.startswith("BEGIN"):
                of_store = connection.engine is self.panel.store.engine
                asked.append(Asked(of_store, statement, tuple(parameters)))

        # On the class, since the billing's engine is private to its adapter.
        event.listen(Engine, "before_cursor_execute", note)
        try:
            visit()
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return asked


@contextmanager
def build_stage(config: Path) -> Iterator[Stage]:
    """A panel over what `wbok.cli.demo.write_demo` wrote."""
    clock = Clock()
    panel = build_panel(load_settings(config), clock=clock)
    try:
        yield Stage(panel, create_app(panel), clock)
    finally:
        panel.store.engine.dispose()

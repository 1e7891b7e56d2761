"""The app factory: a table of contents. What each line does stands in the module that it names."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from wbok.panel import Panel
from wbok.web import (
    assets,
    errors,
    formats,
    guard,
    languages,
    limits,
    login,
    opt_out,
    pages,
    tabs,
    trace,
    uploads,
)
from wbok.web.current import EXTENSION

MAX_BODY_BYTES = 2 * 1024 * 1024


class App(Flask):
    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """A Host that is no name is refused by our guard, whose page needs links too."""
        try:
            return super().create_url_adapter(request)
        except HTTPException:
            return self.url_map.bind("localhost")


def create_app(panel: Panel) -> Flask:
    """The WSGI application of one panel. Several may live in one process; nothing is global."""
    app = App("wbok.web", static_folder=None)
    app.extensions[EXTENSION] = _without_directory(panel)
    app.config.update(
        SECRET_KEY=panel.settings.keys.session,
        SESSION_COOKIE_NAME="__Host-wbok" if panel.settings.web.https else "wbok",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=panel.settings.web.https,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    trace.install(app)
    errors.install(app)
    guard.install(app)
    assets.install(app)
    languages.install(app)
    formats.install(app)
    uploads.install(app)
    pages.install(app)
    login.install(app)
    opt_out.install(app)
    tabs.install(app)
    limits.install(app)
    return app


def _without_directory(panel: Panel) -> Panel:
    """No page can read across customers: what the office's commands ask is not there."""
    billing = replace(panel.billing, directory=None, ticket_changes=None, ticket_staff=None)
    return replace(panel, billing=billing, desk=replace(panel.desk, watch=None))

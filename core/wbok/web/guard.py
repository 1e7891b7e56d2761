"""What every request passes before it comes to a page, and every answer before it leaves."""

from __future__ import annotations

import logging
import secrets
from contextlib import ExitStack
from urllib.parse import urlsplit

from flask import Flask, Response, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.sansio.utils import host_is_trusted

from wbok.access.networks import FORWARDING_HEADERS, Refused
from wbok.store.sessions import Session
from wbok.web.current import panel

log = logging.getLogger(__name__)

PUBLIC = frozenset(
    {
        "login.form",
        "login.submit",
        "login.logout",
        "pages.help",
        "pages.healthz",
        "pages.readyz",
        "pages.security_txt",
        "static",
        "brand",
    }
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR_SECONDS = 365 * 24 * 3600


class Visitor(UserMixin):  # type: ignore[misc]
    """What flask-login keeps in the signed cookie: the id of our session row, nothing of the customer."""

    def __init__(self, token: str, row: Session | None = None) -> None:
        self.id = token
        self.row = row


class Logins(LoginManager):  # type: ignore[misc]
    """Knows no "remember me" cookie: we never set one, and flask-login stumbles over forged ones."""

    def _load_user_from_remember_cookie(self, _cookie: str) -> None:
        return None


def install(app: Flask) -> None:
    app.before_request(_number)
    app.before_request(_know_host)
    app.before_request(_know_network)
    app.before_request(_hold_billing)
    app.teardown_request(_let_billing_go)
    # Templates read the session from the frame: asking the store again would fail while telling that it failed.
    logins = Logins(app, add_context_processor=False)
    logins.session_protection = None
    logins.user_loader(_visitor)
    app.before_request(_know_customer)
    CSRFProtect(app)
    app.after_request(_seal)


def _number() -> None:
    g.request_id = secrets.token_hex(4).upper()


def _know_host() -> None:
    hosts = panel().settings.access.hosts
    if not host_is_trusted(request.headers.get("Host"), hosts):
        g.no_menu = True
        log.warning("refused: the Host header names none of access.hosts (%s)", ", ".join(hosts))
        raise BadRequest


def _know_network() -> None:
    try:
        g.client = panel().networks.client(request.environ.get("REMOTE_ADDR", ""), _forwarding_headers())
    except Refused as reason:
        log.warning("refused: %s", reason)
        raise Forbidden from None


def _hold_billing() -> None:
    """From its first question to its last a page sees one state of the billing."""
    g.billing_held = ExitStack()
    g.billing_held.enter_context(panel().billing.reading())


def _let_billing_go(_error: BaseException | None) -> None:
    held: ExitStack | None = g.pop("billing_held", None)
    if held is not None:
        held.close()


def _forwarding_headers() -> dict[str, str]:
    return {name: value for name in FORWARDING_HEADERS if (value := request.headers.get(name)) is not None}


def _visitor(token: str) -> Visitor | None:
    row = panel().sessions.find(token)
    return None if row is None else Visitor(token, row)


def _know_customer() -> ResponseReturnValue | None:
    if request.endpoint in {"static", "brand", "pages.healthz", "pages.readyz"}:
        return None
    had_session = "_user_id" in session
    if current_user.is_authenticated:
        g.session = current_user.row
        return None
    if request.endpoint is None or request.endpoint in PUBLIC:
        return None
    if had_session:
        session.clear()
        flash(_("Your session has ended. Please log in again."), "note")
    wanted = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("login.form", next=wanted), code=303)


def _seal(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if panel().settings.web.https:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
    if request.endpoint not in {"static", "brand"} or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    if response.status_code == 308 and response.location:
        # Routing answers with a whole address, but behind a proxy it knows neither scheme nor port.
        parts = urlsplit(response.location)
        path = "/" + parts.path.lstrip("/")
        response.location = f"{path}?{parts.query}" if parts.query else path
    if "request_id" in g:
        response.headers["X-Request-ID"] = g.request_id
    return response

"""What every request passes before it comes to a page, and every answer before it leaves."""

from __future__ import annotations

import logging
import re
import secrets
from contextlib import ExitStack
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException

from wbok.access.networks import FORWARDING_HEADERS, Refused
from wbok.errors import BillingError
from wbok.store.visits import Visit
from wbok.web.current import panel
from wbok.web.kept_forms import keep_without_session
from wbok.web.uploads import allow_uploads, had_files

log = logging.getLogger(__name__)

PUBLIC = frozenset(
    {
        "login.form",
        "login.submit",
        "login.choose",
        "login.logout",
        "opt_out.form",
        "opt_out.submit",
        "pages.help",
        "pages.healthz",
        "pages.readyz",
        "pages.security_txt",
        "static",
        "brand",
    }
)
WITHOUT_CUSTOMER = frozenset({"static", "brand", "pages.healthz", "pages.readyz", "opt_out.submit"})
PORT = re.compile(r":[0-9]*$", re.ASCII)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
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

    def __init__(self, token: str, visit: Visit | None = None) -> None:
        self.id = token
        self.visit = visit


class Logins(LoginManager):  # type: ignore[misc]
    """Knows no "remember me" cookie: we never set one, and flask-login stumbles over forged ones."""

    def _load_user_from_remember_cookie(self, _cookie: str) -> None:
        return None


def install(app: Flask) -> None:
    app.before_request(_number)
    app.before_request(_know_host)
    app.before_request(_know_network)
    # Templates read the session from the frame: asking the store again would fail while telling that it failed.
    logins = Logins(app, add_context_processor=False)
    logins.session_protection = None
    logins.user_loader(_visitor)
    app.before_request(_hold_billing)
    app.teardown_request(_let_billing_go)
    app.before_request(allow_uploads)
    app.before_request(_know_customer)
    app.before_request(_read_form)
    CSRFProtect(app)
    app.after_request(_seal)


def _number() -> None:
    g.request_id = secrets.token_hex(4).upper()


def _know_host() -> None:
    hosts = panel().settings.access.hosts
    named = PORT.sub("", request.headers.get("Host", "").lower())
    if named not in {host.lower() for host in hosts}:
        log.warning("refused: the Host header names none of access.hosts (%s)", ", ".join(hosts))
        raise BadRequest


def _know_network() -> None:
    if _is_one_click():
        return
    try:
        g.client = panel().networks.client(request.environ.get("REMOTE_ADDR", ""), _forwarding_headers())
    except Refused as reason:
        log.warning("refused: %s", reason)
        raise Forbidden from None


def _is_one_click() -> bool:
    """From a mail provider, for his user (RFC 8058): from anywhere, where the provider has decided so."""
    return request.endpoint == "opt_out.submit" and panel().settings.mail.one_click


def _hold_billing() -> None:
    """From its first question to its last a page sees one state of the billing.

    What cannot be held is not there either: the questions themselves will say so, each page in its own way.
    """
    if request.endpoint in WITHOUT_CUSTOMER:
        return
    held = ExitStack()
    try:
        held.enter_context(panel().billing.reading())
    except BillingError as error:
        log.error("the billing cannot be held: %s", error)
        return
    g.billing_held = held


def _let_billing_go(_error: BaseException | None) -> None:
    held: ExitStack | None = g.pop("billing_held", None)
    try:
        if held is not None:
            held.close()
    except Exception:
        log.exception("the billing cannot be let go")


def _read_form() -> None:
    """A body that ends or breaks off in the wrong place is the sender's fault, whatever the server makes of it."""
    if request.method != "POST":
        return
    try:
        request.form  # noqa: B018 - it is read when it is asked for
    except HTTPException:
        raise
    except Exception as error:
        raise BadRequest from error


def _forwarding_headers() -> dict[str, str]:
    return {name: value for name in FORWARDING_HEADERS if (value := request.headers.get(name)) is not None}


def _visitor(token: str) -> Visitor | None:
    visit = panel().visits.find(token)
    return None if visit is None else Visitor(token, visit)


def _know_customer() -> ResponseReturnValue | None:
    if request.endpoint in WITHOUT_CUSTOMER:
        return None
    if current_user.is_authenticated:
        g.session, g.signals = current_user.visit.session, current_user.visit.signals
        return None
    if request.endpoint is None or request.endpoint in PUBLIC:
        return None
    had_session = "_user_id" in session
    is_kept = keep_without_session()
    if is_kept and had_files():
        flash(
            _(
                "The session has ended. After logging in, what was typed will stand in the form again; "
                "the files must be chosen once more."
            ),
            "note",
        )
    elif is_kept:
        flash(
            _("The session has ended. After logging in, what was typed will stand in the form again."), "note"
        )
    elif had_session and request.method == "POST":
        flash(_("Your session has ended, so nothing was changed. Please log in and do it once more."), "note")
    elif had_session:
        flash(_("Your session has ended. Please log in again."), "note")
    return redirect(url_for("login.form", next=_wanted(is_kept)), code=303)


def _wanted(is_kept: bool) -> str | None:
    """Where to go after logging in: to the page, or to the one where the form or the button stands."""
    if request.path == "/":
        return None
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return request.path if is_kept or _is_page(request.path) else None


def _is_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and "GET" in adapter.allowed_methods(path)


def _seal(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
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

"""The one place where errors become pages: what happened, what to do, and a number for the phone."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from wbok.errors import KeptFileUnusable, NotFound, Rejected, StoreUnavailable, Unavailable
from wbok.web.current import current_session, panel
from wbok.web.frame import tab_label
from wbok.web.kept_forms import keep_in_session, typed_form
from wbok.web.login import form_again
from wbok.web.pin_again import form_again as pin_again
from wbok.web.render import render
from wbok.web.uploads import had_files

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """`passes`: it may be over in a few minutes."""

    title: str
    text: str
    passes: bool = False


def install(app: Flask) -> None:
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(Rejected, lambda _error: _page(400))
    app.register_error_handler(Unavailable, _billing_gone)
    app.register_error_handler(StoreUnavailable, _store_gone)
    app.register_error_handler(KeptFileUnusable, _file_unusable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    if request.endpoint in {"login.submit", "login.choose"}:
        if not request.cookies:
            return _without_cookies()
        return form_again(_("This page was open for too long. Please type the PIN once more.")), 400
    if request.endpoint == "login.check_pin" and current_session() is not None:
        return pin_again(_("This page was open for too long. Please type the PIN once more.")), 400
    if request.endpoint == "login.logout":
        if current_session() is not None:
            flash(_("Logging out did not work. Please press Log out once more."), "bad")
        return redirect(url_for("login.form"), code=303)
    if keep_in_session():
        flash(_stale_words(), "warn")
        return redirect(request.path, code=303)
    return _page(400)


def _without_cookies() -> ResponseReturnValue:
    """Typing again would never help: nothing that the panel remembers came with the form."""
    if panel().settings.web.https:
        log.warning("a login came without cookies; web.https is on, so browsers send them over https alone")
    words = _(
        "The browser sent no cookies, and logging in needs them. Please allow them, then type the PIN again."
    )
    return form_again(words), 400


def _stale_words() -> str:
    words = str(_("This page was open for too long. What was typed is still here; please send it once more."))
    again = str(_("The files must be chosen once more."))
    return f"{words} {again}" if had_files() else words


def _billing_gone(error: Unavailable) -> ResponseReturnValue:
    log.error("%s: the billing is unavailable: %s", g.get("request_id"), error)
    return _page(503)


def _store_gone(error: StoreUnavailable) -> ResponseReturnValue:
    log.error("%s: the store is unavailable: %s", g.get("request_id"), error)
    g.session = None
    return _page(503)


def _file_unusable(error: KeptFileUnusable) -> ResponseReturnValue:
    log.error("%s: a file that the panel keeps cannot be used: %s", g.get("request_id"), error)
    fault = Fault(
        _("This file cannot be opened"),
        _("It is missing or damaged in our panel. Please ask the office for it; everything else works."),
    )
    return _page(500, fault)


def _http(error: HTTPException) -> ResponseReturnValue:
    page, code, headers = _page(error.code or 500)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return page, code, headers


def _unexpected(_error: Exception) -> ResponseReturnValue:
    log.exception("%s: unexpected error at %s", g.get("request_id"), request.endpoint)
    return _page(500)


def _page(code: int, fault: Fault | None = None) -> tuple[str, int, dict[str, str]]:
    """`fault`: what is said instead of what such a code says."""
    g.error_page = True
    fault = fault or _fault(code)
    heading = tab_label(request.blueprint) if code == 503 else None
    page = _rendered(fault, heading, typed_form() if code >= 500 else {})
    headers = {"Retry-After": "60"} if code in {429, 503} else {}
    return page, code, headers


def _rendered(fault: Fault, heading: str | None, typed: Mapping[str, str]) -> str:
    number = g.get("request_id")
    try:
        return render(
            "wbok/error.html",
            fault=fault,
            heading=heading,
            request_id=number,
            typed=typed,
            lost_files=bool(typed) and had_files(),
        )
    except Exception:
        log.exception("%s: the page of an error failed too; shown without menu", number)
        g.session = None
        return render("wbok/error.html", fault=fault, heading=None, request_id=number, typed=typed)


def _fault(code: int) -> Fault:
    known = {
        400: Fault(_("This address or form is not right"), _("Please go back and try once more.")),
        403: Fault(
            _("The panel works only in our network"),
            _("Please connect through the internet connection that we provide."),
        ),
        404: Fault(_("There is no such page"), _("The address is mistyped, or the page is no longer there.")),
        405: Fault(_("There is no such page"), _("The address is mistyped, or the page is no longer there.")),
        413: Fault(_("What was sent is too large"), _("Please shorten the text or choose a smaller file.")),
        429: Fault(
            _("Too many tries to log in from this place"),
            _("Please wait a while. If it is urgent, please call the office."),
            passes=True,
        ),
        503: Fault(
            _("The data is temporarily unavailable"),
            _("This is a break on our side. Payments are safe, and transfers already sent will be booked."),
            passes=True,
        ),
    }
    if code in known:
        return known[code]
    if code < 500:
        return known[400]
    return Fault(
        _("Something went wrong on our side"),
        _("Nothing was lost. Please try again in a few minutes."),
        passes=True,
    )

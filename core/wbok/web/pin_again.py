"""Pages for which the PIN is typed once more: a computer left alone, or lent, does not show them.

A tab says only that a view wants it. What was typed is counted as at login, so three wrong PINs lock the account;
the session goes on, and such pages stay closed until the office unlocks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import TypeVar, cast

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from wbok.access.login import Blocked, Confirmed, TooManyLogins, UnknownLogin, Wrong
from wbok.errors import Unavailable
from wbok.web.current import current_customer_id, current_session, panel
from wbok.web.login import blueprint
from wbok.web.login_words import login_words, tries_left
from wbok.web.paths import own_page, single
from wbok.web.render import render

GOOD_FOR = timedelta(minutes=10)

V = TypeVar("V", bound=Callable[..., ResponseReturnValue])


def asks_pin(when: Callable[[], bool], *, page: str | None = None) -> Callable[[V], V]:
    """For a GET view that is shown only to who typed his PIN again in the last minutes, as long as `when` says so.

    `page`: the endpoint to go to afterwards, with the same arguments, for a view that gives a file.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def asked(*positional: object, **named: object) -> ResponseReturnValue:
            if not when() or pin_is_confirmed():
                return view(*positional, **named)
            query = request.query_string.decode("ascii", "replace")
            path = url_for(page, **request.view_args or {}) if page else request.path
            wanted = f"{path}?{query}" if query else path
            return redirect(url_for("login.pin", next=wanted), code=303)

        return cast(V, asked)

    return decorate


def pin_is_confirmed() -> bool:
    """Whether the current customer typed his PIN again, in this session, not long ago."""
    session = current_session()
    if session is None or session.pin_at is None:
        return False
    return timedelta(0) <= panel().clock() - session.pin_at < GOOD_FOR


@blueprint.get("/login/pin")
def pin() -> ResponseReturnValue:
    return _form(own_page(request.args.get("next")))


@blueprint.post("/login/pin")
def check_pin() -> ResponseReturnValue:
    typed, token = single("pin"), current_user.id
    if not typed.strip():
        return form_again(_("Please type once more: %(secret)s", secret=login_words().secret))
    try:
        login = panel().sessions.login_of(token)
        outcome = panel().login.confirm(current_customer_id(), login or "", typed, address=g.client)
    except Unavailable:
        title = _("This cannot be checked at the moment. Please try again in a few minutes.")
        return form_again(title, _("This try was not counted.")), 503
    if isinstance(outcome, Confirmed):
        panel().sessions.confirm_pin(token)
        return redirect(own_page(request.form.get("next")) or url_for("pages.index"), code=303)
    if isinstance(outcome, Blocked):
        return render("wbok/blocked.html"), 403
    if isinstance(outcome, TooManyLogins):
        raise TooManyRequests
    if isinstance(outcome, UnknownLogin):
        return form_again(_("Please log out and log in once more."), _("Then it can be checked."))
    if isinstance(outcome, Wrong):
        title = _("%(secret)s: what was typed is not right", secret=login_words().secret)
        return form_again(title, tries_left(outcome.left))
    return form_again(_("Please try again in a moment."), _("Another try is just being checked.")), 429


def form_again(title: str, text: str = "") -> str:
    """Without the PIN."""
    return _form(own_page(request.form.get("next")), title, text)


def _form(wanted: str | None, title: str = "", text: str = "") -> str:
    return render("wbok/pin.html", wanted=wanted, fault_title=title, fault_text=text, minutes=_minutes())


def _minutes() -> int:
    return GOOD_FOR // timedelta(minutes=1)

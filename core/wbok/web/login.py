"""Login and logout pages."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.exceptions import TooManyRequests

from wbok.access.login import Blocked, Choice, Malformed, TooManyLogins, Welcome, Wrong
from wbok.errors import NotFound, Unavailable
from wbok.web.current import current_session, panel
from wbok.web.frame import first_endpoint
from wbok.web.guard import Visitor
from wbok.web.kept_forms import enter_with_kept_form
from wbok.web.login_choice import keep_proven, take_proven
from wbok.web.login_words import login_words, tries_left
from wbok.web.paths import own_page, single
from wbok.web.render import render

blueprint = Blueprint("login", __name__)

MAX_TYPED = 255


def install(app: Flask) -> None:
    app.jinja_env.globals["login_words"] = login_words
    app.register_blueprint(blueprint)


@blueprint.get("/login")
def form() -> ResponseReturnValue:
    if current_session() is not None:
        return redirect(url_for("pages.index"), code=303)
    return render("wbok/login.html", typed="", wanted=own_page(request.args.get("next")))


@blueprint.post("/login")
def submit() -> ResponseReturnValue:
    typed, pin = single("customer_id"), single("pin")
    if not typed.strip() or not pin.strip():
        return form_again(login_words().empty)
    try:
        outcome = panel().login.attempt(typed, pin, address=g.client)
    except Unavailable:
        return _billing_gone()
    if isinstance(outcome, Welcome):
        return _enter(outcome, login=typed)
    if isinstance(outcome, Choice):
        return _ask_who(outcome, login=typed)
    if isinstance(outcome, Blocked):
        return render("wbok/blocked.html"), 403
    if isinstance(outcome, TooManyLogins):
        raise TooManyRequests
    if isinstance(outcome, Malformed):
        return form_again(*login_words().malformed)
    if isinstance(outcome, Wrong):
        words = login_words()
        return form_again(words.wrong, f"{words.check} {tries_left(outcome.left)}")
    return form_again(_("Please try again in a moment."), _("Another try is just being checked.")), 429


@blueprint.post("/login/choice")
def choose() -> ResponseReturnValue:
    customer_id = single("customer")
    if not take_proven(customer_id):
        return form_again(_("This choice is no longer valid. Please log in once more.")), 400
    try:
        outcome = panel().login.enter(customer_id, address=g.client)
    except (NotFound, Unavailable):
        return _billing_gone()
    if isinstance(outcome, Blocked):
        return render("wbok/blocked.html"), 403
    return _enter(outcome, login=single("login"))


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    row = current_session()
    if row is not None:
        panel().sessions.end(current_user.id)
        panel().audit.record("logout", customer_id=row.customer_id, address=g.client)
    logout_user()
    session.clear()
    flash(_("You have been logged out."), "ok")
    return redirect(url_for("login.form"), code=303)


def form_again(title: str, text: str = "") -> str:
    """The login form with what was typed, but never the PIN."""
    return render(
        "wbok/login.html",
        typed=single("customer_id")[:MAX_TYPED],
        wanted=own_page(request.form.get("next")),
        fault_title=title,
        fault_text=text,
    )


def _billing_gone() -> ResponseReturnValue:
    message = _("Logging in is not possible at the moment. Please try again in a few minutes.")
    return form_again(message, _("This try was not counted.")), 503


def _ask_who(choice: Choice, *, login: str) -> ResponseReturnValue:
    keep_proven(customer.customer_id for customer in choice.customers)
    wanted = own_page(request.form.get("next"))
    return render("wbok/choose.html", customers=choice.customers, login=login, wanted=wanted)


def _enter(welcome: Welcome, *, login: str) -> ResponseReturnValue:
    token = panel().sessions.start(
        customer_id=welcome.customer_id, customer_name=welcome.customer_name, address=g.client, login=login
    )
    if current_session() is not None:
        panel().sessions.end(current_user.id)
    wanted = own_page(request.form.get("next"))
    if not enter_with_kept_form(token, customer_id=welcome.customer_id):
        wanted = None
    login_user(Visitor(token))
    return redirect(wanted or url_for(first_endpoint(panel(), welcome.customer_id)), code=303)

"""The link in every offer sent by e-mail: no more offers, without logging in.

Opening it changes nothing, since programs open links too; the button does, and so does a mail provider's one click
(RFC 8058), which brings no token of ours: the sealed link is the proof.
"""

from __future__ import annotations

from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue

from wbok.mail.opt_out import OptOut
from wbok.web.current import panel
from wbok.web.render import render

blueprint = Blueprint("opt_out", __name__)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(submit)


@blueprint.get("/unsubscribe/<token>")
def form(token: str) -> ResponseReturnValue:
    _customer(token)
    return render("wbok/opt_out.html", is_done=False)


@blueprint.post("/unsubscribe/<token>")
def submit(token: str) -> ResponseReturnValue:
    this, customer_id = panel(), _customer(token)
    if this.email_choices.refuse_offers(customer_id):
        this.audit.record("offers_refused", customer_id=customer_id, details="by the link in a letter")
    return render("wbok/opt_out.html", is_done=True)


def _customer(token: str) -> str:
    """Where no e-mail leaves the panel any more, old links still work."""
    found = OptOut(panel().settings.keys.session.encode()).customer_id(token)
    return found if found is not None else abort(404)

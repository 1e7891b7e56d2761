"""The few pages of the core itself."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from wbok.errors import StoreUnavailable
from wbok.web.current import current_customer_id, panel
from wbok.web.formats import tel
from wbok.web.frame import first_endpoint, help_parts
from wbok.web.render import render

blueprint = Blueprint("pages", __name__)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    return redirect(url_for(first_endpoint(panel(), current_customer_id())), code=303)


@blueprint.get("/help")
def help() -> ResponseReturnValue:
    this = panel()
    return render("wbok/help.html", parts=help_parts(this), access=this.settings.access)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    try:
        ready = panel().store.is_current()
    except StoreUnavailable:
        ready = False
    return Response("ok\n" if ready else "store\n", status=200 if ready else 503, mimetype="text/plain")


@blueprint.get("/.well-known/security.txt")
def security_txt() -> ResponseReturnValue:
    """RFC 9116; it expires in a year because it is written anew each time."""
    office, now = panel().settings.office, panel().clock()
    contact = f"mailto:{office.email}" if office.email else f"tel:{tel(office.phone)}"
    expires = (now + timedelta(days=365)).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: pl, en\n"
    return Response(text, mimetype="text/plain")

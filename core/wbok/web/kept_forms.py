"""A form whose sending failed stands there again with what was typed: after a session that ended, and after a
token that was too old.

A form says whose it is by its key: sealed for one customer, random, and good for one sending. What was typed is
shown again only to the customer for whom the form was made, and only in the browser that sent it.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import current_app, request, session
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from wbok.errors import StoreUnavailable
from wbok.web.current import current_customer_id, current_session, panel

log = logging.getLogger(__name__)

FIELD = "form_key"
FORMER, OWNER, KEPT = "former", "owner", "kept"
LONGEST = 10_001
"""One more than what a text may have, so that whoever reads it again sees that it was too long."""
TOGETHER = 10_800
NOT_KEPT = frozenset({"csrf_token"})

V = TypeVar("V", bound=Callable[..., object])


def keeps_form(view: V) -> V:
    """For a POST view whose form stands on a page (GET) of the same address, which asks `kept_form`."""
    view.keeps_form = True  # type: ignore[attr-defined]
    return view


def form_key() -> str:
    """For the hidden field `form_key`: another one for each form."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_seal(nonce, current_customer_id())}"


def is_own_key(key: str) -> bool:
    """Made by us for the current customer."""
    nonce, _, seal = key.partition(".")
    mine = _seal(nonce, current_customer_id())
    return len(key) < 100 and hmac.compare_digest(seal.encode("utf-8", "replace"), mine.encode())


def kept_form() -> Mapping[str, str]:
    """What the current customer typed on this page before; empty when there is nothing."""
    token = session.get(KEPT)
    if token is None:
        return {}
    owner = _owner(token, current_customer_id())
    fields = panel().kept_forms.find(token, owner=owner, path=request.path) or {}
    return fields if is_own_key(fields.get(FIELD, "")) else {}


def forget_kept_form() -> None:
    """After it was sent: that it was must be said, whatever becomes of this; the row goes by itself in an hour."""
    token = session.pop(KEPT, None)
    if token is None:
        return
    try:
        panel().kept_forms.forget(token)
    except StoreUnavailable as error:
        log.warning("a form that was sent is still kept: %s", error)


def typed_form() -> Mapping[str, str]:
    """Of the request at hand, cut to what a form may be; empty when it has none that is kept."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not getattr(view, "keeps_form", False):
        return {}
    try:
        form = request.form
    except HTTPException:
        return {}
    fields, left = {}, TOGETHER
    for name, value in form.items():
        if name not in NOT_KEPT and len(name) < 100:
            left = max(left - len(name), 0)
            fields[name] = value[: min(LONGEST, left)]
            left -= len(fields[name])
    return fields


def keep_without_session() -> bool:
    """For the customer whose session has ended; to be called while the cookie still names it."""
    token, owner = session.get("_user_id"), session.get(OWNER)
    former, kept = [token, owner] if token and owner else session.get(FORMER), session.get(KEPT)
    session.clear()
    if not former:
        return False
    session[FORMER] = former
    fields = typed_form()
    if not fields.get(FIELD):
        # A page, or a mere button with nothing typed: what was kept before still is.
        if kept == former[0]:
            session[KEPT] = kept
        return False
    session[KEPT] = former[0]
    panel().kept_forms.keep(former[0], owner=former[1], path=request.path, fields=fields)
    return True


def keep_in_session() -> bool:
    """For whoever is logged in and sent a form of his own whose token was not right."""
    fields = typed_form()
    if current_session() is None or not is_own_key(fields.get(FIELD, "")):
        return False
    session[KEPT] = current_user.id
    owner = _owner(current_user.id, current_customer_id())
    panel().kept_forms.keep(current_user.id, owner=owner, path=request.path, fields=fields)
    return True


def enter_with_kept_form(token: str, *, customer_id: str) -> bool:
    """Cleans the cookie for a new session. What somebody else typed stays behind, and makes this False."""
    kept, former = session.get(KEPT), session.get(FORMER)
    session.clear()
    session[OWNER] = _owner(token, customer_id)
    if kept is None:
        return True
    if former and hmac.compare_digest(former[1], _owner(kept, customer_id)):
        session[KEPT] = kept
        return True
    panel().kept_forms.forget(kept)
    return False


def _owner(token: str, customer_id: str) -> str:
    return _mac("owner", token, customer_id)


def _seal(nonce: str, customer_id: str) -> str:
    return _mac("form", nonce, customer_id)[:32]


def _mac(*parts: str) -> str:
    text = "\0".join(("wbok kept forms", *parts)).encode("utf-8", "surrogatepass")
    return hmac.new(panel().settings.keys.session.encode(), text, hashlib.sha256).hexdigest()

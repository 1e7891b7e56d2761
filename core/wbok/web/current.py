"""What belongs to the request at hand: the panel and the customer."""

from __future__ import annotations

from flask import current_app, g
from werkzeug.exceptions import Unauthorized

from wbok.panel import Panel
from wbok.store.sessions import Session
from wbok.store.signals import Signals

EXTENSION = "wbok"


def panel() -> Panel:
    """The panel that answers this request."""
    found: Panel = current_app.extensions[EXTENSION]
    return found


def current_session() -> Session | None:
    """Whoever is logged in; None on pages that everybody may see."""
    found: Session | None = g.get("session")
    return found


def current_customer_id() -> str:
    """The only customer whose data this request may touch."""
    session = current_session()
    if session is None:
        raise Unauthorized
    return session.customer_id


def current_customer_name() -> str:
    """As the billing called him when he logged in."""
    session = current_session()
    if session is None:
        raise Unauthorized
    return session.customer_name


def signals() -> Signals:
    """What every page of the current customer must know, read with the session: it costs no statement."""
    if current_session() is None:
        raise Unauthorized
    found: Signals = g.signals
    return found

"""Addresses that come from outside, to which somebody is to be led: only pages of ours, by their path."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def page_before() -> str | None:
    """The page whose banner's button was pressed; None when the form does not say one of ours."""
    return own_page(request.form.get("back"))


def own_page(address: str | None) -> str | None:
    """The address when it is the path of a page of ours, which a GET finds."""
    if not address or not address.startswith("/") or address[1:2] in {"/", "\\"} or not address.isprintable():
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    routes = current_app.create_url_adapter(request)
    try:
        if routes is not None:
            routes.match(parts.path, method="GET")
            return address
    except HTTPException:
        pass
    return None


def single(name: str) -> str:
    """A field that came once; one that came twice is nobody's honest form."""
    values = request.form.getlist(name)
    return values[0] if len(values) == 1 else ""

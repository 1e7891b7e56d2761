"""The calls as a table to take home: all that the filter chooses, of one period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask_babel import gettext as _

from wbok.api import Call, CallRequest, Cell, Page, Phone, masked_number
from wbok_phone.queries import CallFilter

ROWS_AT_ONCE = 2000


def header() -> tuple[str, ...]:
    return (
        _("Date and time"),
        _("Own number"),
        _("Number"),
        _("Direction"),
        _("Kind"),
        _("Where to"),
        _("Seconds"),
        _("Bytes"),
        _("Package"),
        _("Charge"),
        _("Currency"),
        _("Answered"),
    )


def first_page(phone: Phone, customer_id: str, request: CallRequest) -> Page[Call]:
    return phone.calls(customer_id, replace(request, after=None, limit=ROWS_AT_ONCE))


def rows(
    phone: Phone,
    customer_id: str,
    chosen: CallFilter,
    page: Page[Call],
    names: Mapping[str, str],
) -> Iterator[tuple[Cell, ...]]:
    """`page` is the first one: whoever asked for it knows already that the billing answers. `names` of packages."""
    directions = {"incoming": _("incoming"), "outgoing": _("outgoing")}
    kinds = {"voice": _("call"), "sms": "SMS", "mms": "MMS", "data": _("internet"), "video": _("video call")}
    answers = {None: "", True: _("yes"), False: _("no")}
    shown = masked_number if chosen.masked else str
    while True:
        for call in page.rows:
            yield (
                call.started_at,
                call.own_number,
                shown(call.number) if call.number else None,
                directions[call.direction],
                kinds[call.kind],
                call.destination,
                call.seconds,
                call.size,
                names.get(call.allowance_id or ""),
                call.price,
                call.price.currency,
                answers[call.answered],
            )
        if page.next is None:
            return
        page = phone.calls(customer_id, replace(chosen.request, after=page.next, limit=ROWS_AT_ONCE))

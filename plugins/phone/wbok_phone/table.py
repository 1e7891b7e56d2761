"""The calls as a table to take home: all that the filter chooses, of one period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flask_babel import gettext as _

from wbok.api import Call, CallRequest, Cell, Page, Phone, masked_number

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


def all_calls(phone: Phone, customer_id: str, request: CallRequest, page: Page[Call]) -> Iterator[Call]:
    """`page` is the first one: whoever asked for it knows already that the billing answers."""
    while True:
        yield from page.rows
        if page.next is None:
            return
        page = phone.calls(customer_id, replace(request, after=page.next, limit=ROWS_AT_ONCE))


def rows(calls: Iterable[Call], *, masked: bool, packages: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Numbers as the billing writes them, unless their last digits are hidden. `packages`: names by key."""
    directions = {"incoming": _("incoming"), "outgoing": _("outgoing")}
    kinds = {"voice": _("call"), "sms": "SMS", "mms": "MMS", "data": _("internet"), "video": _("video call")}
    answers = {None: "", True: _("yes"), False: _("no")}
    for call in calls:
        yield (
            call.started_at,
            call.own_number,
            masked_number(call.number) if masked and call.number else call.number,
            directions[call.direction],
            kinds[call.kind],
            call.destination,
            call.seconds,
            call.size,
            packages.get(call.allowance_id or ""),
            call.price,
            call.price.currency,
            answers[call.answered],
        )

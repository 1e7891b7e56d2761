"""One page of the list of calls: by time, as the billing pages it, or by price or length, sorted here.

A month is read as a whole to be sorted, in one statement: amounts and lengths are then compared as what they are,
whatever way a billing keeps them. So there is a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wbok.api import DEFAULT_LIMIT, Call, Phone
from wbok_phone.queries import CallFilter, Order

MOST_SORTED, MOST_SORTED_DAYS = 5_000, 31
MOST_PAGE = 1 + MOST_SORTED // DEFAULT_LIMIT
KEYS: Mapping[Order, Callable[[Call], Any]] = {
    Order.PRICE: lambda call: call.price.amount,
    Order.LENGTH: lambda call: (call.seconds, call.size or 0),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """`has_first`: there is a first page to go back to. `next`: what the URL says of the page behind this one.

    `refused`: why it stands in the order of time although another one was chosen.
    """

    calls: tuple[Call, ...]
    has_first: bool = False
    next: Mapping[str, str] | None = None
    is_sorted: bool = False
    refused: str | None = None


def listed(phone: Phone, customer_id: str, chosen: CallFilter, *, number: int, page: str) -> Listing:
    """`number`: how many calls the filter chooses. `page`: what the URL says of a sorted list, from 1 on."""
    refused = _refused(chosen, number)
    if chosen.order is Order.TIME or refused:
        return replace(_by_time(phone, customer_id, chosen), refused=refused)
    everything = replace(chosen.request, after=None, limit=MOST_SORTED)
    calls = sorted(phone.calls(customer_id, everything).rows, key=KEYS[chosen.order], reverse=True)
    at = min(int(page), MOST_PAGE) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    start = (max(at, 1) - 1) * DEFAULT_LIMIT
    return Listing(
        tuple(calls[start : start + DEFAULT_LIMIT]),
        has_first=start > 0,
        next={"page": str(at + 1)} if start + DEFAULT_LIMIT < len(calls) else None,
        is_sorted=True,
    )


def _refused(chosen: CallFilter, number: int) -> str | None:
    if chosen.order is Order.TIME:
        return None
    if chosen.period.days > MOST_SORTED_DAYS:
        return "days"
    return "many" if number > MOST_SORTED else None


def _by_time(phone: Phone, customer_id: str, chosen: CallFilter) -> Listing:
    page = phone.calls(customer_id, chosen.request)
    return Listing(
        page.rows,
        has_first=chosen.request.after is not None,
        next={"after": page.next} if page.next else None,
    )

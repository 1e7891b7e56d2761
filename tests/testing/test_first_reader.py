"""What somebody reads who meets the contract kit for the first time: where, what was found, expected, what to do.

Fifteen faults and more, as strangers make them: an adapter that leaks, pages wrongly, gives naive times, floating
money, rows of others, or errors of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from support.people import SAMPLE
from support.planted import Fault, said_of

from wbok.domain.finance import LedgerRequest
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.errors import NotFound, Rejected

ME, OTHER, EMPTY = SAMPLE.customers
"""The part of the kit that asks for it."""


def each(change: Callable[[Any], Any]) -> Fault:
    """Every row of every page, changed."""

    def fault(right: Any, *arguments: Any) -> Any:
        page = right(*arguments)
        return replace(page, rows=tuple(map(change, page.rows)))

    return fault


def anothers_ledger(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    return right(OTHER if customer_id == EMPTY else customer_id, request)


def everybodys_ledger(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    if request.after is not None:
        return right(customer_id, request)
    return Page(right(ME, request).rows + right(OTHER, request).rows)


def whoever_has_it(right: Any, _customer_id: str, key: str) -> Any:
    for customer_id in SAMPLE.customers:
        try:
            return right(customer_id, key)
        except NotFound:
            continue
    raise NotFound(key)


def by_trimmed_id(right: Any, customer_id: str) -> Any:
    return right(customer_id.strip())


def only_one_page(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    return replace(right(customer_id, request), next=None)


def always_the_first_page(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    return right(customer_id, replace(request, after=None))


def one_more_than_asked(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    return right(customer_id, replace(request, limit=request.limit + 1))


def any_mark_is_good(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    try:
        return right(customer_id, request)
    except Rejected:
        return right(customer_id, replace(request, after=None))


def oldest_on_top(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    page = right(customer_id, request)
    return replace(page, rows=page.rows[::-1])


def a_list(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    page = right(customer_id, request)
    return replace(page, rows=list(page.rows))


def an_error_of_the_driver(right: Any, customer_id: str) -> Any:
    raise TimeoutError("timed out")


def none_for_nobody(right: Any, customer_id: str) -> Any:
    try:
        return right(customer_id)
    except NotFound:
        return None


def floating(row: Any) -> Any:
    return replace(row, amount=Money(float(row.amount.amount), row.amount.currency))  # type: ignore[arg-type]


PLANTED: dict[str, tuple[str, Fault, str]] = {
    "leaks the ledger of somebody": (
        "ledger",
        anothers_ledger,
        f"ledger of '{EMPTY}': found LedgerEntry(id='2011', .*expected an empty page.*select by customer_id",
    ),
    "gives everybody's rows": (
        "ledger",
        everybodys_ledger,
        "ledger: customers '1' and '2' both get LedgerEntry.*Compare the customer's id",
    ),
    "gives a document to whoever names it": (
        "document",
        whoever_has_it,
        "expected NotFound. A document belongs to one customer",
    ),
    "gives a notice to whoever names it": (
        "notice",
        whoever_has_it,
        r"notice\('1', '22'\): found Notice\(id='22'.*expected NotFound.*by its id and by customer_id",
    ),
    "compares ids loosely": ("customer", by_trimmed_id, "customer\\('1 '\\).*Compare ids exactly"),
    "has one page alone": (
        "ledger",
        only_one_page,
        "the ids .* are missing.*give `next` whenever something follows",
    ),
    "begins again on each page": (
        "ledger",
        always_the_first_page,
        "the same `next` on two pages.*begins behind it",
    ),
    "gives the row too many": (
        "ledger",
        one_more_than_asked,
        "pages of 2: found 3 rows on a page, expected no more than the limit. Whoever asks for one row more",
    ),
    "takes any mark": (
        "ledger",
        any_mark_is_good,
        "expected Rejected. A mark comes from the browser's address",
    ),
    "shows the oldest first": ("ledger", oldest_on_top, "expected the newest first. Sort by day descending"),
    "has naive moments": (
        "calls",
        each(lambda call: replace(call, started_at=call.started_at.replace(tzinfo=None))),
        r"started_at: found a naive datetime .*expected an aware datetime.*replace\(tzinfo=context.zone\)",
    ),
    "has moments for days": (
        "ledger",
        each(lambda entry: replace(entry, booked_on=datetime(2026, 1, 1))),  # noqa: DTZ001
        "booked_on: found a naive datetime .*expected a date. A day has no time",
    ),
    "has floating money": ("ledger", each(floating), r"amount.amount: found a float .*Decimal, made of text"),
    "has numbers for ids": (
        "ledger",
        each(lambda entry: replace(entry, id=int(entry.id))),
        r"id: found an int.*str\(key\)",
    ),
    "has signs the other way": (
        "ledger",
        each(lambda entry: replace(entry, amount=-entry.amount)),
        "a charge is negative and a payment positive; turn the sign",
    ),
    "has no currency": (
        "ledger",
        each(lambda entry: replace(entry, amount=replace(entry.amount, currency="zł"))),
        "found the currency 'zł', expected PLN or EUR. Write it as ISO 4217",
    ),
    "gives lists": ("ledger", a_list, "Page.rows: found a list .*expected a tuple"),
    "lets the driver's errors out": (
        "settlement",
        an_error_of_the_driver,
        r"settlement\('1'\): found TimeoutError \(timed out\), expected .*catch it and raise one of these",
    ),
    "gives None for nobody": (
        "customer",
        none_for_nobody,
        "found None, expected a Customer .*NotFound: raise it",
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_each_fault_is_caught_and_explained(what: str) -> None:
    name, fault, explained = PLANTED[what]
    said = said_of(name, fault)
    pattern = explained.replace("LedgerEntry(id", r"LedgerEntry\(id")
    assert re.search(pattern, said, re.DOTALL), said or "the kit found nothing"
    assert "DID NOT RAISE" not in said
    assert "kind=None" not in said, "what was not asked for is not shown"

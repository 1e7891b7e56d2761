"""Faults of long lists, amounts and balances, planted one by one: the kit finds each and says what to do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from support.billing import finance
from support.people import people
from support.planted import Fault, complaints, planted, said_of

from wbok.domain.finance import EntryKind, LedgerEntry, LedgerRequest
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.errors import Rejected
from wbok.testing import memory_billing

Ledger = Callable[[str, LedgerRequest], Page[LedgerEntry]]
WHOLE = LedgerRequest(limit=1000)


def rows_as(change: Callable[[LedgerEntry], Any]) -> Fault:
    """Each entry is another one."""

    def ledger(right: Ledger, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        page = right(customer_id, request)
        return replace(page, rows=tuple(map(change, page.rows)))

    return ledger


def also_anothers(right: Ledger, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
    """Customer 1 gets the entries of 2 too, well paged and summed."""
    first, second, third = people()
    leaking = memory_billing(replace(first, entries=first.entries + second.entries), second, third)
    return finance(leaking).ledger(customer_id, request)


def loses_the_first_row_of_later_pages(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    page = right(customer, request)
    return replace(page, rows=page.rows[1:]) if request.after and len(page.rows) > 1 else page


def begins_with_the_last_row_again(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    page = right(customer, request)
    whole = right(customer, replace(WHOLE, kind=request.kind)).rows
    if not request.after or not page.rows or request.limit < 2:
        return page
    before = whole[whole.index(page.rows[0]) - 1] if page.rows[0] in whole else page.rows[0]
    return replace(page, rows=(before, *page.rows[: request.limit - 1]))


def always_says_that_more_follows(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    if request.after and request.after.startswith("end"):
        return Page((), None)
    page = right(customer, request)
    return replace(page, next=page.next or ("end" if page.rows else None))


def ignores_the_mark(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    return right(customer, replace(request, after=None))


def ignores_the_limit(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    return right(customer, replace(request, limit=1000))


def trusts_the_mark(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    """The mark says whose list it is."""
    owner, _, mark = (request.after or f"{customer}/").partition("/")
    page = right(owner, replace(request, after=mark or None))
    return replace(page, next=page.next and f"{owner}/{page.next}")


def takes_any_mark(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    try:
        return right(customer, request)
    except Rejected:
        return right(customer, replace(request, after=None))


def oldest_first(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    page = right(customer, request)
    return replace(page, rows=page.rows[::-1])


def a_list(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    page = right(customer, request)
    return replace(page, rows=list(page.rows))  # type: ignore[arg-type]


def without_the_last_day(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    until = request.until and request.until - timedelta(days=1)
    return right(customer, replace(request, until=until))


def balance_of_the_page(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    """The balance starts anew on each page."""
    page = right(customer, request)
    sums: dict[str, Money] = {}
    rows = []
    for entry in page.rows[::-1]:
        known = sums.get(entry.amount.currency, Money(0 * entry.amount.amount, entry.amount.currency))
        sums[entry.amount.currency] = known + entry.amount
        rows.append(replace(entry, balance_after=sums[entry.amount.currency] if request.running else None))
    return replace(page, rows=tuple(rows[::-1]))


def kind_the_other_way(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    other = {EntryKind.CHARGE: EntryKind.PAYMENT, EntryKind.PAYMENT: EntryKind.CHARGE, None: None}
    return right(customer, replace(request, kind=other[request.kind]))


def breaks(right: Ledger, customer: str, request: LedgerRequest) -> Any:
    if not customer.isascii() or "\x00" in customer:
        raise sqlite3.OperationalError("near customer: syntax error")
    return right(customer, request)


FAULTS: list[tuple[Fault, str]] = [
    (also_anothers, "ledger: customers '1' and '2' both get LedgerEntry"),
    (also_anothers, "Compare the customer's id of every row with the one that was asked for, exactly"),
    (loses_the_first_row_of_later_pages, r"pages of 2: the ids .* are missing.*No row may be lost"),
    (
        begins_with_the_last_row_again,
        "more than once, expected each row once. Order by day and then by the id",
    ),
    (always_says_that_more_follows, "an empty page behind a page with `next`.*Give `next` only when"),
    (ignores_the_mark, "the same `next` on two pages, expected each page to go further"),
    (ignores_the_limit, "pages of 1: found 19 rows on a page, expected no more than the limit"),
    (trusts_the_mark, "continued with a mark of ledger of '2': found .* only this customer's own rows"),
    (takes_any_mark, "expected Rejected. A mark comes from the browser's address"),
    (oldest_first, "expected the newest first. Sort by day descending, then by id descending"),
    (a_list, "found a list .*, expected a tuple. Give a tuple"),
    (without_the_last_day, r"until 2026-0\d-05 \(both days count.*the ids .* are missing"),
    (balance_of_the_page, "found the balance .*as in the whole ledger, or None"),
    (kind_the_other_way, "a charge is negative and a payment positive"),
    (breaks, r"ledger\('1\\x00'.*found sqlite3.OperationalError .*No other error may leave an adapter"),
    (
        rows_as(lambda e: replace(e, booked_on=datetime.combine(e.booked_on, time()))),
        "booked_on: found a naive datetime .*, expected a date. A day has no time",
    ),
    (
        rows_as(lambda e: replace(e, amount=Money(float(e.amount.amount)))),  # type: ignore[arg-type]
        "amount.amount: found a float .*, expected a Decimal. Amounts are Decimal",
    ),
    (
        rows_as(lambda e: replace(e, amount=Money(e.amount.amount, "zł"))),
        "found the currency 'zł', expected PLN or EUR. Write it as ISO 4217",
    ),
    (
        rows_as(lambda e: replace(e, id=int(e.id))),  # type: ignore[arg-type]
        "id: found an int .*, expected a str. Ids are text",
    ),
    (
        rows_as(lambda e: replace(e, amount=-e.amount)),
        "are all positive, expected a negative one. .*turn the signs of your billing's amounts",
    ),
    (
        rows_as(lambda e: replace(e, balance_after=e.balance_after and e.balance_after + e.balance_after)),
        "but all entries up to it add up to .* give their sum as one opening entry",
    ),
    (rows_as(lambda e: replace(e, balance_after=None)), "has no balance_after, expected"),
    (
        rows_as(lambda e: replace(e, document_id=e.document_id and "777")),
        "leads to document '777', which customer '1' does not have. Leave document_id out",
    ),
]


@pytest.mark.parametrize(("fault", "message"), FAULTS)
def test_the_kit_finds_a_fault_of_the_ledger_and_says_what_to_do(fault: Fault, message: str) -> None:
    said = said_of("ledger", fault)
    assert re.search(message, said, re.DOTALL), said or "the kit found nothing"


def test_the_right_billing_gives_no_reason_to_complain() -> None:
    assert complaints(planted("ledger", lambda right, *arguments: right(*arguments))) == ""

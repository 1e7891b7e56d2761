"""Faults of tickets, planted one by one: the kit finds each and says what to do."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from support.planted import Fault, said_of

from wbok.billing import Attempt, BillingTicket
from wbok.domain.desk import NewReply, NewTicket, Post, Side, Thread
from wbok.domain.page import Page, PageRequest
from wbok.errors import NotFound

NOTE = "TYLKO DLA BIURA"
Tickets = Callable[[str, PageRequest], Page[BillingTicket]]
ReadThread = Callable[..., Thread]


def everybodys(right: Tickets, customer: str, request: PageRequest) -> Page[BillingTicket]:
    found = [row for who in ("1", "2", "3") for row in right(who, PageRequest(limit=1000)).rows]
    return Page(tuple(sorted(found, key=lambda row: int(row.ticket.number[2:]), reverse=True)))


def of_whoever(right: ReadThread, customer: str, number: str, **named: Any) -> Thread:
    for who in (customer, "1", "2", "3"):
        try:
            return right(who, number, **named)
        except NotFound:
            continue
    raise NotFound("ticket")


def writes_for_whoever(right: Any, customer: str, number: str, new: NewReply, **named: Any) -> None:
    try:
        right(customer, number, new, **named)
    except NotFound:
        right("2", number, new, **named)


def written_twice(right: Any, customer: str, new: NewTicket, *, attempt: Attempt, **named: Any) -> str:
    number: str = right(customer, new, attempt=replace(attempt, key=secrets.token_hex(32)), **named)
    return number


def deaf_to_what_is_raised(
    right: Any, customer: str, new: NewTicket, *, attempt: Attempt, **named: Any
) -> str:
    number: str = right(customer, new, attempt=attempt, **named)
    with suppress(NotFound):
        attempt.written(number)
    return number


def replied_twice(
    right: Any, customer: str, number: str, new: NewReply, *, attempt: Attempt, **named: Any
) -> None:
    right(customer, number, new, attempt=replace(attempt, key=secrets.token_hex(32)), **named)


def with_notes(right: ReadThread, customer: str, number: str, **named: Any) -> Thread:
    thread = right(customer, number, **named)
    note = Post(thread.entries[-1].at, Side.OFFICE, "Marta", NOTE)
    return replace(thread, entries=(*thread.entries, note))


def without_zone(right: ReadThread, customer: str, number: str, **named: Any) -> Thread:
    thread = right(customer, number, **named)
    return replace(thread, entries=tuple(replace(e, at=e.at.replace(tzinfo=None)) for e in thread.entries))


def newest_on_top(right: ReadThread, customer: str, number: str, **named: Any) -> Thread:
    thread = right(customer, number, **named)
    return replace(thread, entries=thread.entries[::-1])


def first_page_only(right: ReadThread, customer: str, number: str, **named: Any) -> Thread:
    return replace(right(customer, number, **named), older=None)


def any_mark(right: ReadThread, customer: str, number: str, *, before: str | None = None) -> Thread:
    return right(customer, number, before=before if before and before.isdigit() and len(before) < 3 else None)


def without_details(right: Any, customer: str, new: NewTicket, **named: Any) -> str:
    number: str = right(customer, replace(new, details=()), **named)
    return number


def oldest_first(right: Tickets, customer: str, request: PageRequest) -> Page[BillingTicket]:
    page = right(customer, request)
    return replace(page, rows=page.rows[::-1])


def days_for_moments(right: Tickets, customer: str, request: PageRequest) -> Page[BillingTicket]:
    page = right(customer, request)
    wrong: Any = datetime(2026, 1, 1, tzinfo=UTC).date()
    rows = tuple(replace(row, ticket=replace(row.ticket, changed_at=wrong)) for row in page.rows)
    return replace(page, rows=rows)


def never_refused(right: Any, customer: str, new: NewTicket, *, rules: Any, **named: Any) -> str:
    number: str = right(customer, new, rules=replace(rules, max_open=1000), **named)
    return number


def silently_dropped(right: Any, customer: str, number: str, new: NewReply, **named: Any) -> None:
    """Whatever stands against it, nobody is told."""
    try:
        right(customer, number, new, **named)
    except NotFound:
        raise
    except Exception:
        return


def closes_nothing(right: Any, customer: str, number: str) -> None:
    right.__self__.ticket(customer, number)


FAULTS: list[tuple[str, Fault, str]] = [
    ("tickets", everybodys, "which is a ticket of .*Compare the customer's id of every row"),
    ("tickets", oldest_first, "expected the newest first"),
    ("tickets", days_for_moments, "changed_at: found a date .*, expected an aware datetime"),
    ("thread", of_whoever, "expected NotFound. What is not this customer's does not exist"),
    ("reply", writes_for_whoever, "expected NotFound. What is not this customer's does not exist"),
    ("open", written_twice, "twice with one Attempt: found 2 tickets.*look for it first"),
    (
        "open",
        deaf_to_what_is_raised,
        "after attempt.written.* raised, expected none. Call it last in the trans",
    ),
    ("reply", replied_twice, "reply.. twice with one Attempt: .*is not written again"),
    ("thread", with_notes, "TYLKO DLA BIURA.*a note that only the office may read"),
    ("thread", without_zone, "found a naive datetime .*, expected an aware datetime"),
    ("thread", newest_on_top, "expected the oldest entry first|in their order"),
    ("thread", first_page_only, "replies, expected the 21 that were sent"),
    ("thread", any_mark, "before='x'.*expected Rejected"),
    ("open", never_refused, "found no TicketRefused, expected TicketRefused.Refusal.TOO_MANY_OPEN"),
    ("open", without_details, "found neither the detail .* nor the line 'Pole lamps: "),
    ("reply", silently_dropped, "which has ended: found no TicketRefused"),
    ("close", closes_nothing, "after close.. where can_close is True"),
]


@pytest.mark.parametrize(("method", "fault", "message"), FAULTS)
def test_the_kit_finds_a_fault_of_the_tickets(method: str, fault: Fault, message: str) -> None:
    said = said_of(method, fault)
    assert re.search(message, said, re.DOTALL), said or "the kit found nothing"

"""How the kit asks for tickets, writes them, and compares what it gets."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from wbok.billing import Attempt, BillingTicket, Helpdesk
from wbok.domain.desk import (
    DeskRules,
    Detail,
    NewReply,
    NewTicket,
    Post,
    Refusal,
    Thread,
    TicketKind,
    TicketRefused,
)
from wbok.domain.page import Page, PageRequest
from wbok.errors import NotFound
from wbok.testing.paging import (
    Listing,
)

MANY = 10_000
RULES = DeskRules(max_open=MANY, max_per_hour=MANY, max_replies=MANY, reopen_days=MANY)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Every text of the kit is new, so that nothing of a form was written before."""


@dataclass(frozen=True, slots=True)
class Listed:
    id: str
    reported: BillingTicket


def tickets_of(helpdesk: Helpdesk, customer_id: str) -> Listing[Listed]:
    def ask(mark: str | None, limit: int) -> Page[Listed]:
        page = helpdesk.tickets(customer_id, PageRequest(after=mark, limit=limit))
        return Page(tuple(Listed(row.ticket.number, row) for row in page.rows), page.next)

    return Listing(f"tickets of {customer_id!r}", ask)


def attempt() -> Attempt:
    """A form that was never sent."""
    return Attempt(secrets.token_hex(32), LONG_AGO)


def opened(
    helpdesk: Helpdesk,
    customer_id: str,
    *,
    form: Attempt | None = None,
    text: str = "",
    body: str | None = None,
    kind: TicketKind = TicketKind.QUESTION,
    details: tuple[Detail, ...] = (),
) -> str:
    """The number of a new ticket; `body` is the text unless it is another."""
    text = text or new_text()
    body = text if body is None else body
    new = NewTicket(kind, kind, "office", f"Pytanie {text}", body, author="Anna Nowak", details=details)
    return helpdesk.open(customer_id, new, attempt=form or attempt(), rules=RULES)


def new_text() -> str:
    return f"Zażółć {secrets.token_hex(6)}"


def threads_back(helpdesk: Helpdesk, customer_id: str, number: str) -> Iterator[Thread]:
    """The pages of a thread, the newest first."""
    thread = helpdesk.thread(customer_id, number)
    yield thread
    marks = set[str]()
    while thread.older is not None:
        assert thread.older not in marks, (
            f"thread({number!r}): found the mark {thread.older!r} on two pages, expected each page to go "
            "further back. `older` says where the shown entries begin; the next page ends before it."
        )
        marks.add(thread.older)
        thread = helpdesk.thread(customer_id, number, before=thread.older)
        yield thread


def posts_of(helpdesk: Helpdesk, customer_id: str, number: str) -> list[Post]:
    """Of all pages, oldest first."""
    pages = reversed(list(threads_back(helpdesk, customer_id, number)))
    return [entry for page in pages for entry in page.entries if isinstance(entry, Post)]


def refusal(call: Callable[[], object], where: str, expected: str) -> Refusal:
    try:
        call()
    except TicketRefused as refused:
        return refused.reason
    pytest.fail(f"{where}: found no TicketRefused, expected {expected}.")


def all_tickets(helpdesk: Helpdesk, customer_id: str) -> tuple[Listed, ...]:
    return tickets_of(helpdesk, customer_id).whole()


def readable(helpdesk: Helpdesk, customer_id: str) -> list[Listed]:
    return [row for row in all_tickets(helpdesk, customer_id) if row.reported.ticket.has_thread]


def replied(
    helpdesk: Helpdesk, customer_id: str, number: str, *, text: str, form: Attempt | None = None
) -> None:
    form = form or attempt()
    helpdesk.reply(customer_id, number, NewReply("Anna Nowak", text), attempt=form, rules=RULES)


def questions(helpdesk: Helpdesk, customer_id: str, number: str) -> list[Callable[[], object]]:
    """Everything that can be asked of one ticket."""
    new = NewReply("x", new_text())
    return [
        lambda: helpdesk.ticket(customer_id, number),
        lambda: helpdesk.thread(customer_id, number),
        lambda: helpdesk.reply(customer_id, number, new, attempt=attempt(), rules=RULES),
        lambda: helpdesk.reopen(customer_id, number, new, attempt=attempt(), rules=RULES),
        lambda: helpdesk.close(customer_id, number),
    ]


def expect_not_found(question: Callable[[], object], what: str) -> None:
    try:
        found = question()
    except NotFound:
        return
    pytest.fail(
        f"{what!r:.60}: found {found!r:.200}, expected NotFound. What is not this customer's does not exist for "
        "him: neither to read nor to write."
    )


def check_order(helpdesk: Helpdesk, customer_id: str, number: str) -> None:
    pages = list(threads_back(helpdesk, customer_id, number))
    entries = [entry for page in reversed(pages) for entry in page.entries]
    for earlier, later in pairwise(entries):
        assert earlier.at <= later.at, (
            f"thread({number!r}): found {later.at} below {earlier.at}, expected the oldest entry first."
        )


def an_ended_one(helpdesk: Helpdesk, customer_id: str) -> str:
    if helpdesk.can_close:
        number = opened(helpdesk, customer_id)
        helpdesk.close(customer_id, number)
        return number
    for row in readable(helpdesk, customer_id):
        if row.reported.ticket.status.has_ended:
            return row.id
    pytest.skip(f"{customer_id!r} has no ticket that has ended, and customers may not close one")

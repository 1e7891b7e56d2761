"""Tickets in memory: the capability `helpdesk` of `memory_billing`."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime

from wbok.billing import Attempt, BillingTicket
from wbok.domain.attachments import AttachmentContent
from wbok.domain.clock import system_clock
from wbok.domain.desk import (
    DeskKind,
    DeskRules,
    Entry,
    NewReply,
    NewTicket,
    Post,
    Refusal,
    Side,
    StatusChange,
    Thread,
    Ticket,
    TicketRefused,
    TicketStatus,
    entry_mark,
    first_statuses,
    on_one_page,
    status_after_reply,
    ticket_number,
)
from wbok.domain.page import Page, PageRequest
from wbok.errors import NotFound, Rejected
from wbok.testing.marks import behind, page_of


@dataclass(slots=True)
class Kept:
    """`id` is the ticket's number; `keys` are those of the forms that were written."""

    id: str
    customer_id: str
    new: NewTicket
    created_at: datetime
    status: TicketStatus = TicketStatus.RECEIVED
    entries: list[Entry] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


class MemoryHelpdesk:
    """`customers`: whose tickets there may be."""

    can_close = True
    takes_attachments = False

    def __init__(self, customers: Container[str], *, clock: Callable[[], datetime] = system_clock) -> None:
        self._customers = customers
        self._clock = clock
        self._kept: list[Kept] = []

    def tickets(self, customer_id: str, request: PageRequest) -> Page[BillingTicket]:
        own = [kept for kept in reversed(self._kept) if kept.customer_id == customer_id]
        page = page_of("tickets", behind("tickets", own, request.after), request.limit)
        return Page(tuple(map(_reported, page.rows)), page.next)

    def ticket(self, customer_id: str, number: str) -> BillingTicket:
        return _reported(self._find(customer_id, number))

    def thread(self, customer_id: str, number: str, *, before: str | None = None) -> Thread:
        kept = self._find(customer_id, number)
        end = len(kept.entries) if before is None else entry_mark(before)
        if end is None:
            raise Rejected("page mark")
        earlier = kept.entries[:end]
        start = len(earlier) - on_one_page(map(_length, reversed(earlier)))
        older = str(start) if start else None
        reported = _reported(kept)
        return Thread(reported.ticket, reported.version, tuple(earlier[start:]), older)

    def open(self, customer_id: str, new: NewTicket, *, attempt: Attempt, rules: DeskRules) -> str:
        if customer_id not in self._customers:
            raise NotFound("customer")
        own = [kept for kept in self._kept if kept.customer_id == customer_id]
        for kept in own:
            if attempt.key in kept.keys:
                return kept.id
        if sum(not kept.status.has_ended for kept in own) >= rules.max_open:
            raise TicketRefused(Refusal.TOO_MANY_OPEN)
        number = ticket_number(len(self._kept) + 1, desk=DeskKind.BILLING)
        status = first_statuses(new.kind)[-1]
        kept = Kept(number, customer_id, new, self._clock(), status, keys={attempt.key})
        kept.entries.append(Post(kept.created_at, Side.CUSTOMER, new.author, new.body, details=new.details))
        self._kept.append(kept)
        return number

    def reply(
        self, customer_id: str, number: str, new: NewReply, *, attempt: Attempt, rules: DeskRules
    ) -> None:
        kept = self._find(customer_id, number)
        if attempt.key in kept.keys:
            return
        if kept.status.has_ended:
            raise TicketRefused(Refusal.HAS_ENDED)
        self._write(kept, Post(self._clock(), Side.CUSTOMER, new.author, new.text), attempt)

    def reopen(
        self, customer_id: str, number: str, new: NewReply, *, attempt: Attempt, rules: DeskRules
    ) -> None:
        kept = self._find(customer_id, number)
        if attempt.key in kept.keys:
            return
        now = self._clock()
        if kept.status.has_ended:
            if not rules.may_reopen(kept.entries[-1].at, now=now):
                raise TicketRefused(Refusal.TOO_LATE)
            _change(kept, first_statuses(kept.new.kind)[-1], now)
        self._write(kept, Post(now, Side.CUSTOMER, new.author, new.text), attempt)

    def close(self, customer_id: str, number: str) -> None:
        kept = self._find(customer_id, number)
        if not kept.status.has_ended:
            _change(kept, TicketStatus.CLOSED, self._clock())

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        self._find(customer_id, number)
        raise NotFound("attachment")

    def _write(self, kept: Kept, post: Post, attempt: Attempt) -> None:
        kept.entries.append(post)
        kept.keys.add(attempt.key)
        kept.status = status_after_reply(kept.status)

    def _find(self, customer_id: str, number: str) -> Kept:
        for kept in self._kept:
            if (kept.customer_id, kept.id) == (customer_id, number):
                return kept
        raise NotFound("ticket")


def _change(kept: Kept, status: TicketStatus, now: datetime) -> None:
    kept.status = status
    kept.entries.append(StatusChange(now, Side.CUSTOMER, status))


def _length(entry: Entry) -> int:
    return len(entry.text) if isinstance(entry, Post) else 0


def _reported(kept: Kept) -> BillingTicket:
    changed_at = kept.entries[-1].at
    ticket = Ticket(
        number=kept.id,
        customer_id=kept.customer_id,
        kind=kept.new.kind,
        category=kept.new.category,
        queue=kept.new.queue,
        title=kept.new.title,
        status=kept.status,
        created_at=kept.created_at,
        changed_at=changed_at,
        ended_at=changed_at if kept.status.has_ended else None,
        is_unread=False,
    )
    return BillingTicket(ticket, version=len(kept.entries), answers=0, answered_at=None)

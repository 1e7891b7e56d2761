"""The desk as a customer has it: his own tickets, never a note, never an assignment.

A ticket of somebody else is the same NotFound as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.engine import Connection

from wbok.domain.attachments import AttachmentContent, Upload
from wbok.domain.complaints import Complaint
from wbok.domain.desk import (
    DeskRules,
    NewReply,
    NewTicket,
    Refusal,
    Side,
    Thread,
    Ticket,
    TicketKind,
    TicketRefused,
    TicketStatus,
    first_statuses,
    may_change,
    status_after_reply,
    ticket_number,
    ticket_place,
)
from wbok.domain.page import Page, PageRequest
from wbok.errors import NotFound, Rejected
from wbok.store.database import Store
from wbok.store.desk.askers import hold_asker, know_asker
from wbok.store.desk.attachments import DeskAttachments, Kept
from wbok.store.desk.complaints import complaint_of, file_complaint
from wbok.store.desk.letters import DeskLetters
from wbok.store.desk.rows import (
    CUSTOMERS_COLUMNS,
    moment,
    new_key,
    status_columns,
    ticket_of,
    write_change,
    write_post,
)
from wbok.store.desk.tables import entries, tickets
from wbok.store.desk.threads import read_thread
from wbok.store.hashes import key_hash, reply_hash, ticket_hash
from wbok.store.idempotency import IdempotencyKeys

HOUR = 3600


class CustomerDesk:
    can_close = True

    def __init__(
        self,
        store: Store,
        *,
        keys: IdempotencyKeys,
        files: DeskAttachments,
        letters: DeskLetters,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._keys = keys
        self._files = files
        self._letters = letters
        self._clock = clock

    @property
    def takes_attachments(self) -> bool:
        return self._files.has_place

    def tickets(self, customer_id: str, request: PageRequest) -> Page[Ticket]:
        """Newest first. Raises Rejected for a mark that is none."""
        mine = select(*CUSTOMERS_COLUMNS).where(tickets.c.customer_hash == key_hash(customer_id))
        if request.after is not None:
            mine = mine.where(tickets.c.id < _mark(request.after))
        with self._store.reading() as connection:
            rows = connection.execute(mine.order_by(tickets.c.id.desc()).limit(request.limit + 1)).all()
        found = tuple(ticket_of(row) for row in rows[: request.limit])
        return Page(found, found[-1].number if len(rows) > request.limit else None)

    def thread(self, customer_id: str, number: str, *, before: str | None = None) -> Thread:
        """The ticket with its newest entries, or those before the mark. Raises NotFound, Rejected."""
        place, is_there = _place(number), self._files.is_there
        return read_thread(self._store, customer_id, place, before=before, is_there=is_there)

    def mark_read(self, customer_id: str, number: str, *, version: int) -> None:
        """Only of what the customer was shown: what was written since stays unread. Raises NotFound."""
        with self._store.writing() as connection:
            row = self._hold(connection, customer_id, number)
            if row.version != version:
                return
            read = {"is_unread": False, "is_current": not TicketStatus(row.status).has_ended}
            connection.execute(update(tickets).where(tickets.c.id == row.id).values(read))

    def open(self, customer_id: str, new: NewTicket, *, key: str, rules: DeskRules) -> str:
        """The number of the ticket, the same when the same form comes twice. Raises TicketRefused."""
        whole = ticket_hash(key, new)
        know_asker(self._store, customer_id)

        def write(connection: Connection, kept: Kept) -> str:
            place, entry = self._open(connection, customer_id, new, rules)
            self._files.attach(connection, kept, customer_id, ticket=place, entry=entry, rules=rules)
            return ticket_number(place)

        return self._once(whole, customer_id, new.uploads, write)

    def reply(self, customer_id: str, number: str, new: NewReply, *, key: str, rules: DeskRules) -> None:
        """Once for one form. Raises NotFound, TicketRefused when it has ended or came with too many others."""

        def write(connection: Connection, kept: Kept) -> str:
            if kept.rows:
                hold_asker(connection, customer_id)
            row = self._hold(connection, customer_id, number)
            if TicketStatus(row.status).has_ended:
                raise TicketRefused(Refusal.HAS_ENDED)
            self._check_replies(connection, row.id, rules)
            entry = self._reply(connection, row, new)
            self._files.attach(connection, kept, customer_id, ticket=row.id, entry=entry, rules=rules)
            return number

        whole = reply_hash(key, number, new)
        self._once(whole, customer_id, new.uploads, write)

    def reopen(self, customer_id: str, number: str, new: NewReply, *, key: str, rules: DeskRules) -> None:
        """Begins anew with what the customer writes; one that is open gets it as a reply.

        Raises NotFound, TicketRefused when it is too late, or too many others are open or came.
        """

        def write(connection: Connection, kept: Kept) -> str:
            hold_asker(connection, customer_id)
            row = self._hold(connection, customer_id, number)
            if TicketStatus(row.status).has_ended:
                self._check_open(connection, customer_id, rules)
                self._reopen(connection, row, rules)
                row = self._hold(connection, customer_id, number)
            self._check_replies(connection, row.id, rules)
            entry = self._reply(connection, row, new)
            self._files.attach(connection, kept, customer_id, ticket=row.id, entry=entry, rules=rules)
            return number

        whole = reply_hash(key, number, new)
        self._once(whole, customer_id, new.uploads, write)

    def attachment(self, customer_id: str, number: str, attachment_id: str) -> AttachmentContent:
        """Raises NotFound."""
        return self._files.of_customer(customer_id, _place(number), attachment_id)

    def complaint(self, customer_id: str, number: str) -> Complaint:
        """What was filed with that ticket. Raises NotFound."""
        return complaint_of(self._store, customer_id, number)

    def close(self, customer_id: str, number: str) -> None:
        """Nothing happens to one that is closed already. Raises NotFound."""
        with self._store.writing() as connection:
            row = self._hold(connection, customer_id, number)
            if row.status != TicketStatus.CLOSED:
                self._change(connection, row, TicketStatus.CLOSED)

    def of(self, customer_id: str, *, limit: int) -> tuple[Ticket, ...]:
        """The newest ones."""
        return self.tickets(customer_id, PageRequest(limit=limit)).rows

    def _once(
        self,
        whole: str,
        customer_id: str,
        uploads: Sequence[Upload],
        write: Callable[[Connection, Kept], str],
    ) -> str:
        """Files are written before, and only for a form that has not done its work yet."""
        known = self._keys.outcome(whole, customer_id=customer_id) if uploads else None
        if known is not None:
            return known
        if not uploads:
            return self._keys.once(whole, customer_id=customer_id, work=lambda c: write(c, Kept()))
        with self._files.kept(customer_id, uploads) as kept:
            return self._keys.once(whole, customer_id=customer_id, work=lambda c: write(c, kept))

    def _open(
        self, connection: Connection, customer_id: str, new: NewTicket, rules: DeskRules
    ) -> tuple[int, int]:
        """The ticket's place, and the key of what opened it."""
        hold_asker(connection, customer_id)
        self._check_limits(connection, customer_id, rules)
        now, statuses = self._now(), first_statuses(new.kind)
        row = {
            "customer_id": customer_id,
            "customer_hash": key_hash(customer_id),
            "kind": new.kind,
            "category": new.category,
            "queue": new.queue,
            "title": new.title,
            "phone": new.phone,
            "status": statuses[-1],
            "created_at": now,
            "changed_at": now,
            "is_unread": False,
            "is_current": True,
            "version": 1,
        }
        place = new_key(connection, insert(tickets).values(row))
        entry = write_post(
            connection,
            place,
            by=Side.CUSTOMER,
            author=new.author,
            text=new.body,
            at=now,
            details=new.details,
        )
        complaint = file_complaint(connection, customer_id, ticket_number(place), new, at=now)
        if complaint is not None:
            self._letters.filed(connection, complaint)
        for status in statuses:
            write_change(connection, place, status, by=Side.CUSTOMER, at=now)
        self._letters.new_ticket(connection, customer_id, ticket_number(place), new)
        return place, entry

    def _check_limits(self, connection: Connection, customer_id: str, rules: DeskRules) -> None:
        self._check_open(connection, customer_id, rules)
        new = _number_of(customer_id).where(tickets.c.created_at > self._now() - HOUR)
        if connection.execute(new).scalar_one() >= rules.max_per_hour:
            raise TicketRefused(Refusal.TOO_MANY_NEW)

    def _check_open(self, connection: Connection, customer_id: str, rules: DeskRules) -> None:
        still_open = _number_of(customer_id).where(tickets.c.is_current, tickets.c.ended_at.is_(None))
        if connection.execute(still_open).scalar_one() >= rules.max_open:
            raise TicketRefused(Refusal.TOO_MANY_OPEN)

    def _check_replies(self, connection: Connection, place: int, rules: DeskRules) -> None:
        """Beside what opened the ticket."""
        recent = (
            select(func.count())
            .select_from(entries)
            .where(
                entries.c.ticket_id == place,
                entries.c.side == Side.CUSTOMER,
                entries.c.text.is_not(None),
                entries.c.at > self._now() - HOUR,
            )
        )
        if connection.execute(recent).scalar_one() > rules.max_replies:
            raise TicketRefused(Refusal.TOO_MANY_REPLIES)

    def _reply(self, connection: Connection, row: Row[Any], new: NewReply) -> int:
        """The key of what was written."""
        entry = write_post(
            connection, row.id, by=Side.CUSTOMER, author=new.author, text=new.text, at=self._now()
        )
        self._letters.new_reply(connection, ticket_of(row), new)
        after = status_after_reply(TicketStatus(row.status))
        if after != row.status:
            self._change(connection, row, after)
        else:
            news = {"changed_at": self._now(), "version": tickets.c.version + 1}
            connection.execute(update(tickets).where(tickets.c.id == row.id).values(news))
        return entry

    def _reopen(self, connection: Connection, row: Row[Any], rules: DeskRules) -> None:
        if not rules.may_reopen(moment(row.ended_at), now=self._clock()):
            raise TicketRefused(Refusal.TOO_LATE)
        self._change(connection, row, first_statuses(TicketKind(row.kind))[-1])

    def _change(self, connection: Connection, row: Row[Any], after: TicketStatus) -> None:
        if not may_change(TicketStatus(row.status), after, by=Side.CUSTOMER):
            raise TicketRefused(Refusal.NOT_FROM_HERE)
        values = status_columns(after, is_unread=False, at=self._now())
        connection.execute(update(tickets).where(tickets.c.id == row.id).values(values))
        write_change(connection, row.id, after, by=Side.CUSTOMER, at=self._now())

    def _hold(self, connection: Connection, customer_id: str, number: str) -> Row[Any]:
        """The ticket's row, which nobody else changes until the transaction ends. Raises NotFound."""
        mine = select(*CUSTOMERS_COLUMNS).where(
            tickets.c.id == _place(number), tickets.c.customer_hash == key_hash(customer_id)
        )
        row = connection.execute(mine.with_for_update()).first()
        if row is None:
            raise NotFound("ticket")
        return row

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _number_of(customer_id: str) -> Select[int]:
    """How many tickets the customer has."""
    return select(func.count()).select_from(tickets).where(tickets.c.customer_hash == key_hash(customer_id))


def _place(number: str) -> int:
    place = ticket_place(number)
    if place is None:
        raise NotFound("ticket")
    return place


def _mark(after: str) -> int:
    place = ticket_place(after)
    if place is None:
        raise Rejected("page mark")
    return place

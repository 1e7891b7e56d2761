"""The desk as the office has it: everybody's tickets, notes, assignments. No page of a customer comes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.engine import Connection

from wbok.domain.attachments import AttachmentContent
from wbok.domain.complaints import Complaint, ComplaintAnswer
from wbok.domain.desk import (
    Entry,
    Note,
    OfficeTicket,
    Refusal,
    Side,
    TicketRefused,
    TicketStatus,
    may_change,
    status_after_answer,
    ticket_place,
)
from wbok.domain.messages import MessageKind
from wbok.errors import NotFound
from wbok.store.database import Store
from wbok.store.desk.attachments import DeskAttachments
from wbok.store.desk.complaints import complaint_of_office, unanswered, write_answer
from wbok.store.desk.letters import DeskLetters
from wbok.store.desk.rows import (
    ATTACHED,
    entries_of,
    moment,
    status_columns,
    ticket_of,
    write_change,
    write_expected,
    write_post,
)
from wbok.store.desk.side import Solution
from wbok.store.desk.tables import attachments, entries, notes, tickets
from wbok.store.messages import Messages


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Without statuses: what has not ended. `before`: received before that moment."""

    statuses: tuple[TicketStatus, ...] = ()
    queue: str | None = None
    assignee: str | None = None
    before: datetime | None = None
    limit: int = 100


class OfficeDesk:
    """What changes a ticket wants it as it was seen, and refuses (CHANGED_MEANWHILE) when it is another by now."""

    def __init__(
        self,
        store: Store,
        *,
        messages: Messages,
        files: DeskAttachments,
        letters: DeskLetters,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._messages = messages
        self._files = files
        self._letters = letters
        self._clock = clock

    def find(self, wanted: TicketFilter) -> tuple[OfficeTicket, ...]:
        """The oldest first."""
        statuses = wanted.statuses or tuple(s for s in TicketStatus if not s.has_ended)
        statement = select(tickets).where(tickets.c.status.in_(statuses))
        if wanted.queue is not None:
            statement = statement.where(tickets.c.queue == wanted.queue)
        if wanted.assignee is not None:
            statement = statement.where(tickets.c.assignee == wanted.assignee)
        if wanted.before is not None:
            statement = statement.where(tickets.c.created_at < int(wanted.before.timestamp()))
        with self._store.reading() as connection:
            rows = connection.execute(statement.order_by(tickets.c.id).limit(wanted.limit)).all()
        return tuple(_office_ticket(row) for row in rows)

    def ticket(self, number: str) -> OfficeTicket:
        """Raises NotFound."""
        place = ticket_place(number)
        with self._store.reading() as connection:
            row = connection.execute(select(tickets).where(tickets.c.id == place)).first()
        if row is None:
            raise NotFound("ticket")
        return _office_ticket(row)

    def entries(self, number: str) -> tuple[Entry, ...]:
        """The whole thread, oldest first."""
        e = entries.c
        named = (
            e.id.label("entry_id"),
            e.status.label("changed_to"),
            e.expected_on.label("expected_then"),
        )
        statement = (
            select(entries, *named, *ATTACHED)
            .select_from(entries.outerjoin(attachments, attachments.c.entry_id == e.id))
            .where(e.ticket_id == ticket_place(number))
            .order_by(e.id, attachments.c.id)
        )
        with self._store.reading() as connection:
            rows = connection.execute(statement).all()
        return tuple(entry for _, entry in entries_of(rows, self._files.is_there))

    def attachment(self, number: str, attachment_id: str) -> AttachmentContent:
        """Raises NotFound."""
        return self._files.of_office(ticket_place(number) or 0, attachment_id)

    def notes(self, number: str) -> tuple[Note, ...]:
        statement = select(notes).where(notes.c.ticket_id == ticket_place(number)).order_by(notes.c.id)
        with self._store.reading() as connection:
            rows = connection.execute(statement).all()
        return tuple(Note(at=moment(row.at), author=row.author, text=row.text) for row in rows)

    def answer(self, seen: OfficeTicket, *, author: str, text: str) -> None:
        """The customer finds it as unread. Raises TicketRefused."""
        before = seen.ticket.status
        after = status_after_answer(before)
        with self._store.writing() as connection:
            if after == before:
                unread = {"is_unread": True, "is_current": True, "changed_at": self._now()}
                self._update(connection, seen, unread)
            else:
                self._change(connection, seen, after, is_unread=True)
            self._post(connection, seen, author, text)
            self._letters.answer(connection, seen.ticket, text)

    def note(self, seen: OfficeTicket, *, author: str, text: str) -> None:
        row = {"ticket_id": _place(seen), "at": self._now(), "author": author[:255], "text": text}
        with self._store.writing() as connection:
            connection.execute(insert(notes).values(row))

    def assign(self, seen: OfficeTicket, *, assignee: str | None) -> None:
        """To nobody: None. Raises TicketRefused."""
        with self._store.writing() as connection:
            self._update(connection, seen, {"assignee": assignee})

    def set_status(self, seen: OfficeTicket, status: TicketStatus) -> None:
        """Not for what is solved, of which the customer must be told. Raises TicketRefused."""
        if status is TicketStatus.SOLVED:
            raise ValueError("a ticket is solved with a solution")
        with self._store.writing() as connection:
            # The customer may have read it since: reading changes no version.
            self._change(connection, seen, status, is_unread=tickets.c.is_unread)

    def expect(self, seen: OfficeTicket, day: date | None) -> None:
        """By which day the customer may expect it done; None: nothing is said. Raises TicketRefused."""
        if seen.ticket.status.has_ended:
            raise TicketRefused(Refusal.HAS_ENDED)
        with self._store.writing() as connection:
            self._update(connection, seen, {"expected_on": day, "changed_at": self._now()})
            write_expected(connection, _place(seen), day, by=Side.OFFICE, at=self._now())

    def complaints(self, *, limit: int) -> tuple[Complaint, ...]:
        """Those that wait for their answer, of both desks; what must be answered first comes first."""
        return unanswered(self._store, limit=limit)

    def complaint(self, number: str) -> Complaint:
        """Raises NotFound."""
        return complaint_of_office(self._store, number)

    def decide(
        self,
        complaint: Complaint,
        answer: ComplaintAnswer,
        *,
        seen: OfficeTicket | None,
        solution: Solution,
    ) -> None:
        """Answers a complaint, once; `seen` is its ticket, None where it lives in the billing.

        Answer, ticket, message and letter are written together or not at all. Raises TicketRefused.
        """
        with self._store.writing() as connection:
            write_answer(connection, complaint, answer, at=self._now())
            if seen is not None:
                self._answer_ticket(connection, seen, answer)
            self._letters.decided(connection, complaint, answer.text, solution)
            self._tell(connection, complaint.customer_id, solution)

    def _answer_ticket(self, connection: Connection, seen: OfficeTicket, answer: ComplaintAnswer) -> None:
        self._post(connection, seen, answer.author, answer.text)
        if may_change(seen.ticket.status, TicketStatus.SOLVED, by=Side.OFFICE):
            self._change(connection, seen, TicketStatus.SOLVED, is_unread=True)
            return
        # The customer has closed it, and gets the answer all the same.
        unread = {"is_unread": True, "is_current": True, "changed_at": self._now()}
        self._update(connection, seen, unread)

    def solve(self, seen: OfficeTicket, *, author: str, text: str | None, solution: Solution) -> None:
        """Status, answer and message are written together or not at all. Raises TicketRefused."""
        with self._store.writing() as connection:
            if text is not None:
                self._post(connection, seen, author, text)
            self._change(connection, seen, TicketStatus.SOLVED, is_unread=True)
            self._tell(connection, seen.ticket.customer_id, solution)
            self._letters.solved(connection, seen.ticket, text, solution)

    def _tell(self, connection: Connection, customer_id: str, solution: Solution) -> None:
        self._messages.send_within(
            connection,
            kind=MessageKind.SERVICE,
            title=solution.title,
            body=solution.body,
            link=solution.link,
            recipients=[customer_id],
        )

    def _change(
        self,
        connection: Connection,
        seen: OfficeTicket,
        after: TicketStatus,
        *,
        is_unread: bool | ColumnElement[bool],
    ) -> None:
        if not may_change(seen.ticket.status, after, by=Side.OFFICE):
            raise TicketRefused(Refusal.NOT_FROM_HERE)
        self._update(connection, seen, status_columns(after, is_unread=is_unread, at=self._now()))
        write_change(connection, _place(seen), after, by=Side.OFFICE, at=self._now())

    def _update(self, connection: Connection, seen: OfficeTicket, values: dict[str, Any]) -> None:
        statement = (
            update(tickets)
            .where(tickets.c.id == _place(seen), tickets.c.version == seen.version)
            .values(values | {"version": seen.version + 1})
        )
        if connection.execute(statement).rowcount != 1:
            raise TicketRefused(Refusal.CHANGED_MEANWHILE)

    def _post(self, connection: Connection, seen: OfficeTicket, author: str, text: str) -> None:
        write_post(connection, _place(seen), by=Side.OFFICE, author=author, text=text, at=self._now())

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _place(seen: OfficeTicket) -> int:
    place = ticket_place(seen.ticket.number)
    if place is None:
        raise NotFound("ticket")
    return place


def _office_ticket(row: Row[Any]) -> OfficeTicket:
    return OfficeTicket(ticket=ticket_of(row), phone=row.phone, assignee=row.assignee, version=row.version)

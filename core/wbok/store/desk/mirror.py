"""What the panel knows of tickets that live in the billing: so much as badge, banner and card say, and what of it
the customer has seen. The billing knows none of that.

A row says what was last noticed. Whoever notices a change reads the row first and asks the billing then, and writes
only while the row is what he read: so nothing newer is ever overwritten, and each change is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, exc, insert, literal, select, update
from sqlalchemy.engine import Connection

from wbok.billing.helpdesk import BillingTicket
from wbok.domain.desk import ComplaintClock, Ticket, TicketKind, TicketStatus
from wbok.domain.messages import MessageKind
from wbok.store.database import Store
from wbok.store.desk.complaints import clock_of
from wbok.store.desk.side import Solution
from wbok.store.desk.tables import complaints, mirrored
from wbok.store.hashes import key_hash
from wbok.store.messages import Messages
from wbok.store.tables import milestones

BEGAN = "billing desk"
MOST_TITLE = 255
NOTICED = tuple(
    mirrored.c[name] for name in ("number", "status", "version", "answers", "is_unread", "kind", "category")
)


@dataclass(frozen=True, slots=True)
class Noticed:
    """As it was last seen in the billing; `kind` and `category` are those that the customer chose here."""

    status: TicketStatus
    version: int
    answers: int
    is_unread: bool
    kind: TicketKind | None = None
    category: str = ""

    def shown(self, ticket: Ticket) -> Ticket:
        kind = self.kind or ticket.kind
        category = self.category or ticket.category
        return replace(ticket, is_unread=self.is_unread, kind=kind, category=category)


class Mirror:
    def __init__(
        self,
        store: Store,
        *,
        messages: Messages,
        solution: Callable[[Ticket], Solution],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._messages = messages
        self._solution = solution
        self._clock = clock

    def known(self, customer_id: str, number: str | None = None) -> Mapping[str, Noticed]:
        """By number: all of a customer's, or that one."""
        t = mirrored.c
        mine = select(*NOTICED).where(t.customer_hash == key_hash(customer_id))
        if number is not None:
            mine = mine.where(t.number == number)
        with self._store.reading() as connection:
            rows = connection.execute(mine).all()
        return {row.number: _noticed(row) for row in rows}

    def known_complaint(self, customer_id: str, number: str) -> tuple[Noticed | None, ComplaintClock | None]:
        """That one, in one statement with what is known of it as a complaint."""
        t, c = mirrored.c, complaints.c
        # What was filed is shown also where nobody has noticed the ticket yet.
        its = select(
            literal(key_hash(customer_id)).label("customer"), literal(number).label("place")
        ).subquery()
        noticed = and_(t.customer_hash == its.c.customer, t.number == its.c.place)
        filed = and_(c.customer_hash == its.c.customer, c.number == its.c.place)
        known = its.outerjoin(mirrored, noticed).outerjoin(complaints, filed)
        with self._store.reading() as connection:
            row = connection.execute(select(*NOTICED, c.due_on, c.answered_at).select_from(known)).one()
        return None if row.number is None else _noticed(row), clock_of(row._mapping)

    def note(
        self, known: Noticed | None, found: BillingTicket, *, is_read: bool = False
    ) -> tuple[Noticed, bool]:
        """Writes what is new since `known` and tells the customer of a solution.

        What the ticket is from now on, and whether the office did something that the customer must hear of.
        `is_read`: he was just shown all of it.
        """
        ticket = found.ticket
        since = self.began() if known is None else None
        news = _has_news(known, found, since)
        now = Noticed(
            status=ticket.status,
            version=found.version,
            answers=found.answers,
            is_unread=not is_read and (news or (known is not None and known.is_unread)),
            kind=known.kind if known else None,
            category=known.category if known else "",
        )
        if now != known:
            with self._store.writing() as connection:
                if _write(connection, ticket, known, now) and _is_solved_now(known, found, since):
                    self._tell(connection, found)
        return now, news and not is_read

    def note_opened(self, found: BillingTicket, *, kind: TicketKind, category: str) -> None:
        """Of one that the customer has just sent: nothing of it is news to him."""
        mine = Noticed(
            status=found.ticket.status,
            version=found.version,
            answers=found.answers,
            is_unread=False,
            kind=kind,
            category=category,
        )
        with self._store.writing() as connection:
            _write(connection, found.ticket, None, mine)

    def forget(self, customer_id: str, number: str) -> None:
        t = mirrored.c
        with self._store.writing() as connection:
            connection.execute(
                delete(mirrored).where(t.customer_hash == key_hash(customer_id), t.number == number)
            )

    def began(self) -> datetime:
        """Since when the office's work is noticed; what it did before is no news. It begins when first asked."""
        reached = select(milestones.c.reached_at).where(milestones.c.name == BEGAN)
        with self._store.reading() as connection:
            found: int | None = connection.execute(reached).scalar()
        if found is not None:
            return datetime.fromtimestamp(found, self._clock().tzinfo)
        now = self._clock().replace(microsecond=0)
        row = insert(milestones).values(name=BEGAN, reached_at=int(now.timestamp()))
        # Somebody else may just have come first.
        with suppress(exc.IntegrityError), self._store.writing() as connection:
            connection.execute(row)
        return now

    def _tell(self, connection: Connection, found: BillingTicket) -> None:
        ticket = found.ticket
        solution = self._solution(ticket)
        self._messages.send_within(
            connection,
            kind=MessageKind.SERVICE,
            title=solution.title,
            body=solution.body,
            link=solution.link,
            recipients=[ticket.customer_id],
            key=key_hash("solved", ticket.customer_id, ticket.number, str(found.version)),
        )


def _noticed(row: Row[*tuple[Any, ...]]) -> Noticed:
    return Noticed(
        status=TicketStatus(row.status),
        version=row.version,
        answers=row.answers,
        is_unread=bool(row.is_unread),
        kind=TicketKind(row.kind) if row.kind else None,
        category=row.category,
    )


def _has_news(known: Noticed | None, found: BillingTicket, since: datetime | None) -> bool:
    if known is not None and found.answers > known.answers:
        return True
    is_new_answer = since is not None and found.answered_at is not None and found.answered_at >= since
    return is_new_answer or _is_solved_now(known, found, since)


def _is_solved_now(known: Noticed | None, found: BillingTicket, since: datetime | None) -> bool:
    ticket = found.ticket
    if ticket.status is not TicketStatus.SOLVED:
        return False
    if known is not None:
        return known.status is not TicketStatus.SOLVED
    return since is not None and ticket.ended_at is not None and ticket.ended_at >= since


def _write(connection: Connection, ticket: Ticket, known: Noticed | None, now: Noticed) -> bool:
    """False when somebody else has noticed something meanwhile."""
    values = {
        "title": ticket.title[:MOST_TITLE],
        "status": now.status,
        "version": now.version,
        "answers": now.answers,
        "is_unread": now.is_unread,
        "is_current": now.is_unread or not now.status.has_ended,
    }
    t, mine = mirrored.c, key_hash(ticket.customer_id)
    if known is not None:
        as_known = (t.version == known.version, t.answers == known.answers, t.is_unread == known.is_unread)
        changed = update(mirrored).where(t.customer_hash == mine, t.number == ticket.number, *as_known)
        return connection.execute(changed.values(values)).rowcount == 1
    row = values | {
        "customer_hash": mine,
        "number": ticket.number,
        "kind": now.kind,
        "category": now.category,
        "created_at": int(ticket.created_at.timestamp()),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(mirrored).values(row))
    except exc.IntegrityError:
        return False
    return True

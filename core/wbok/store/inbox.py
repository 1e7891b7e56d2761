"""What one customer has of the panel's own messages, and what he has read and confirmed, of the billing's too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Update, and_, bindparam, exc, insert, not_, or_, select, union_all, update

from wbok.domain.messages import Mark, Message, MessageKind, Origin
from wbok.errors import NotFound
from wbok.store.audience import IN_FORCE, had_by
from wbok.store.database import Deadlock, Store
from wbok.store.hashes import key_hash
from wbok.store.signals import mark_of, moment, notice_key
from wbok.store.tables import HASH, messages
from wbok.store.tables import message_marks as marks
from wbok.store.tables import message_recipients as recipients

COLUMNS = (*messages.c, marks.c.read_at, marks.c.confirmed_at)
CUSTOMER = bindparam("customer", type_=HASH)
RECENT = and_(messages.c.valid_from >= bindparam("since"), IN_FORCE)


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which message a page begins."""

    sent_at: int
    id: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A message that a customer has before him; `id` is the billing's own of a notice."""

    origin: Origin
    id: str
    sent_at: datetime

    @property
    def key(self) -> str:
        return self.id if self.origin is Origin.PANEL else notice_key(self.id)


class Inbox:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def page(
        self,
        customer_id: str,
        *,
        since: datetime,
        archived: bool = False,
        kind: MessageKind | None = None,
        after: Place | None = None,
        limit: int,
    ) -> tuple[Message, ...]:
        """Newest first. What is no longer valid or older than `since` is archived."""
        conditions = [not_(RECENT) if archived else RECENT]
        if kind is not None:
            conditions.append(messages.c.kind == kind.value)
        found = union_all(*had_by(CUSTOMER, COLUMNS, *conditions)).subquery()
        wanted = select(*found.c).order_by(found.c.valid_from.desc(), found.c.id.desc()).limit(limit)
        if after is not None:
            older = found.c.valid_from < after.sent_at
            same = and_(found.c.valid_from == after.sent_at, found.c.id < after.id)
            wanted = wanted.where(or_(older, same))
        return self._read(customer_id, wanted, since=int(since.timestamp()))

    def message(self, customer_id: str, message_id: str) -> Message:
        """Also an archived one. Raises NotFound, for another customer's too."""
        found = union_all(*had_by(CUSTOMER, COLUMNS, messages.c.id == key_text(message_id))).subquery()
        for message in self._read(customer_id, select(*found.c)):
            if message.id == message_id:
                return message
        raise NotFound("message")

    def read(self, customer_id: str, seen: Sequence[Seen]) -> None:
        """Keeps when each was read first."""
        # In one order, so that two who read at once wait for each other in no ring.
        missing = sorted({one.key: one for one in seen}.values(), key=lambda one: one.key)
        while missing:
            rows = [self._mark(customer_id, one) for one in missing]
            try:
                with self._store.writing() as connection:
                    connection.execute(insert(marks), rows)
                    connection.execute(self._were_read(customer_id, missing))
                return
            except (exc.IntegrityError, Deadlock):
                # Some were read before, or just now elsewhere; they keep their first time.
                missing = self._unmarked(customer_id, missing)

    def confirm(self, customer_id: str, seen: Seen) -> None:
        """Keeps when it was confirmed first; whoever confirms has read."""
        self.read(customer_id, [seen])
        his = and_(marks.c.customer_hash == key_hash(customer_id), marks.c.message_id == seen.key)
        first = update(marks).where(his, marks.c.confirmed_at.is_(None)).values(confirmed_at=self._now())
        with self._store.writing() as connection:
            connection.execute(first)

    def mark(self, customer_id: str, seen: Seen) -> Mark | None:
        """None for what was never read."""
        his = and_(marks.c.customer_hash == key_hash(customer_id), marks.c.message_id == seen.key)
        with self._store.reading() as connection:
            row = connection.execute(select(marks.c.read_at, marks.c.confirmed_at).where(his)).first()
        return None if row is None else mark_of(row.read_at, row.confirmed_at)

    def _read(self, customer_id: str, statement: Select[Any], **more: int) -> tuple[Message, ...]:
        parameters = {"customer": key_hash(customer_id), "now": self._now(), **more}
        with self._store.reading() as connection:
            return tuple(_message(row) for row in connection.execute(statement, parameters))

    def _unmarked(self, customer_id: str, seen: Sequence[Seen]) -> list[Seen]:
        known = select(marks.c.message_id).where(
            marks.c.customer_hash == key_hash(customer_id), marks.c.message_id.in_([one.key for one in seen])
        )
        with self._store.reading() as connection:
            there = set(connection.execute(known).scalars())
        return [one for one in seen if one.key not in there]

    def _were_read(self, customer_id: str, seen: Sequence[Seen]) -> Update:
        sent = select(messages.c.delivery_id).where(messages.c.id.in_([one.key for one in seen]))
        r = recipients.c
        his = and_(r.customer_hash == key_hash(customer_id), r.delivery_id.in_(sent))
        return update(recipients).where(his).values(is_unread=False)

    def _mark(self, customer_id: str, seen: Seen) -> dict[str, object]:
        return {
            "customer_hash": key_hash(customer_id),
            "message_id": seen.key,
            "origin": seen.origin.value,
            "sent_at": int(seen.sent_at.timestamp()),
            "read_at": self._now(),
            "confirmed_at": None,
        }

    def _now(self) -> int:
        return int(self._clock().timestamp())


def key_text(message_id: str) -> str:
    """What no database would take is no id. Raises NotFound."""
    if len(message_id) > 64 or not message_id.isascii() or not message_id.isalnum():
        raise NotFound("message")
    return message_id


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        kind=MessageKind(row.kind),
        title=row.title,
        body=row.body,
        sent_at=moment(row.valid_from),
        urgent=bool(row.urgent),
        valid_to=None if row.valid_to is None else moment(row.valid_to),
        link=row.link,
        mark=None if row.read_at is None else mark_of(row.read_at, row.confirmed_at),
    )

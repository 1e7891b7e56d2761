"""What one customer has of the panel's own messages, and what he has read and confirmed, of the billing's too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    exc,
    insert,
    not_,
    or_,
    select,
    union_all,
    update,
)

from wbok.domain.messages import Mark, Message, MessageKind, Origin
from wbok.errors import NotFound
from wbok.store.audience import IN_FORCE, Half, had_by, halves
from wbok.store.database import Deadlock, Store
from wbok.store.hashes import key_hash, key_text
from wbok.store.message_files import NAMED, file_of
from wbok.store.signals import mark_of, moment, notice_key
from wbok.store.tables import HASH, messages
from wbok.store.tables import message_files as files
from wbok.store.tables import message_marks as marks
from wbok.store.tables import message_recipients as recipients

COLUMNS = (
    *(column for column in messages.c if column.name != "folded"),
    *(marks.c.read_at, marks.c.confirmed_at),
)
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
        archived: bool | None = False,
        kind: MessageKind | None = None,
        words: tuple[str, ...] = (),
        after: Place | None = None,
        limit: int,
    ) -> tuple[Message, ...]:
        """Newest first. What is no longer valid or older than `since` is archived; `archived` None: both.

        `words`, as `search_words` makes them: each must stand in title or text.
        """
        conditions = [] if archived is None else [not_(RECENT) if archived else RECENT]
        if kind is not None:
            conditions.append(messages.c.kind == kind.value)
        conditions += [messages.c.folded.contains(word, autoescape=True) for word in words]
        parts = [
            replace(half, statement=half.statement.where(*conditions, *_behind(half, after))).newest(limit)
            for half in halves(CUSTOMER, COLUMNS)
        ]
        found = union_all(*parts).subquery()
        wanted = select(*found.c).order_by(found.c.valid_from.desc(), found.c.id.desc()).limit(limit)
        return self._read(customer_id, wanted, since=int(since.timestamp()))

    def message(self, customer_id: str, message_id: str) -> Message:
        """Also an archived one. Raises NotFound, for another customer's too."""
        is_it = messages.c.id == key_text(message_id, what="message")
        found = union_all(*had_by(CUSTOMER, COLUMNS, is_it)).subquery()
        with_files = (
            select(found, *NAMED)
            .outerjoin(files, files.c.delivery_id == found.c.delivery_id)
            .order_by(files.c.place)
        )
        with self._store.reading() as connection:
            rows = connection.execute(with_files, self._parameters(customer_id)).all()
        if not rows or rows[0].id != message_id:
            raise NotFound("message")
        attached = tuple(file_of(row) for row in rows if row.file_id is not None)
        return replace(_message(rows[0]), files=attached)

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
        parameters = self._parameters(customer_id) | more
        with self._store.reading() as connection:
            return tuple(_message(row) for row in connection.execute(statement, parameters))

    def _parameters(self, customer_id: str) -> dict[str, Any]:
        return {"customer": key_hash(customer_id), "now": self._now()}

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


def _behind(half: Half, place: Place | None) -> tuple[ColumnElement[bool], ...]:
    if place is None:
        return ()
    same = and_(half.sent_at == place.sent_at, half.id < place.id)
    # The first condition follows from the second; it is what an index is entered by.
    return half.sent_at <= place.sent_at, or_(half.sent_at < place.sent_at, same)


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
        summary=row.summary,
        is_markdown=bool(row.is_markdown),
        is_legal=bool(row.is_legal),
        has_files=bool(row.files),
        mark=None if row.read_at is None else mark_of(row.read_at, row.confirmed_at),
    )

"""Who received a message of the panel's own, and when he first read and confirmed it: for the office alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

from wbok.domain.messages import Mark
from wbok.errors import NotFound
from wbok.store.database import Store
from wbok.store.hashes import key_hash, key_text
from wbok.store.signals import mark_of, moment
from wbok.store.tables import message_marks as marks
from wbok.store.tables import message_recipients as recipients
from wbok.store.tables import messages

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Receipt:
    """`recipients`: how many customers it named; None: it went to everybody."""

    message_id: str
    title: str
    sent_at: datetime
    is_legal: bool
    recipients: int | None
    read: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Reader:
    """`customer_id` None: it was sent by a version that did not keep it. `mark` None: not read."""

    customer_id: str | None
    mark: Mark | None


class Receipts:
    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, *, limit: int) -> tuple[Receipt, ...]:
        wanted = _counted().order_by(messages.c.sent_at.desc(), messages.c.id).limit(limit)
        with self._store.reading() as connection:
            return tuple(map(_receipt, connection.execute(wanted)))

    def of(self, message_id: str) -> Receipt:
        """Raises NotFound."""
        wanted = _counted().where(messages.c.id == key_text(message_id, what="message"))
        with self._store.reading() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            raise NotFound("message")
        return _receipt(row)

    def readers(self, message_id: str, everybody: Iterable[str] = ()) -> Iterator[Reader]:
        """Each recipient. `everybody`: ids of customers, by whom those are named whose id was not kept.

        Of a message to everybody: those of `everybody`, whether they read it or not.
        """
        known = {key_hash(customer_id): customer_id for customer_id in everybody}
        with self._store.reading() as connection:
            message = connection.execute(select(messages).where(messages.c.id == message_id)).first()
            if message is None:
                return
            if message.to_all:
                his = select(marks).where(marks.c.message_id == message_id)
                read = {row.customer_hash: _mark(row) for row in connection.execute(his)}
                yield from (Reader(customer_id, read.get(mine)) for mine, customer_id in known.items())
                return
            for rows in connection.execute(_named(message_id)).partitions(AT_ONCE):
                for row in rows:
                    yield Reader(row.customer_id or known.get(row.customer_hash), _mark(row))


def _named(message_id: str) -> Select[Any]:
    r = recipients.c
    his = and_(marks.c.customer_hash == r.customer_hash, marks.c.message_id == message_id)
    return (
        select(r.customer_hash, r.customer_id, marks.c.read_at, marks.c.confirmed_at)
        .join(messages, messages.c.delivery_id == r.delivery_id)
        .outerjoin(marks, his)
        .where(messages.c.id == message_id)
        .order_by(r.customer_id, r.customer_hash)
    )


def _counted() -> Select[Any]:
    m = messages.c
    its = marks.c.message_id == m.id
    named = recipients.c.delivery_id == m.delivery_id
    counts = {
        "recipients": select(func.count()).select_from(recipients).where(named),
        "read": select(func.count()).select_from(marks).where(its),
        "confirmed": select(func.count(marks.c.confirmed_at)).where(its),
    }
    columns = (count.scalar_subquery().label(name) for name, count in counts.items())
    return select(m.id, m.title, m.valid_from, m.is_legal, m.to_all, *columns)


def _receipt(row: Row[Any]) -> Receipt:
    return Receipt(
        message_id=row.id,
        title=row.title,
        sent_at=moment(row.valid_from),
        is_legal=bool(row.is_legal),
        recipients=None if row.to_all else row.recipients,
        read=row.read,
        confirmed=row.confirmed,
    )


def _mark(row: Row[Any]) -> Mark | None:
    return None if row.read_at is None else mark_of(row.read_at, row.confirmed_at)

"""Who is logged in. Only a hash of the session id is kept: the table opens no session to its reader."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, not_, select, update

from wbok.store.database import Store
from wbok.store.tables import sessions

SEEN_EVERY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Session:
    id_hash: str
    customer_id: str
    customer_name: str
    created_at: datetime
    seen_at: datetime
    address: str


class Sessions:
    def __init__(
        self, store: Store, *, clock: Callable[[], datetime], idle: timedelta, absolute: timedelta
    ) -> None:
        self._store = store
        self._clock = clock
        self._idle = int(idle.total_seconds())
        self._absolute = int(absolute.total_seconds())

    def start(self, *, customer_id: str, customer_name: str, address: str) -> str:
        """A new session; returns its id, which is nowhere kept. Clears away what has ended."""
        token = secrets.token_urlsafe(32)
        now = self._now()
        row = {
            "id_hash": _hash(token),
            "customer_id": customer_id,
            "customer_name": customer_name[:255],
            "created_at": now,
            "seen_at": now,
            "address": address,
        }
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(not_(and_(*self._living(now)))))
            connection.execute(insert(sessions).values(row))
        return token

    def find(self, token: str) -> Session | None:
        """The living session with this id; notes at most once a minute that it was seen."""
        now = self._now()
        with self._store.reading() as connection:
            row = connection.execute(
                select(sessions).where(sessions.c.id_hash == _hash(token), *self._living(now))
            ).first()
        if row is None:
            return None
        if row.seen_at <= now - SEEN_EVERY_SECONDS:
            with self._store.writing() as connection:
                connection.execute(
                    update(sessions).where(sessions.c.id_hash == row.id_hash).values(seen_at=now)
                )
        return _session(row)

    def end(self, token: str) -> None:
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id_hash == _hash(token)))

    def of(self, customer_id: str) -> tuple[Session, ...]:
        """The customer's living sessions, latest first."""
        mine = (sessions.c.customer_id == customer_id, *self._living(self._now()))
        with self._store.reading() as connection:
            rows = connection.execute(select(sessions).where(*mine).order_by(sessions.c.seen_at.desc())).all()
        return tuple(_session(row) for row in rows if row.customer_id == customer_id)

    def _living(self, now: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return sessions.c.seen_at > now - self._idle, sessions.c.created_at > now - self._absolute

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _session(row: Row[Any]) -> Session:
    return Session(
        id_hash=row.id_hash,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        created_at=datetime.fromtimestamp(row.created_at, UTC),
        seen_at=datetime.fromtimestamp(row.seen_at, UTC),
        address=row.address,
    )

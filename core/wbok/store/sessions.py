"""Who is logged in. Only a hash of the session id is kept: the table opens no session to its reader."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, insert, not_, select, update

from wbok.store.clearing import clear_away
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.tables import sessions

MAX_LOGIN = 255
LIVING = and_(
    sessions.c.seen_at > bindparam("seen_after"), sessions.c.created_at > bindparam("created_after")
)


@dataclass(frozen=True, slots=True)
class Session:
    id_hash: str
    customer_id: str
    customer_name: str
    created_at: datetime
    seen_at: datetime
    address: str
    pin_at: datetime | None = None
    """When the PIN was last typed again within this session."""


class Sessions:
    def __init__(
        self, store: Store, *, clock: Callable[[], datetime], idle: timedelta, absolute: timedelta
    ) -> None:
        self._store = store
        self._clock = clock
        self._idle = int(idle.total_seconds())
        self._absolute = int(absolute.total_seconds())

    def start(self, *, customer_id: str, customer_name: str, address: str, login: str | None = None) -> str:
        """A new session; returns its id, which is nowhere kept. Clears away what has ended.

        `login` is what was typed beside the PIN.
        """
        token = secrets.token_urlsafe(32)
        now = self._now()
        row = {
            "id_hash": key_hash(token),
            "customer_id": customer_id,
            "customer_hash": key_hash(customer_id),
            "customer_name": customer_name[:255],
            "created_at": now,
            "seen_at": now,
            "address": address,
            "login": login if login is None or len(login) <= MAX_LOGIN else None,
        }
        clear_away(self._store, sessions.c.id_hash, old=not_(LIVING), parameters=self.limits(now))
        with self._store.writing() as connection:
            connection.execute(insert(sessions).values(row))
        return token

    def end(self, token: str) -> None:
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id_hash == key_hash(token)))

    def login_of(self, token: str) -> str | None:
        """What was typed at login; None when it is not known."""
        with self._store.reading() as connection:
            found: str | None = connection.execute(
                select(sessions.c.login).where(sessions.c.id_hash == key_hash(token))
            ).scalar()
        return found

    def confirm_pin(self, token: str) -> None:
        """The PIN was typed again just now."""
        mine = update(sessions).where(sessions.c.id_hash == key_hash(token)).values(pin_at=self._now())
        with self._store.writing() as connection:
            connection.execute(mine)

    def of(self, customer_id: str) -> tuple[Session, ...]:
        """The customer's living sessions, latest first."""
        mine = select(sessions).where(sessions.c.customer_id == customer_id, LIVING)
        with self._store.reading() as connection:
            rows = connection.execute(
                mine.order_by(sessions.c.seen_at.desc()), self.limits(self._now())
            ).all()
        return tuple(_session(row) for row in rows if row.customer_id == customer_id)

    def limits(self, now: int) -> dict[str, int]:
        """The parameters of LIVING."""
        return {"seen_after": now - self._idle, "created_after": now - self._absolute}

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _session(row: Row[Any]) -> Session:
    return Session(
        id_hash=row.id_hash,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        created_at=datetime.fromtimestamp(row.created_at, UTC),
        seen_at=datetime.fromtimestamp(row.seen_at, UTC),
        address=row.address,
        pin_at=None if row.pin_at is None else datetime.fromtimestamp(row.pin_at, UTC),
    )

"""The lockout: three wrong PINs and the account is locked until the office unlocks it.

A try is counted before its PIN is compared, in one atomic statement, so that parallel tries cannot compare
more than they may. `pending` are the tries begun and not yet decided, `wrong` those decided against.

Invariant: between two successes or unlocks at most three wrong PINs are compared, under any parallelism and
any number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, exc, insert, null, select, update
from sqlalchemy.engine import Connection

from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.tables import login_guard as guard
from wbok.store.tables import sessions

MAX_WRONG = 3
UNDECIDED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """On whom tries are counted: a customer, or (`customer_id` None) a login that nobody has."""

    hash: str
    customer_id: str | None = None


def customer_subject(customer_id: str) -> Subject:
    return Subject(key_hash("customer", customer_id), customer_id)


@dataclass(frozen=True, slots=True)
class GuardState:
    subject: Subject
    wrong: int
    pending: int
    tried_at: datetime
    locked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Begun:
    """The PIN may be compared, now, once; the outcome is told to `wrong`, `right` or `give_back`."""

    subject: Subject
    at: int


class Locked:
    """No PIN is compared until the office unlocks."""


class Busy:
    """Three tries are undecided at this moment."""


class LoginGuard:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def begin(self, subject: Subject) -> Begun | Locked | Busy:
        now = self._now()
        while True:
            with self._store.writing() as connection:
                self._count_undecided_as_wrong(connection, subject, now)
                if self._take(connection, subject, now):
                    return Begun(subject, now)
                state = self._read(connection, subject)
            if state is not None:
                return Busy() if state.locked_at is None else Locked()
            if self._first(subject, now):
                return Begun(subject, now)

    def wrong(self, begun: Begun) -> int:
        """Counts the try as wrong; returns how many tries are left (0: locked)."""
        now = self._now()
        statement = (
            update(guard)
            .where(guard.c.subject == begun.subject.hash, guard.c.pending > 0)
            # In this order: MySQL computes each value from those already set.
            .ordered_values(
                (guard.c.locked_at, case((guard.c.wrong + 1 >= MAX_WRONG, now), else_=guard.c.locked_at)),
                (guard.c.wrong, guard.c.wrong + 1),
                (guard.c.pending, guard.c.pending - 1),
            )
        )
        with self._store.writing() as connection:
            connection.execute(statement)
            state = self._read(connection, begun.subject)
            if state is not None and state.locked_at:
                _close_what_wants_the_pin(connection, begun.subject)
        return 0 if state is None or state.locked_at else MAX_WRONG - state.wrong

    def right(self, begun: Begun) -> bool:
        """Clears what was wrong. False when the try took too long or the account was locked meanwhile."""
        if self._now() - begun.at >= UNDECIDED_SECONDS:
            return False
        statement = (
            update(guard)
            .where(guard.c.subject == begun.subject.hash, guard.c.locked_at.is_(None), guard.c.pending > 0)
            .values(pending=guard.c.pending - 1, wrong=0)
        )
        with self._store.writing() as connection:
            return connection.execute(statement).rowcount == 1

    def give_back(self, begun: Begun) -> None:
        """The PIN was not compared after all."""
        statement = (
            update(guard)
            .where(guard.c.subject == begun.subject.hash, guard.c.pending > 0)
            .values(pending=guard.c.pending - 1)
        )
        with self._store.writing() as connection:
            connection.execute(statement)

    def unlock(self, subject: Subject) -> GuardState | None:
        """Sets everything back; returns what was there. A try in flight stays counted until it is decided."""
        with self._store.writing() as connection:
            before = self._read(connection, subject)
            stale = guard.c.tried_at < self._now() - UNDECIDED_SECONDS
            connection.execute(
                update(guard)
                .where(guard.c.subject == subject.hash)
                .ordered_values(
                    (guard.c.pending, case((stale, 0), else_=guard.c.pending)),
                    (guard.c.wrong, 0),
                    (guard.c.locked_at, null()),
                )
            )
        return before

    def state(self, subject: Subject) -> GuardState | None:
        with self._store.reading() as connection:
            return self._read(connection, subject)

    def locked(self) -> tuple[GuardState, ...]:
        """Everybody who is locked, latest first."""
        statement = select(guard).where(guard.c.locked_at.is_not(None)).order_by(guard.c.locked_at.desc())
        with self._store.reading() as connection:
            return tuple(_state(dict(row)) for row in connection.execute(statement).mappings())

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _take(self, connection: Connection, subject: Subject, now: int) -> bool:
        statement = (
            update(guard)
            .where(
                guard.c.subject == subject.hash,
                guard.c.locked_at.is_(None),
                guard.c.pending + guard.c.wrong < MAX_WRONG,
            )
            .values(pending=guard.c.pending + 1, tried_at=now)
        )
        return connection.execute(statement).rowcount == 1

    def _first(self, subject: Subject, now: int) -> bool:
        """The row of a subject that was never tried; False when somebody else just wrote it.

        In a transaction of its own: MariaDB keeps a lock on a row that could not be written twice, and two
        who then wanted to change it would wait for each other.
        """
        row = insert(guard).values(
            subject=subject.hash, customer_id=subject.customer_id, pending=1, wrong=0, tried_at=now
        )
        try:
            with self._store.writing() as connection:
                connection.execute(row)
        except exc.IntegrityError:
            return False
        return True

    def _count_undecided_as_wrong(self, connection: Connection, subject: Subject, now: int) -> None:
        """A process died between counting and deciding: fail closed."""
        statement = (
            update(guard)
            .where(
                guard.c.subject == subject.hash,
                guard.c.pending > 0,
                guard.c.tried_at < now - UNDECIDED_SECONDS,
            )
            .ordered_values(
                (
                    guard.c.locked_at,
                    case((guard.c.wrong + guard.c.pending >= MAX_WRONG, now), else_=guard.c.locked_at),
                ),
                (guard.c.wrong, guard.c.wrong + guard.c.pending),
                (guard.c.pending, 0),
            )
        )
        connection.execute(statement)

    def _read(self, connection: Connection, subject: Subject) -> GuardState | None:
        row = connection.execute(select(guard).where(guard.c.subject == subject.hash)).mappings().first()
        return None if row is None else _state(dict(row))


def _close_what_wants_the_pin(connection: Connection, subject: Subject) -> None:
    """A lock ends no session, but pages that were opened by typing the PIN once more.

    Asked for a login of nobody too: its lock must cost the same statements as that of a customer.
    """
    mine = sessions.c.customer_id == (subject.customer_id or "")
    connection.execute(update(sessions).where(mine, sessions.c.pin_at.is_not(None)).values(pin_at=None))


def _state(row: Mapping[str, Any]) -> GuardState:
    locked_at = row["locked_at"]
    return GuardState(
        subject=Subject(row["subject"], row["customer_id"]),
        wrong=row["wrong"],
        pending=row["pending"],
        tried_at=datetime.fromtimestamp(row["tried_at"], UTC),
        locked_at=None if locked_at is None else datetime.fromtimestamp(locked_at, UTC),
    )

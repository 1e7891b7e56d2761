"""How many different logins may fail from one address, so that a neighbour cannot lock the whole town.

An address that failed on 4 different logins within 24 hours gets no further with logins on which it has not
succeeded; those tries are not counted on anybody. A login that once succeeded from there still works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import delete, exc, insert, select, update
from sqlalchemy.engine import Connection

from wbok.store.database import Store
from wbok.store.guard import Subject
from wbok.store.tables import login_address_subjects as subjects
from wbok.store.tables import login_addresses as addresses

MAX_FAILED_LOGINS = 4
FAILED_SECONDS = 24 * 3600


class AddressRule:
    """`address` is a client's network address as text, already cut to what counts as one client."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def admit(self, address: str, subject: Subject) -> bool:
        """Whether a PIN of this login may be tried from there; takes its place among the four at once."""
        now = int(self._clock().timestamp())
        pair = (subjects.c.address == address, subjects.c.subject == subject.hash)
        with self._alone(address) as connection:
            self._forget_old(connection, address, now)
            known = connection.execute(select(subjects.c.succeeded_at).where(*pair)).first()
            if known is not None and known.succeeded_at is not None:
                return True
            is_free = self._failed(connection, address) < MAX_FAILED_LOGINS
            if is_free and known is None:
                self._add_failed(connection, address, 1)
                connection.execute(
                    insert(subjects).values(address=address, subject=subject.hash, failed_at=now)
                )
            return is_free

    def succeeded(self, address: str, subject: Subject) -> None:
        """Gives the place back: this login belongs here."""
        now = int(self._clock().timestamp())
        mine = (
            subjects.c.address == address,
            subjects.c.subject == subject.hash,
            subjects.c.succeeded_at.is_(None),
        )
        with self._alone(address) as connection:
            if connection.execute(update(subjects).where(*mine).values(succeeded_at=now)).rowcount:
                self._add_failed(connection, address, -1)

    def give_back(self, address: str, subject: Subject) -> None:
        """Nothing failed after all: the PIN was right, but the customer could not be let in."""
        mine = (
            subjects.c.address == address,
            subjects.c.subject == subject.hash,
            subjects.c.succeeded_at.is_(None),
        )
        with self._alone(address) as connection:
            if connection.execute(delete(subjects).where(*mine)).rowcount:
                self._add_failed(connection, address, -1)

    @contextmanager
    def _alone(self, address: str) -> Iterator[Connection]:
        """One transaction that has the address to itself, so that nobody counts at the same time."""
        mine = addresses.c.address == address
        with self._store.reading() as connection:
            is_known = connection.execute(select(addresses.c.failed).where(mine)).first() is not None
        if not is_known:
            self._write_first(address)
        with self._store.writing() as connection:
            connection.execute(select(addresses.c.failed).where(mine).with_for_update())
            yield connection

    def _write_first(self, address: str) -> None:
        # Somebody else may just have written it.
        with suppress(exc.IntegrityError), self._store.writing() as connection:
            connection.execute(insert(addresses).values(address=address, failed=0))

    def _forget_old(self, connection: Connection, address: str, now: int) -> None:
        old = delete(subjects).where(
            subjects.c.address == address,
            subjects.c.succeeded_at.is_(None),
            subjects.c.failed_at < now - FAILED_SECONDS,
        )
        forgotten = connection.execute(old).rowcount
        if forgotten:
            self._add_failed(connection, address, -forgotten)

    def _failed(self, connection: Connection, address: str) -> int:
        found = connection.execute(select(addresses.c.failed).where(addresses.c.address == address)).scalar()
        return int(found or 0)

    def _add_failed(self, connection: Connection, address: str, number: int) -> None:
        mine = addresses.c.address == address
        connection.execute(update(addresses).where(mine).values(failed=addresses.c.failed + number))

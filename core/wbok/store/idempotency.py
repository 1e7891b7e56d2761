"""A form that is sent twice does its work once, and both get the same answer.

The key comes with the form. It is written in the same transaction as the work: who comes second waits for the
first at the database, and finds the outcome, or the place free again when the first one failed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, exc, insert, select, update
from sqlalchemy.engine import Connection

from wbok.store.clearing import clear_away
from wbok.store.database import TRIES, Deadlock, Store
from wbok.store.hashes import key_hash
from wbok.store.tables import idempotency_keys as keys

KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Reserved:
    """`since`: when it was first reserved. `outcome`: None until the work is known to be done."""

    key_hash: str
    since: datetime
    outcome: str | None


class IdempotencyKeys:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def once(self, key: str, *, customer_id: str, work: Callable[[Connection], str]) -> str:
        """The outcome of `work` (at most 255 characters), done now or when the same key came before.

        `work` writes through the connection that it is given; when it raises, nothing of it stays. Clears away
        keys that no form can bring any more.
        """
        clear_away(self._store, keys.c.key_hash, old=keys.c.done_at < self._now() - KEPT_SECONDS)
        hashed = key_hash(customer_id, key)
        tries = 0
        while True:
            known = self._outcome(hashed)
            if known is not None:
                return known
            try:
                outcome = self._work(hashed, work)
            except Deadlock:
                # On MariaDB: several wait for one key, and its owner gives it back.
                tries += 1
                if tries == TRIES:
                    raise
                continue
            if outcome is not None:
                return outcome

    def outcome(self, key: str, *, customer_id: str) -> str | None:
        """None as long as the work of that key is not known to be done."""
        return self._outcome(key_hash(customer_id, key)) or None

    def reserve(self, key: str, *, customer_id: str) -> Reserved:
        """For work in another database, which no transaction here can hold together with the key.

        Whoever finds it without an outcome does not know whether the work was done, is being done, or failed.
        """
        clear_away(self._store, keys.c.key_hash, old=keys.c.done_at < self._now() - KEPT_SECONDS)
        hashed = key_hash(customer_id, key)
        with self._store.writing() as connection:
            self._take(connection, hashed)
        known = select(keys.c.outcome, keys.c.done_at).where(keys.c.key_hash == hashed)
        with self._store.reading() as connection:
            row = connection.execute(known).first()
        # Somebody else may just have given it back.
        since = self._clock() if row is None else datetime.fromtimestamp(row.done_at, UTC)
        return Reserved(hashed, since, (row.outcome or None) if row else None)

    def finish(
        self, reserved: Reserved, outcome: str, *, also: Callable[[Connection], None] | None = None
    ) -> None:
        """`also`: what is written together with the outcome; it may come several times, when a form does."""
        mine = keys.c.key_hash == reserved.key_hash
        with self._store.writing() as connection:
            self._take(connection, reserved.key_hash)
            connection.execute(update(keys).where(mine).values(outcome=outcome))
            if also is not None:
                also(connection)

    def release(self, reserved: Reserved) -> None:
        """The work was refused: nothing was done. What somebody else has done meanwhile stays."""
        mine = keys.c.key_hash == reserved.key_hash
        with self._store.writing() as connection:
            connection.execute(delete(keys).where(mine, keys.c.outcome == ""))

    def _work(self, hashed: str, work: Callable[[Connection], str]) -> str | None:
        """None when somebody else has taken the key meanwhile."""
        with self._store.writing() as connection:
            if not self._take(connection, hashed):
                return None
            outcome = work(connection)
            connection.execute(update(keys).where(keys.c.key_hash == hashed).values(outcome=outcome))
            return outcome

    def _take(self, connection: Connection, hashed: str) -> bool:
        row = insert(keys).values(key_hash=hashed, outcome="", done_at=self._now())
        try:
            with connection.begin_nested():
                connection.execute(row)
        except exc.IntegrityError:
            return False
        return True

    def _outcome(self, hashed: str) -> str | None:
        with self._store.reading() as connection:
            found: str | None = connection.execute(
                select(keys.c.outcome).where(keys.c.key_hash == hashed)
            ).scalar()
        return found

    def _now(self) -> int:
        return int(self._clock().timestamp())

"""PINs of which it is known that they do not open somebody, so that he is not asked again; see access/tries.py.

Only marks are kept: hashes with the PIN key of the customer, of what the billing keeps for him, and of the PIN.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from sqlalchemy import exc, insert, select

from wbok.store.clearing import clear_away
from wbok.store.database import Store
from wbok.store.tables import login_known_wrong as known

KEPT_SECONDS = 400 * 24 * 3600


class KnownWrong:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def among(self, marks: Collection[str]) -> frozenset[str]:
        with self._store.reading() as connection:
            found = connection.execute(select(known.c.mark).where(known.c.mark.in_(marks)))
            return frozenset(found.scalars())

    def remember(self, mark: str) -> None:
        """64 hexadecimal digits. Clears away what is older than a year."""
        now = int(self._clock().timestamp())
        clear_away(self._store, known.c.mark, old=known.c.noted_at < now - KEPT_SECONDS)
        # Somebody else may just have written it.
        with suppress(exc.IntegrityError), self._store.writing() as connection:
            connection.execute(insert(known).values(mark=mark, noted_at=now))

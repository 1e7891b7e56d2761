"""Forms whose sending failed for want of a session, kept for an hour for the same customer and nobody else.

One for each session at most, so nobody can fill the store with them. What is kept is bound to an owner's
mark that the caller makes: without the same mark it is not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import delete, exc, insert, select

from wbok.store.clearing import clear_away
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.tables import kept_forms

KEPT_SECONDS = 3600


class KeptForms:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def keep(self, token: str, *, owner: str, path: str, fields: Mapping[str, str]) -> None:
        """In place of what this session kept before. Clears away what is old."""
        row = {
            "session_hash": key_hash(token),
            "owner": owner,
            "path": path,
            "fields": json.dumps(fields, ensure_ascii=False),
            "kept_at": self._now(),
        }
        clear_away(
            self._store, kept_forms.c.session_hash, old=kept_forms.c.kept_at <= self._now() - KEPT_SECONDS
        )
        try:
            with self._store.writing() as connection:
                connection.execute(delete(kept_forms).where(kept_forms.c.session_hash == row["session_hash"]))
                connection.execute(insert(kept_forms).values(row))
        except exc.IntegrityError:
            # The same form was sent twice at once: the other one keeps it.
            return

    def find(self, token: str, *, owner: str, path: str) -> Mapping[str, str] | None:
        mine = select(kept_forms).where(
            kept_forms.c.session_hash == key_hash(token), kept_forms.c.kept_at > self._now() - KEPT_SECONDS
        )
        with self._store.reading() as connection:
            row = connection.execute(mine).first()
        if row is None or row.owner != owner or row.path != path:
            return None
        fields: dict[str, str] = json.loads(row.fields)
        return fields

    def forget(self, token: str) -> None:
        with self._store.writing() as connection:
            connection.execute(delete(kept_forms).where(kept_forms.c.session_hash == key_hash(token)))

    def _now(self) -> int:
        return int(self._clock().timestamp())

"""A request of somebody who is logged in: his session and what stands around his pages, found in one statement."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exc, insert, select, union_all, update

from wbok.domain.desk import DeskKind
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.sessions import LIVING, Session, Sessions
from wbok.store.signals import FIRST_DAY, Signals, columns, moment, parts, read_signals
from wbok.store.tables import milestones, sessions

SEEN_EVERY_SECONDS = 60
MINE = and_(sessions.c.id_hash == bindparam("id_hash"), LIVING)
SESSION = columns(
    "session",
    *(sessions.c.id_hash, sessions.c.customer_id, sessions.c.customer_name, sessions.c.address),
    *(sessions.c.created_at, sessions.c.seen_at, sessions.c.created_at, sessions.c.pin_at),
)
CUSTOMER = select(sessions.c.customer_hash).where(MINE).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Visit:
    session: Session
    signals: Signals


class Visits:
    def __init__(
        self,
        store: Store,
        sessions: Sessions,
        *,
        clock: Callable[[], datetime],
        desk: DeskKind = DeskKind.PANEL,
    ) -> None:
        # Asked for every page, so it is built once.
        self._find = union_all(select(*SESSION).where(MINE), *parts(CUSTOMER, desk))
        self._store = store
        self._sessions = sessions
        self._clock = clock

    def find(self, token: str) -> Visit | None:
        """Of the living session with this id; notes at most once a minute that it was seen."""
        now = self._clock()
        seconds = int(now.timestamp())
        mine = self._sessions.limits(seconds) | {"id_hash": key_hash(token), "now": seconds}
        with self._store.reading() as connection:
            rows = connection.execute(self._find, mine).mappings().all()
        session = next((row for row in rows if row["part"] == "session"), None)
        if session is None:
            return None
        if session["n2"] <= seconds - SEEN_EVERY_SECONDS:
            self._note_seen(session["t1"], seconds)
        if not any(row["part"] == "first day" for row in rows):
            self.begin(now)
        found = Session(
            id_hash=session["t1"],
            customer_id=session["t2"],
            customer_name=session["t3"],
            address=session["t4"],
            created_at=moment(session["n1"]),
            seen_at=moment(session["n2"]),
            pin_at=None if session["n4"] is None else moment(session["n4"]),
        )
        return Visit(found, read_signals(rows, now=now))

    def begin(self, first_day: datetime) -> None:
        """From this moment on messages can be unread; once said, it stays."""
        row = insert(milestones).values(name=FIRST_DAY, reached_at=int(first_day.timestamp()))
        # Somebody else may just have come first.
        with suppress(exc.IntegrityError), self._store.writing() as connection:
            connection.execute(row)

    def _note_seen(self, id_hash: str, now: int) -> None:
        seen = update(sessions).where(sessions.c.id_hash == id_hash).values(seen_at=now)
        with self._store.writing() as connection:
            connection.execute(seen)

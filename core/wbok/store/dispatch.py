"""The outbox as its senders have it, several at once: each letter is claimed, then marked, then sent.

Every step is one statement that says what the row must be: who died, hangs or comes late changes nothing any more.
A claim whose owner has vanished is free again. A row that was marked as being sent is not: the mail server may have
taken the letter just before its sender died, and nobody but the office can find out. So no letter is sent twice by
itself; no sender can promise more, since a server's answer can always get lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Row, RowMapping, and_, delete, exists, insert, or_, select, update

from wbok.domain.letters import ENDED, Delivery, EmailChoice, Letter, Recipient, To, Topic
from wbok.store.clearing import clear_away
from wbok.store.database import TRIES, Deadlock, Store
from wbok.store.email_choices import CHOSEN, choice_of
from wbok.store.outbox import Outbox
from wbok.store.outbox_tables import MOST_REASON, email_choices, letters, outbox

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 20
LEASE_SECONDS = 15 * 60
"""Longer than one letter takes on a mail server that just does not time out."""
CLOCKS_DIFFER = 60
WAITS = (60, 300, 900, 1800, 3600, 7200, 14400, 28800, 43200, 43200, 86400, 86400, 86400)
"""Seconds between two tries: five days in all, as RFC 5321 (4.5.4.1) has it; then a letter is given up."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter for one recipient, and what he wants where he is a customer. `tries`: how often it failed."""

    id: int
    claim: str
    letter: Letter
    recipient: Recipient
    choice: EmailChoice
    tries: int


def patiently(method: Callable[Concatenate[Dispatch, P], R]) -> Callable[Concatenate[Dispatch, P], R]:
    """What ended in a deadlock is done again: nothing of it was kept."""

    @wraps(method)
    def again(self: Dispatch, /, *arguments: P.args, **more: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return method(self, *arguments, **more)
            except Deadlock:
                continue
        return method(self, *arguments, **more)

    return again


class Dispatch:
    def __init__(self, store: Store, outbox: Outbox, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock

    def claim(self) -> tuple[Claimed, ...]:
        """Some that are due, for whoever asks alone; none when there are none left."""
        while True:
            with self._store.reading() as connection:
                due = select(outbox.c.id).where(self._is_due())
                ids = (
                    connection.execute(due.order_by(outbox.c.due_at, outbox.c.id).limit(AT_ONCE))
                    .scalars()
                    .all()
                )
            if not ids:
                return ()
            claim = secrets.token_hex(16)
            # Others may have been faster with some of them, or with all.
            if self._take(sorted(ids), claim):
                return self._claimed(claim)

    @patiently
    def begin(self, mine: Claimed) -> bool:
        """To be said before the text leaves. False: it is somebody else's by now, and must not be sent."""
        return self._step(mine, Delivery.CLAIMED, status=Delivery.SENDING)

    @patiently
    def sent(self, mine: Claimed) -> None:
        self._step(mine, Delivery.SENDING, Delivery.UNKNOWN, status=Delivery.SENT)

    @patiently
    def unclear(self, mine: Claimed, reason: str) -> None:
        """The text was on its way when the mail server fell silent."""
        self._step(mine, Delivery.SENDING, status=Delivery.UNKNOWN, reason=reason)

    @patiently
    def failed(self, mine: Claimed, reason: str) -> Delivery:
        """It was not taken, but may be later; given up when that was the last try. What became of it."""
        status = Delivery.GIVEN_UP if mine.tries >= len(WAITS) else Delivery.WAITING
        wait = WAITS[min(mine.tries, len(WAITS) - 1)]
        self._step(
            mine,
            *(Delivery.CLAIMED, Delivery.SENDING, Delivery.UNKNOWN),
            status=status,
            reason=reason,
            tries=mine.tries + 1,
            due_at=self._now() + wait,
        )
        return status

    @patiently
    def end(self, mine: Claimed, status: Delivery, reason: str) -> None:
        """For good: GIVEN_UP, NO_ADDRESS or DROPPED."""
        self._step(
            mine,
            *(Delivery.CLAIMED, Delivery.SENDING, Delivery.UNKNOWN),
            status=status,
            reason=reason,
            tries=mine.tries + (status is Delivery.GIVEN_UP),
        )

    @patiently
    def give_back(self, mine: Claimed, reason: str) -> None:
        """Nothing was tried, for a reason that has nothing to do with this letter, but which the office sees."""
        self._step(mine, Delivery.CLAIMED, status=Delivery.WAITING, reason=reason)

    @patiently
    def spread(self, mine: Claimed, addresses: Sequence[str]) -> None:
        """In place of the staff of a ticket come their addresses, each for itself."""
        recipients = [Recipient(To.ADDRESS, address) for address in dict.fromkeys(addresses)]
        still_mine = and_(outbox.c.id == mine.id, outbox.c.claim == mine.claim)
        with self._store.writing() as connection:
            if connection.execute(delete(outbox).where(still_mine)).rowcount == 1:
                connection.execute(insert(outbox), self._outbox.rows(mine.letter.key, recipients))

    def recover(self) -> int:
        """Frees what senders who are gone had claimed. How many letters they were sending: these are unknown."""
        unknown = 0
        for status, after, reason in (
            (Delivery.CLAIMED, Delivery.WAITING, ""),
            (Delivery.SENDING, Delivery.UNKNOWN, "the sender died while it was sent"),
        ):
            with self._store.reading() as connection:
                lost = select(outbox.c.id, outbox.c.claim).where(outbox.c.status == status, self._is_lost())
                rows = connection.execute(lost.order_by(outbox.c.id)).all()
            for row in rows:
                was_so = self._leave(row, status, after, reason)
                unknown += was_so and after is Delivery.UNKNOWN
        return unknown

    def clear(self, *, keep_days: int) -> None:
        """What ended long ago goes, and the texts that nobody waits for."""
        before = self._now() - keep_days * 24 * 3600
        clear_away(
            self._store, outbox.c.id, old=and_(outbox.c.status.in_(ENDED), outbox.c.changed_at < before)
        )
        is_waited_for = exists().where(outbox.c.letter == letters.c.key)
        clear_away(self._store, letters.c.key, old=and_(letters.c.written_at < before, ~is_waited_for))

    @patiently
    def _take(self, ids: Sequence[int], claim: str) -> bool:
        mine = and_(outbox.c.id.in_(ids), outbox.c.status == Delivery.WAITING)
        taken = (
            update(outbox).where(mine).values(status=Delivery.CLAIMED, claim=claim, changed_at=self._now())
        )
        with self._store.writing() as connection:
            return connection.execute(taken).rowcount > 0

    def _claimed(self, claim: str) -> tuple[Claimed, ...]:
        o = outbox.c
        is_his = and_(email_choices.c.customer_hash == o.recipient_hash, o.recipient_kind == To.CUSTOMER)
        found = (
            select(o.id, o.recipient_kind, o.recipient, o.tries, letters, *CHOSEN)
            .join(letters, letters.c.key == o.letter)
            .outerjoin(email_choices, is_his)
            .where(o.claim == claim, o.status == Delivery.CLAIMED)
            .order_by(o.id)
        )
        with self._store.reading() as connection:
            return tuple(_read(row, claim) for row in connection.execute(found).mappings())

    @patiently
    def _leave(self, row: Row[*tuple[Any, ...]], status: Delivery, after: Delivery, reason: str) -> bool:
        same = and_(outbox.c.id == row.id, outbox.c.claim == row.claim, outbox.c.status == status)
        left = update(outbox).where(same).values(status=after, reason=reason, changed_at=self._now())
        with self._store.writing() as connection:
            return connection.execute(left).rowcount == 1

    def _step(self, mine: Claimed, *before: Delivery, status: Delivery, **values: object) -> bool:
        same = and_(outbox.c.id == mine.id, outbox.c.claim == mine.claim, outbox.c.status.in_(before))
        reason = str(values.get("reason", ""))[:MOST_REASON]
        values = {**values, "reason": reason, "status": status, "changed_at": self._now()}
        with self._store.writing() as connection:
            return connection.execute(update(outbox).where(same).values(values)).rowcount == 1

    def _is_due(self) -> ColumnElement[bool]:
        """A clock that was set back makes nobody wait for the day on which it was last tried."""
        o, now = outbox.c, self._now()
        return and_(
            o.status == Delivery.WAITING,
            or_(o.due_at <= now, and_(o.tries > 0, o.changed_at > now + CLOCKS_DIFFER)),
        )

    def _is_lost(self) -> ColumnElement[bool]:
        changed, now = outbox.c.changed_at, self._now()
        return or_(changed <= now - LEASE_SECONDS, changed > now + CLOCKS_DIFFER)

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _read(row: RowMapping, claim: str) -> Claimed:
    valid_to = row["valid_to"]
    letter = Letter(
        key=row["key"],
        topic=Topic(row["topic"]),
        title=row["title"],
        body=row["body"],
        number=row["number"],
        customer_id=row["customer_id"],
        author=row["author"],
        phone=row["phone"],
        link=row["link"],
        valid_to=None if valid_to is None else datetime.fromtimestamp(valid_to, UTC),
    )
    return Claimed(
        id=row["id"],
        claim=claim,
        letter=letter,
        recipient=Recipient(To(row["recipient_kind"]), row["recipient"]),
        choice=choice_of(row),
        tries=row["tries"],
    )

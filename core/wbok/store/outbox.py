"""E-mail that is to leave the panel: written here together with what causes it, sent by `wbok outbox send`.

Where no mail server is configured nothing is ever written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, exc, func, insert, literal, select, true, update
from sqlalchemy.engine import Connection

from wbok.domain.letters import COPY_OF, RETRIED, Delivery, Letter, Recipient, To, Topic
from wbok.domain.messages import MessageKind
from wbok.errors import NotFound
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.outbox_tables import email_choices, letters, outbox
from wbok.store.tables import message_recipients

AT_ONCE = timedelta()


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A letter for one recipient, as the office sees it. `due_at` None: as soon as possible, or never."""

    id: int
    topic: Topic
    title: str
    recipient: Recipient
    status: Delivery
    tries: int
    changed_at: datetime
    due_at: datetime | None
    reason: str


class Outbox:
    """`is_open` False: nothing leaves this panel."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime], is_open: bool) -> None:
        self._store = store
        self._clock = clock
        self.is_open = is_open

    def put_within(
        self,
        connection: Connection,
        letter: Letter,
        recipients: Iterable[Recipient],
        *,
        hold: timedelta = AT_ONCE,
    ) -> None:
        """In the transaction of whoever calls: both happen, or neither. The same letter twice is one.

        `hold`: so long it is kept back, unless it is put again with no `hold`.
        """
        to = list(dict.fromkeys(recipients))
        if not self.is_open or not to:
            return
        due_at = self._now() + int(hold.total_seconds()) if hold else 0
        if self._write(connection, letter):
            connection.execute(insert(outbox), self.rows(letter.key, to, due_at=due_at))
        elif not hold:
            o = outbox.c
            held = update(outbox).where(o.letter == letter.key, o.status == Delivery.WAITING, o.tries == 0)
            connection.execute(held.values(due_at=0))

    def copy_within(
        self, connection: Connection, letter: Letter, *, delivery: str | None, not_before: datetime
    ) -> int:
        """To those of a message's recipients who want copies; `delivery` None: everybody. How many they are.

        One statement, however many there are: their addresses are looked up when it is sent.
        """
        if not self.is_open or not self._write(connection, letter):
            return 0
        wanted = self._wanting(letter, delivery, due_at=int(not_before.timestamp()))
        columns = ("letter", "recipient_kind", "recipient", "recipient_hash", *self._new(0))
        copied = insert(outbox).from_select(columns, wanted)
        found = connection.execute(copied, execution_options={"preserve_rowcount": True}).rowcount
        if found == 0:
            connection.execute(delete(letters).where(letters.c.key == letter.key))
        return found

    def rows(self, key: str, recipients: Iterable[Recipient], *, due_at: int = 0) -> list[dict[str, object]]:
        """Of the table `outbox`; `due_at` 0: to be sent as soon as possible."""
        return [
            {
                "letter": key,
                "recipient_kind": one.to.value,
                "recipient": one.name,
                "recipient_hash": _recipient_hash(one),
                **self._new(due_at),
            }
            for one in recipients
        ]

    def entries(self, *, statuses: Sequence[Delivery] = (), limit: int) -> tuple[OutboxEntry, ...]:
        """What has changed last comes first."""
        o = outbox.c
        found = select(outbox, letters.c.topic, letters.c.title).join(letters, letters.c.key == o.letter)
        if statuses:
            found = found.where(o.status.in_(statuses))
        with self._store.reading() as connection:
            rows = connection.execute(found.order_by(o.changed_at.desc(), o.id.desc()).limit(limit)).all()
        return tuple(map(_entry, rows))

    def counts(self) -> dict[Delivery, int]:
        counted = select(outbox.c.status, func.count()).group_by(outbox.c.status)
        with self._store.reading() as connection:
            return {Delivery(status): number for status, number in connection.execute(counted)}

    def retry(self, entry_id: int) -> Delivery:
        """Has it sent once more; what it was before. Raises NotFound for what is not there, or not RETRIED."""
        o = outbox.c
        with self._store.writing() as connection:
            status = connection.execute(
                select(o.status).where(o.id == entry_id, o.status.in_(RETRIED)).with_for_update()
            ).scalar()
            if status is None:
                raise NotFound("entry of the outbox")
            connection.execute(update(outbox).where(o.id == entry_id).values(self._new(0)))
        return Delivery(status)

    def given_up(self) -> tuple[int, ...]:
        """Ids of all that were given up."""
        o = outbox.c
        with self._store.reading() as connection:
            ids = connection.execute(select(o.id).where(o.status == Delivery.GIVEN_UP).order_by(o.id))
            return tuple(ids.scalars())

    def _write(self, connection: Connection, letter: Letter) -> bool:
        """False when the letter is there already."""
        row = {
            "key": letter.key,
            "topic": letter.topic.value,
            "title": letter.title[:255],
            "body": letter.body,
            "number": letter.number,
            "customer_id": letter.customer_id,
            "author": letter.author and letter.author[:255],
            "phone": letter.phone and letter.phone[:60],
            "link": letter.link,
            "valid_to": None if letter.valid_to is None else int(letter.valid_to.timestamp()),
            "written_at": self._now(),
        }
        try:
            with connection.begin_nested():
                connection.execute(insert(letters), row)
        except exc.IntegrityError:
            return False
        return True

    def _wanting(self, letter: Letter, delivery: str | None, *, due_at: int) -> Any:
        c, r = email_choices.c, message_recipients.c
        values = self._new(0 if due_at <= self._now() else due_at)
        wanted = select(
            literal(letter.key).label("letter"),
            literal(To.CUSTOMER.value).label("recipient_kind"),
            c.customer_id,
            c.customer_hash,
            *(literal(value, outbox.c[name].type).label(name) for name, value in values.items()),
        ).where(c[letter.topic.value] == true())
        if delivery is not None:
            wanted = wanted.join(
                message_recipients, (r.customer_hash == c.customer_hash) & (r.delivery_id == delivery)
            )
        return wanted

    def _new(self, due_at: int) -> dict[str, object]:
        return {
            "status": Delivery.WAITING.value,
            "tries": 0,
            "claim": None,
            "due_at": due_at,
            "changed_at": self._now(),
            "reason": "",
        }

    def _now(self) -> int:
        return int(self._clock().timestamp())


def copy_of(
    *,
    message_id: str,
    kind: MessageKind,
    title: str,
    body: str,
    link: str | None,
    valid_to: datetime | None,
) -> Letter:
    """Of a message of the panel's own."""
    return Letter(
        key=key_hash("copy", message_id),
        topic=COPY_OF[kind],
        title=title,
        body=body,
        link=link,
        valid_to=valid_to,
    )


def _recipient_hash(one: Recipient) -> str:
    """Of a customer the hash that he has everywhere, so that his choice is found by it."""
    return key_hash(one.name) if one.to is To.CUSTOMER else key_hash(one.to, one.name)


def _entry(row: Row[Any]) -> OutboxEntry:
    is_later = row.status == Delivery.WAITING and row.due_at > 0
    return OutboxEntry(
        id=row.id,
        topic=Topic(row.topic),
        title=row.title,
        recipient=Recipient(To(row.recipient_kind), row.recipient),
        status=Delivery(row.status),
        tries=row.tries,
        changed_at=datetime.fromtimestamp(row.changed_at, UTC),
        due_at=datetime.fromtimestamp(row.due_at, UTC) if is_later else None,
        reason=row.reason,
    )

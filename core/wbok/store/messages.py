"""The panel's own messages: sent to everybody or to named customers, read and confirmed by each for himself.

Who gets a message is settled when it is sent. A message is seen by all of its recipients at the same moment:
their rows are written first, in short transactions, and the message itself last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, exc, insert, select
from sqlalchemy.engine import Connection

from wbok.domain.messages import MessageKind
from wbok.store.database import Store
from wbok.store.drafts import Draft
from wbok.store.hashes import key_hash
from wbok.store.tables import message_recipients, messages

BATCH = 2000


class Messages:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def send(
        self,
        *,
        kind: MessageKind,
        title: str,
        body: str,
        recipients: Sequence[str] | None,
        urgent: bool = False,
        valid_from: datetime | None = None,
        valid_to: datetime | None = None,
        key: str | None = None,
        link: str | None = None,
    ) -> str:
        """The message's id, the known one when the same key came before. See Draft for what each means.

        Raises MessageRefused.
        """
        draft = Draft(
            kind=kind,
            title=title,
            body=body,
            recipients=recipients,
            urgent=urgent,
            valid_from=valid_from,
            valid_to=valid_to,
            key=key,
            link=link,
        )
        return self.deliver(draft)

    def deliver(self, draft: Draft) -> str:
        """As `send`."""
        message_id = draft.message_id()
        row = draft.row(message_id, now=self._clock())
        if draft.key is not None:
            if self._is_sent(message_id):
                return message_id
            self._drop_strangers(message_id, draft)
        for batch in _batches(message_id, draft.recipients or ()):
            self._address(message_id, batch)
        with self._store.writing() as connection:
            _write(connection, row)
        return message_id

    def known(self, draft: Draft) -> str | None:
        """The message that was sent under the same key. Raises MessageRefused for what could not be sent."""
        message_id = draft.message_id()
        draft.row(message_id, now=self._clock())
        return message_id if draft.key is not None and self._is_sent(message_id) else None

    def send_within(
        self,
        connection: Connection,
        *,
        kind: MessageKind,
        title: str,
        body: str,
        recipients: Sequence[str],
        urgent: bool = False,
        key: str | None = None,
        link: str | None = None,
    ) -> str:
        """As `send`, for a few recipients, in the transaction of whoever calls: both happen, or neither."""
        draft = Draft(
            kind=kind, title=title, body=body, recipients=recipients, urgent=urgent, key=key, link=link
        )
        message_id = draft.message_id()
        if _write(connection, draft.row(message_id, now=self._clock())):
            for batch in _batches(message_id, recipients):
                connection.execute(insert(message_recipients), batch)
        return message_id

    def _is_sent(self, message_id: str) -> bool:
        with self._store.reading() as connection:
            return (
                connection.execute(select(messages.c.id).where(messages.c.id == message_id)).first()
                is not None
            )

    def _drop_strangers(self, message_id: str, draft: Draft) -> None:
        """Whom an earlier try under the same key addressed, which was cut off and had other recipients."""
        mine = message_recipients.c.message_id == message_id
        with self._store.reading() as connection:
            there = set(connection.execute(select(message_recipients.c.customer_hash).where(mine)).scalars())
        if not there:
            return
        batches = _batches(message_id, draft.recipients or ())
        strangers = there.difference(row["customer_hash"] for batch in batches for row in batch)
        with self._store.writing() as connection:
            for stranger in sorted(strangers):
                connection.execute(
                    delete(message_recipients).where(mine, message_recipients.c.customer_hash == stranger)
                )

    def _address(self, message_id: str, batch: list[dict[str, Any]]) -> None:
        """Writes who gets the message; whoever was written by an earlier try or by somebody else stays."""
        while True:
            missing = self._missing(message_id, batch)
            if not missing:
                return
            try:
                with self._store.writing() as connection:
                    connection.execute(insert(message_recipients), missing)
                return
            except exc.IntegrityError:
                continue

    def _missing(self, message_id: str, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        hashes = [row["customer_hash"] for row in batch]
        known = select(message_recipients.c.customer_hash).where(
            message_recipients.c.message_id == message_id, message_recipients.c.customer_hash.in_(hashes)
        )
        with self._store.reading() as connection:
            there = set(connection.execute(known).scalars())
        return [row for row in batch if row["customer_hash"] not in there]


def _write(connection: Connection, row: dict[str, object]) -> bool:
    """False when the message is already there."""
    try:
        with connection.begin_nested():
            connection.execute(insert(messages), row)
    except exc.IntegrityError:
        return False
    return True


def _batches(message_id: str, customers: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """Each customer once, in one order, so that two who send at once never wait for each other in a ring."""
    hashes = iter(sorted({key_hash(customer_id) for customer_id in customers}))
    while batch := [{"customer_hash": h, "message_id": message_id} for h in islice(hashes, BATCH)]:
        yield batch

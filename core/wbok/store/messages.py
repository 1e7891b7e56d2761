"""The panel's own messages: sent to everybody or to named customers, read and confirmed by each for himself.

Who gets a message is settled when it is sent. All of its recipients see it at the same moment: they are written
first, in short transactions, and the message itself last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exc, insert, select
from sqlalchemy.engine import Connection

from wbok.domain.messages import MessageKind
from wbok.errors import MessageRefused
from wbok.store.database import Store
from wbok.store.deliveries import Addressed, Deliveries, address, new_delivery
from wbok.store.drafts import Draft
from wbok.store.hashes import key_hash
from wbok.store.message_files import FileToWrite, digests_of
from wbok.store.outbox import Outbox, copy_of
from wbok.store.tables import messages


@dataclass(frozen=True, slots=True)
class Sent:
    """`is_first` False: it was sent under the same key before. `copies`: how many get it by e-mail too."""

    message_id: str
    is_first: bool
    copies: int = 0


class Messages:
    """`outbox`: where copies by e-mail go; without it there are none."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime], outbox: Outbox | None = None) -> None:
        self._store = store
        self._clock = clock
        self._outbox = outbox
        self._deliveries = Deliveries(store, clock=clock)

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
        return self.deliver(draft).message_id

    def deliver(self, draft: Draft) -> Sent:
        """As `send`."""
        known = self.known(draft)
        if known is not None:
            return Sent(known, is_first=False)
        message_id, now = draft.message_id(), self._clock()
        addressed = Addressed(message_id, draft.begins(now), draft.urgent)
        delivery = self._deliveries.prepare(draft.recipients or (), addressed, _files(draft))
        row = draft.row(message_id, delivery_id=delivery, now=now)
        with self._store.writing() as connection:
            is_first, copies = _write(connection, row), 0
            if is_first:
                self._deliveries.complete(connection, delivery)
                copies = self._copy(connection, draft, message_id, delivery)
        if not is_first:
            self._deliveries.drop(delivery)
            self.known(draft)
        return Sent(message_id, is_first=is_first, copies=copies)

    def _copy(self, connection: Connection, draft: Draft, message_id: str, delivery: str) -> int:
        if self._outbox is None:
            return 0
        letter = copy_of(
            message_id=message_id,
            kind=draft.kind,
            title=draft.title.strip(),
            body=draft.plain,
            link=draft.link,
            valid_to=draft.valid_to,
            attached=tuple(file.name for file in draft.files),
        )
        return self._outbox.copy_within(
            connection,
            letter,
            delivery=None if draft.recipients is None else delivery,
            not_before=draft.valid_from or self._clock(),
        )

    def known(self, draft: Draft) -> str | None:
        """The message that was sent under the same key.

        Raises MessageRefused for what could not be sent, and when it was another message.
        """
        draft.check(self._clock())
        if draft.key is None:
            return None
        message_id = draft.message_id()
        with self._store.reading() as connection:
            sent = connection.execute(select(messages).where(messages.c.id == message_id)).first()
        if sent is None:
            return None
        attached = digests_of(self._store, sent.delivery_id) if sent.files else frozenset()
        if not draft.says(sent._asdict(), attached=attached):
            raise MessageRefused(
                f'Under this key another message was sent already: "{sent.title}". Choose another key.'
            )
        self._check_recipients(draft, sent.delivery_id)
        return message_id

    def _check_recipients(self, draft: Draft, delivery: str) -> None:
        """Whoever counts on it must not believe that others were told."""
        if draft.recipients is None:
            return
        told = self._deliveries.addressed(delivery)
        asked = {key_hash(customer_id) for customer_id in draft.recipients}
        if asked != told:
            raise MessageRefused(
                "Under this key this message was sent to other customers already. "
                f"Who would get it now and did not then: {len(asked - told)}; "
                f"who got it then and would not now: {len(told - asked)}. Choose another key."
            )

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
        message_id, delivery, now = draft.message_id(), new_delivery(), self._clock()
        if _write(connection, draft.row(message_id, delivery_id=delivery, now=now)):
            address(connection, delivery, recipients, Addressed(message_id, draft.begins(now), urgent))
        return message_id


def _files(draft: Draft) -> tuple[FileToWrite, ...]:
    return tuple(FileToWrite(file, is_legal=file is draft.legal) for file in draft.files)


def _write(connection: Connection, row: dict[str, object]) -> bool:
    """False when the message is already there."""
    try:
        with connection.begin_nested():
            connection.execute(insert(messages), row)
    except exc.IntegrityError:
        return False
    return True

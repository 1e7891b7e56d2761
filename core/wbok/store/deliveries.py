"""To whom a message goes and what goes with it, written before the message itself.

Each try to send is a delivery of its own, with its own rows: two who send under one key at once, or a try that was
cut off, never mix their recipients. Nobody sees a delivery until a message names it, and one only does.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from wbok.errors import StoreUnavailable
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.message_files import FileToWrite, drop_files, write_file
from wbok.store.tables import deliveries, message_recipients

BATCH = 2000
MOST_SECONDS = 24 * 3600
"""What began before and is not done will not be: it is cleared away."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """What stands with each recipient of the message to come; nothing where there will be none."""

    message_id: str | None = None
    valid_from: int = 0
    urgent: bool = False


class Deliveries:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def prepare(
        self, customers: Sequence[str], addressed: Addressed, files: Sequence[FileToWrite] = ()
    ) -> str:
        """The delivery's id. In short transactions, however many customers there are."""
        self._clear()
        delivery = new_delivery()
        with self._store.writing() as connection:
            connection.execute(insert(deliveries).values(id=delivery, began_at=self._now()))
        for batch in _batches(delivery, customers, addressed):
            with self._store.writing() as connection:
                connection.execute(insert(message_recipients), batch)
        for place, file in enumerate(files):
            with self._store.writing() as connection:
                write_file(connection, delivery, file, place=place)
        return delivery

    def complete(self, connection: Connection, delivery: str) -> None:
        """In the transaction that writes the message. Raises StoreUnavailable when it was cleared away."""
        if connection.execute(delete(deliveries).where(deliveries.c.id == delivery)).rowcount != 1:
            raise StoreUnavailable("the message took longer than a day to send and was not sent")

    def addressed(self, delivery: str) -> frozenset[str]:
        """The hashes of its recipients."""
        r = message_recipients.c
        with self._store.reading() as connection:
            return frozenset(
                connection.execute(select(r.customer_hash).where(r.delivery_id == delivery)).scalars()
            )

    def drop(self, delivery: str) -> None:
        """A message went out without it."""
        with self._store.writing() as connection:
            drop_files(connection, delivery)
            connection.execute(delete(message_recipients).where(message_recipients.c.delivery_id == delivery))
            connection.execute(delete(deliveries).where(deliveries.c.id == delivery))

    def _clear(self) -> None:
        old = select(deliveries.c.id).where(deliveries.c.began_at < self._now() - MOST_SECONDS)
        with self._store.reading() as connection:
            found = connection.execute(old).scalars().all()
        for delivery in found:
            self.drop(delivery)

    def _now(self) -> int:
        return int(self._clock().timestamp())


def new_delivery() -> str:
    return secrets.token_hex(16)


def address(connection: Connection, delivery: str, customers: Sequence[str], addressed: Addressed) -> None:
    """Writes who gets the message, in the transaction that writes the message."""
    for batch in _batches(delivery, customers, addressed):
        connection.execute(insert(message_recipients), batch)


def _batches(
    delivery: str, customers: Sequence[str], addressed: Addressed
) -> Iterator[list[dict[str, object]]]:
    """Each customer once."""
    known = iter(sorted({key_hash(customer_id): customer_id for customer_id in customers}.items()))
    same = {"delivery_id": delivery, "is_unread": True, **asdict(addressed)}
    while batch := [
        {"customer_hash": mine, "customer_id": customer_id, **same}
        for mine, customer_id in islice(known, BATCH)
    ]:
        yield batch

"""To whom a message goes, written before the message itself.

Each try to send is a delivery of its own, with its own rows: two who send under one key at once, or a try that was
cut off, never mix their recipients. Nobody sees a delivery until a message names it, and one only does.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from wbok.errors import StoreUnavailable
from wbok.store.database import Store
from wbok.store.hashes import key_hash
from wbok.store.tables import deliveries, message_recipients

BATCH = 2000
MOST_SECONDS = 24 * 3600
"""What began before and is not done will not be: it is cleared away."""


@dataclass(frozen=True, slots=True)
class Told:
    """What recipients' rows know of the message. `valid_from`: seconds since 1970."""

    valid_from: int
    urgent: bool


class Deliveries:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def prepare(self, customers: Sequence[str], told: Told) -> str:
        """The delivery's id. In short transactions, however many customers there are."""
        self._clear()
        delivery = new_delivery()
        with self._store.writing() as connection:
            connection.execute(insert(deliveries).values(id=delivery, began_at=self._now()))
        for batch in _batches(delivery, customers, told):
            with self._store.writing() as connection:
                connection.execute(insert(message_recipients), batch)
        return delivery

    def complete(self, connection: Connection, delivery: str) -> None:
        """In the transaction that writes the message. Raises StoreUnavailable when it was cleared away."""
        if connection.execute(delete(deliveries).where(deliveries.c.id == delivery)).rowcount != 1:
            raise StoreUnavailable("the message took longer than a day to send and was not sent")

    def drop(self, delivery: str) -> None:
        """A message went out without it."""
        with self._store.writing() as connection:
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


def address(connection: Connection, delivery: str, customers: Sequence[str], told: Told) -> None:
    """Writes who gets the message, in the transaction that writes the message."""
    for batch in _batches(delivery, customers, told):
        connection.execute(insert(message_recipients), batch)


def _batches(delivery: str, customers: Sequence[str], told: Told) -> Iterator[list[dict[str, object]]]:
    """Each customer once."""
    hashes = iter(sorted({key_hash(customer_id) for customer_id in customers}))
    row = {"delivery_id": delivery, "valid_from": told.valid_from, "urgent": told.urgent, "is_unread": True}
    while batch := [{"customer_hash": h, **row} for h in islice(hashes, BATCH)]:
        yield batch

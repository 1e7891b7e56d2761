"""Outages that the office has reported: to everybody, or to named customers as a message is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update

from wbok.domain.blank import is_blank, is_storable
from wbok.domain.outages import Outage, ReportedOutage
from wbok.errors import MessageRefused, NotFound
from wbok.store.database import Store
from wbok.store.deliveries import Addressed, Deliveries
from wbok.store.signals import moment
from wbok.store.tables import message_recipients as recipients
from wbok.store.tables import outages

MAX_TEXT = 300
LONGEST = timedelta(days=31)
KEPT = timedelta(days=30)
"""What has ended is cleared away then: the audit has it for good."""


class Outages:
    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._deliveries = Deliveries(store, clock=clock)

    def check(self, text: str, customers: Sequence[str] | None, *, until: datetime) -> None:
        """Raises MessageRefused for what cannot be reported."""
        if is_blank(text) or not is_storable(text):
            raise MessageRefused(
                "The outage has no text that can be shown. Say what does not work, and where."
            )
        if len(text) > MAX_TEXT:
            raise MessageRefused(f"The text has {len(text)} characters; {MAX_TEXT} are the most.")
        if customers is not None and not customers:
            raise MessageRefused("There is nobody whom the outage would hit.")
        self._check_end(until)

    def report(self, text: str, customers: Sequence[str] | None, *, until: datetime) -> int:
        """`customers` None: everybody. The outage's number. Raises MessageRefused."""
        self.check(text, customers, until=until)
        self._clear()
        delivery = self._deliveries.prepare(customers or (), Addressed())
        row = {
            "text": " ".join(text.split()),
            "to_all": customers is None,
            "delivery_id": delivery,
            "began_at": self._now(),
            "until_at": int(until.timestamp()),
            "ended_at": None,
        }
        with self._store.writing() as connection:
            key = connection.execute(insert(outages), row).inserted_primary_key
            self._deliveries.complete(connection, delivery)
        assert key is not None
        return int(key[0])

    def end(self, number: int) -> None:
        """Raises NotFound for one that is over already, too."""
        self._change(number, ended_at=self._now())

    def prolong(self, number: int, *, until: datetime) -> None:
        """Raises NotFound for one that is over already, too; MessageRefused."""
        self._check_end(until)
        self._change(number, until_at=int(until.timestamp()))

    def current(self) -> tuple[ReportedOutage, ...]:
        """The newest first."""
        o = outages.c
        its = recipients.c.delivery_id == o.delivery_id
        number = select(func.count()).select_from(recipients).where(its).scalar_subquery()
        found = select(outages, number.label("customers")).where(self._is_current()).order_by(o.id.desc())
        with self._store.reading() as connection:
            return tuple(map(_reported, connection.execute(found)))

    def _check_end(self, until: datetime) -> None:
        now = self._clock()
        if until <= now:
            raise MessageRefused("The outage would be over already. Give a later end.")
        if until > now + LONGEST:
            raise MessageRefused(f"An outage may be reported for {LONGEST.days} days at the most.")

    def _change(self, number: int, **values: int) -> None:
        changed = update(outages).where(outages.c.id == number, self._is_current()).values(values)
        with self._store.writing() as connection:
            if connection.execute(changed).rowcount != 1:
                raise NotFound("outage")

    def _is_current(self) -> ColumnElement[bool]:
        return and_(outages.c.ended_at.is_(None), outages.c.until_at > self._now())

    def _clear(self) -> None:
        o, before = outages.c, self._now() - int(KEPT.total_seconds())
        old = select(o.id, o.delivery_id).where(or_(o.until_at < before, o.ended_at < before))
        with self._store.reading() as connection:
            rows = connection.execute(old).all()
        for row in rows:
            self._deliveries.drop(row.delivery_id)
            with self._store.writing() as connection:
                connection.execute(delete(outages).where(o.id == row.id))

    def _now(self) -> int:
        return int(self._clock().timestamp())


def _reported(row: Row[Any]) -> ReportedOutage:
    outage = Outage(row.id, row.text, moment(row.began_at), moment(row.until_at))
    return ReportedOutage(outage, None if row.to_all else row.customers)

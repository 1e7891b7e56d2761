"""An LMS with nothing but a helpdesk and a few customers, and its staff at work in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select, update

from bench.lms.tickets import MARTA, NOTE, write_helpdesk
from bench.lms.writer import Writer
from support.clock import HandClock
from support.kept import Kept
from support.places import engine_of
from wbok.adapters.lms.tables.people import customercontacts, customers
from wbok.adapters.lms.tables.settings import uiconfig
from wbok.adapters.lms.tables.tickets import (
    rtattachments,
    rtcategories,
    rtmessages,
    rtqueues,
    rtrights,
    rtticketcategories,
    rttickets,
    users,
)
from wbok.domain.desk import DeskKind, ticket_place

TABLES: list[Table] = [
    customers,
    customercontacts,
    uiconfig,
    users,
    rtqueues,
    rtrights,
    rtcategories,
    rttickets,
    rtmessages,
    rtticketcategories,
    rtattachments,
]


class LmsOffice:
    """The staff of LMS, who write with LMS's own program, as it is at `clock`."""

    def __init__(self, url: str, clock: HandClock) -> None:
        self.url = url
        self.engine: Engine = engine_of(url)
        self._clock = clock

    def answer(self, number: str, text: str, **more: object) -> None:
        self._post(number, text, **{"userid": MARTA} | more)

    def note(self, number: str, text: str) -> None:
        self._post(number, text, userid=MARTA, type=NOTE)

    def set(self, number: str, **values: object) -> None:
        mine = rttickets.c.id == place(number)
        with self.engine.begin() as connection:
            connection.execute(update(rttickets).where(mine).values({"modtime": self._now(), **values}))

    def resolve(self, number: str, text: str) -> None:
        self.answer(number, text)
        self.set(number, state=2, resolvetime=self._now())

    def configure(
        self, name: str, value: str, division: int | None = None, *, section: str = "userpanel"
    ) -> None:
        row = {"section": section, "var": name, "value": value, "divisionid": division}
        with self.engine.begin() as connection:
            connection.execute(
                uiconfig.delete().where(uiconfig.c.var == name, uiconfig.c.divisionid == division)
            )
            connection.execute(insert(uiconfig).values(row))

    def rows(self, table: Table) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            found = connection.execute(select(table).order_by(table.c.id)).mappings()
            return [dict(row) for row in found]

    def count(self, table: Table) -> int:
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar_one()

    def _post(self, number: str, text: str, **more: object) -> None:
        row = {
            "ticketid": place(number),
            "createtime": self._now(),
            "body": text,
            "headers": "",
            "contenttype": "text/plain",
        }
        with self.engine.begin() as connection:
            connection.execute(insert(rtmessages).values(row | more))

    def _now(self) -> int:
        return int(self._clock().timestamp())


@contextmanager
def lent_lms(kept: Kept, dialect: str, clock: HandClock, *, people: tuple[int, ...]) -> Iterator[LmsOffice]:
    """As `small_lms`, for a test that leaves it to the next one."""

    def fill(url: str) -> None:
        small_lms(url, clock, people=people)

    with kept.lent(dialect, fill, name=people, metadata=rtmessages.metadata) as url:
        yield LmsOffice(url, clock)


def small_lms(url: str, clock: HandClock, *, people: Iterable[int]) -> LmsOffice:
    """With these customers, who have an e-mail address each."""
    office = LmsOffice(url, clock)
    rtmessages.metadata.create_all(office.engine, tables=TABLES)
    with office.engine.begin() as connection:
        writer = Writer(connection, tuple(TABLES))
        write_helpdesk(writer)
        for customer in people:
            writer.add(customers, id=customer, lastname="Brzozowska", name="Halina", status=3)
            for contact, kind in (
                ("600 000 427", 1),
                ("dawny@example.pl", 8 | 16384),
                ("h@example.pl", 8 | 32),
            ):
                writer.add(customercontacts, customerid=customer, contact=contact, type=kind)
        writer.finish()
    return office


def place(number: str) -> int:
    found = ticket_place(number, desk=DeskKind.BILLING)
    assert found is not None
    return found

"""A whole made-up LMS in an empty database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine

from bench.lms import logins, odd, people
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import SCHEMA_VERSION, metadata
from wbok.adapters.lms.tables.settings import dbinfo

FIRST_PLAIN = 101
FLUSHED_AFTER = 100

Part = Callable[[Writer, int], None]


def build(engine: Engine, *, customers: int, now: datetime) -> None:
    """`customers`: how many there are beside the odd ones. `now`: aware."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        _fill(connection, customers, now)


def _fill(connection: Connection, customers: int, now: datetime) -> None:
    writer = Writer(connection, tuple(metadata.sorted_tables))
    writer.add(dbinfo, keytype="dbversion", keyvalue=str(SCHEMA_VERSION))
    people.write_tariffs(writer)
    people.write_divisions(writer)
    odd.write_odd_people(writer, now=now)
    logins.write_logins(writer, now=now)
    for place in range(customers):
        people.write_plain_customer(writer, FIRST_PLAIN + place, now=now)
        if place % FLUSHED_AFTER == 0:
            writer.flush()
    writer.finish()

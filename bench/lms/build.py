"""A whole made-up LMS in an empty database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from bench.lms import finance, logins, odd, odd_finance, odd_tickets, people, telephone, tickets
from bench.lms.messages import Messages, write_mass_messages, write_odd_messages
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import SCHEMA_VERSION, metadata
from wbok.adapters.lms.tables.settings import dbinfo

FIRST_PLAIN = 101
FLUSHED_AFTER = 100

Part = Callable[[Writer, int], None]


@dataclass(frozen=True, slots=True)
class Volume:
    """How much each of the many customers has: months with an invoice, calls of three months, messages."""

    months: int = 36
    calls: int = 300
    messages: int = 20


def build(engine: Engine, *, customers: int, now: datetime, volume: Volume = Volume()) -> None:
    """`customers`: how many there are beside the odd ones. `now`: aware."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        _fill(connection, customers, now, volume)


def gather_statistics(engine: Engine) -> None:
    """As a server does by itself after a while: before that it plans as for empty tables, twenty times as slow."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
            return
        names = ", ".join(table.name for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"ANALYZE TABLE {names}")


def _fill(connection: Connection, customers: int, now: datetime, volume: Volume) -> None:
    writer = Writer(connection, tuple(metadata.sorted_tables))
    writer.add(dbinfo, keytype="dbversion", keyvalue=str(SCHEMA_VERSION))
    people.write_tariffs(writer)
    people.write_divisions(writer)
    finance.write_finance_settings(writer, now=now)
    odd.write_odd_people(writer, now=now)
    odd_finance.write_odd_finance(writer, now=now)
    tickets.write_helpdesk(writer)
    odd_tickets.write_odd_tickets(writer, now=now)
    telephone.write_plans(writer)
    calls, messages = telephone.Telephone(writer, now=now), Messages(writer, now=now)
    telephone.write_odd_telephone(calls, writer)
    write_odd_messages(messages, now=now)
    sent = write_mass_messages(messages, number=volume.messages)
    logins.write_logins(writer, now=now)
    for place in range(customers):
        customer = FIRST_PLAIN + place
        people.write_plain_customer(writer, customer, now=now)
        finance.write_months(writer, customer, months=volume.months, now=now)
        tickets.write_plain_tickets(writer, customer, now=now)
        calls.plain(customer, calls=volume.calls)
        for message in sent:
            messages.item(message, customer)
        if place % FLUSHED_AFTER == 0:
            writer.flush()
    writer.finish()

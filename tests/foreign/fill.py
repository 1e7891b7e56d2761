"""Writes a foreign billing into an empty database of any kind, and reads the configuration that serves it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table
from support.places import engine_of

from foreign.story import Move, Paper, Person, events, persons

HERE = Path(__file__).parent
SCHEMAS = ("abonenci", "users")
BATCH = 5000
Row = dict[str, Any]
RowsOf = Callable[[Person | Paper | Move], Iterable[tuple[str, Row]]]
# The files say DATETIME, as MariaDB does: a moment by the clock on the wall.
WALL_CLOCK = {"postgresql": "TIMESTAMP", "mysql": "DATETIME", "sqlite": "DATETIME"}


def fill(url: str, schema: str, *, ledger_rows: int = 1700) -> None:
    """`schema`: one of SCHEMAS. A million ledger rows are a matter of minutes on every kind of database."""
    rows = import_module(f"foreign.{schema}.rows")
    engine = engine_of(url)
    with engine.begin() as connection:
        _create(connection, (HERE / schema / "schema.sql").read_text(encoding="utf-8"))
        batches = _Batches(connection)
        for table, row in rows.FIXED:
            batches.add(table, row)
        for thing in chain(persons(ledger_rows=ledger_rows), events(ledger_rows=ledger_rows)):
            for table, row in rows.rows_of(thing):
                batches.add(table, row)
        batches.finish()
    engine.dispose()


def configuration(schema: str, url: str) -> dict[str, Any]:
    """`[billing]` of the schema's wbok.toml, as the adapter gets it."""
    with (HERE / schema / "wbok.toml").open("rb") as file:
        billing: dict[str, Any] = tomllib.load(file)["billing"]
    assert billing.pop("adapter") == "sql"
    return billing | {"url": url}


def _create(connection: Connection, sql: str) -> None:
    for statement in filter(str.strip, sql.split(";")):
        wall_clock = WALL_CLOCK[connection.dialect.name]
        connection.exec_driver_sql(statement.replace(" DATETIME", f" {wall_clock}"))


class _Batches:
    """Rows of many tables as they come, written some thousands at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables: dict[str, Table] = {}
        self._waiting: dict[str, list[Row]] = {}

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting.append(dict(row))
        if len(waiting) >= BATCH:
            self._write(table)

    def finish(self) -> None:
        for table in self._waiting:
            self._write(table)

    def _write(self, name: str) -> None:
        if name not in self._tables:
            self._tables[name] = Table(name, MetaData(), autoload_with=self._connection)
        if self._waiting[name]:
            self._connection.execute(self._tables[name].insert(), self._waiting[name])
            self._waiting[name] = []

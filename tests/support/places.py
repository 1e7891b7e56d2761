"""Databases of one's own on every kind of server: made for a test, gone after it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Engine,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    create_engine,
    event,
    exc,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.types import TypeEngine

Rows = Iterable[Mapping[str, Any]]
NewUrl = Callable[[], str]
SERVERS = {
    "postgresql": "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
    "mysql": "mysql+pymysql://root@127.0.0.1:3306/mysql?charset=utf8mb4",
}
DIALECTS = ("sqlite", *SERVERS)
TYPES: tuple[tuple[type, TypeEngine[Any]], ...] = (
    (bool, Boolean()),
    (int, BigInteger()),
    (float, Double()),
    (Decimal, Numeric(14, 4)),
    (datetime, DateTime()),
    (date, Date()),
    (bytes, LargeBinary()),
)


def missing(reason: str) -> NoReturn:
    """A test that cannot run here: skipped with its reason, and a failure where everything must be there."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def new_urls(dialect: str, folder: Path, *, watched: bool = True) -> Iterator[NewUrl]:
    """Gives the address of a new, empty database each time it is called.

    `watched` False: whoever connects closes what he opened, as it must be with what lives longer than a test.
    """
    if dialect == "sqlite":
        yield lambda: f"sqlite:///{folder / f'db{secrets.token_hex(8)}.sqlite'}"
        return
    engine = create_engine(SERVERS[dialect], isolation_level="AUTOCOMMIT")
    try:
        engine.connect().close()
    except exc.OperationalError:
        missing(f"{dialect} does not answer at {engine.url.host}:{engine.url.port}")
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        new_url = partial(_new_on_server, engine, stack)
        if watched:
            stack.enter_context(closed_connections())
        yield new_url


@contextmanager
def closed_connections() -> Iterator[None]:
    """Whatever was connected in the block is closed at its end: no test leaves connections to a server behind."""
    engines: set[Engine] = set()

    def note(connection: Connection) -> None:
        engines.add(connection.engine)

    event.listen(Engine, "engine_connect", note)
    try:
        yield
    finally:
        event.remove(Engine, "engine_connect", note)
        for engine in engines:
            engine.dispose()


def _new_on_server(engine: Engine, stack: ExitStack) -> str:
    name = f"wbok_test_{secrets.token_hex(8)}"
    thing = "SCHEMA" if engine.dialect.name == "postgresql" else "DATABASE"
    ending = " CASCADE" if thing == "SCHEMA" else ""
    _run(engine, f"CREATE {thing} {name}")
    stack.callback(_run, engine, f"DROP {thing} {name}{ending}")
    url = make_url(SERVERS[engine.dialect.name])
    if thing == "SCHEMA":
        url = url.update_query_dict({"options": f"-csearch_path={name}"})
    else:
        url = url.set(database=name)
    return _plain(url)


def _plain(url: URL) -> str:
    """As an administrator would write it, without a driver."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def _run(engine: Engine, sql: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(sql)


def engine_of(url: str) -> Engine:
    """An engine that may write, for the test itself."""
    parsed = make_url(url)
    driver = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}.get(parsed.drivername)
    return create_engine(parsed.set(drivername=driver) if driver else parsed)


def write_typed_tables(url: str, tables: Mapping[str, Rows]) -> None:
    """One table for each name; its columns are those of the first row, typed after the values."""
    engine = engine_of(url)
    metadata = MetaData()
    with engine.begin() as connection:
        for name, given in tables.items():
            rows = [dict(row) for row in given]
            columns = [_column(c, [row[c] for row in rows]) for c in rows[0]]
            table = Table(name, metadata, *columns)
            table.create(connection)
            connection.execute(table.insert(), [_cells(table, row) for row in rows])
    engine.dispose()


def _column(name: str, values: list[Any]) -> Column[Any]:
    kinds = {type(value) for value in values if value is not None}
    for kind, sql_type in TYPES:
        if kinds == {kind}:
            if kind is datetime and any(value.tzinfo for value in values if value is not None):
                sql_type = DateTime(timezone=True)
            return Column(name, sql_type)
    return Column(name, Text().with_variant(String(300), "mysql"))


def _cells(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(table.c[name].type, String) and value is not None else value
        for name, value in row.items()
    }

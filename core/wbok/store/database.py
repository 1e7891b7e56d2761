"""The connection to the store, its migrations, and what reading and writing mean on it.

Three kinds of database hold the store alike. Every transaction is short, locks rows in one order (an address
before its logins) and waits a bounded time, so none of them has to give up for another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import ConnectionPoolEntry

from wbok.databases import code_of, database_url, server_engine
from wbok.errors import ConfigError, StoreUnavailable

BUSY_SECONDS = 10
ANSWER_SECONDS = 20
# SQLite has taken its write lock already; the lock of PostgreSQL ends with the transaction.
UPGRADE_LOCKS: Mapping[str, tuple[str, str]] = {
    # Any statement: the first one takes the write lock, which is kept over all steps.
    "sqlite": ("SELECT 1", ""),
    "postgresql": ("SELECT pg_advisory_xact_lock(20261123)", ""),
    "mysql": ("SELECT GET_LOCK('wbok_upgrade', 60)", "SELECT RELEASE_LOCK('wbok_upgrade')"),
}


class Store:
    """Raises StoreUnavailable from every method of its users when the database does not answer."""

    def __init__(self, url: str) -> None:
        parsed = database_url(url, where="store.url")
        self.engine = ENGINES[parsed.get_backend_name()](parsed)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Single SELECTs, each for itself."""
        with _ours(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One short transaction; SQLite takes the write lock at once, so that it never has to give up."""
        with _ours(), self.engine.begin() as connection:
            yield connection

    def upgrade(self, revision: str = "head") -> None:
        """Brings the tables to what this version needs; an earlier revision is for tests of the step behind it."""
        config = _alembic()
        with _ours(), self.engine.connect() as connection, _alone(connection):
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    def is_current(self) -> bool:
        head = ScriptDirectory.from_config(_alembic()).get_current_head()
        with self.reading() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One upgrade at a time: whoever comes second waits, and finds the work done and committed."""
    begin, end = UPGRADE_LOCKS[connection.dialect.name]
    if begin:
        connection.exec_driver_sql(begin)
    try:
        yield
        connection.commit()
    except exc.DBAPIError as error:
        if "already exists" not in str(error.orig):
            raise
        raise StoreUnavailable(
            f"an earlier upgrade was cut off halfway: {error.orig}. MariaDB keeps half an upgrade. "
            "Restore the store from a backup, or, if it is new, empty the database, and run it again"
        ) from error
    finally:
        if end:
            connection.exec_driver_sql(end)


class Deadlock(StoreUnavailable):
    """Two waited for each other, and the database gave up this one: nothing of it stays, it may be done again."""


# 1305 of MariaDB: with the transaction went the savepoint to which the driver wanted to return.
DEADLOCKS = frozenset({"40P01", "1213", "1305"})
TRIES = 10
"""Of what ended in a deadlock. One of those who waited always goes on, so that some try is the last."""


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.DBAPIError as error:
        kind = Deadlock if code_of(error.orig) in DEADLOCKS else StoreUnavailable
        raise kind(str(error.orig)) from error
    except exc.TimeoutError as error:
        raise StoreUnavailable("no connection became free") from error


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("wbok.store") / "migrations"))
    return config


def _sqlite(url: URL) -> Engine:
    folder = Path(url.database or "").absolute().parent
    if not folder.is_dir():
        raise ConfigError(f"store.url: there is no folder {folder}.")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def take_write_lock(connection: Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL) -> Engine:
    limits = (f"SET lock_timeout = '{BUSY_SECONDS}s'", f"SET statement_timeout = '{ANSWER_SECONDS}s'")
    return _server(url, limits)


def _mysql(url: URL) -> Engine:
    return _server(url, (f"SET SESSION innodb_lock_wait_timeout = {BUSY_SECONDS}",))


def _server(url: URL, settings: tuple[str, ...]) -> Engine:
    return server_engine(
        url,
        arguments={},
        settings=lambda _connection: settings,
        isolation="READ COMMITTED",
        seconds=BUSY_SECONDS,
        patience=ANSWER_SECONDS,
    )


ENGINES: Mapping[str, Callable[[URL], Engine]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mysql": _mysql,
}

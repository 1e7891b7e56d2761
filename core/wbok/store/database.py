"""The connection to the store, its migrations, and what reading and writing mean on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from wbok.errors import ConfigError, StoreUnavailable

BUSY_SECONDS = 10


class Store:
    """Raises StoreUnavailable from every method of its users when the database does not answer."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)

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

    def upgrade(self) -> None:
        """Brings the tables to what this version needs."""
        config = _alembic()
        with _ours(), self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def is_current(self) -> bool:
        head = ScriptDirectory.from_config(_alembic()).get_current_head()
        with self.reading() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.DBAPIError as error:
        raise StoreUnavailable(str(error.orig)) from error
    except exc.TimeoutError as error:
        raise StoreUnavailable("no connection became free") from error


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("wbok.store") / "migrations"))
    return config


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        raise ConfigError(
            'store.url is not a database address, like "sqlite:////srv/wbok/store.sqlite".'
        ) from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise ConfigError(
            'store.url: only a file of SQLite can be the store yet, like "sqlite:////srv/s.sqlite".'
        )
    if not Path(parsed.database).absolute().parent.is_dir():
        raise ConfigError(f"store.url: there is no folder {Path(parsed.database).absolute().parent}.")
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})

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

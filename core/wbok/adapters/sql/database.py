"""One billing database, read only: connections, time limit, and errors turned into ours."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, create_engine, event, exc
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from wbok.errors import ConfigError, NotFound, Unavailable

log = logging.getLogger(__name__)

STEPS_BETWEEN_CLOCK_READS = 20_000


class Database:
    """Runs single SELECTs in autocommit. `timeout` is in seconds, for one statement."""

    def __init__(self, url: str, *, timeout: float) -> None:
        self.engine = _sqlite_engine(url, timeout=timeout)

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    def bound(self, value: Any) -> Any:
        """A value as this database's driver takes it."""
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, datetime):
            return value.isoformat(sep=" ")
        return value.isoformat() if isinstance(value, date) else value

    def rows(self, statement: Executable, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Raises Unavailable when the database does not answer, NotFound when it cannot take a value."""
        return self._ask(statement, parameters)[1]

    def columns(self, statement: Executable, parameters: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of the statement's columns. Raises Unavailable."""
        return self._ask(statement, parameters)[0]

    def _ask(
        self, statement: Executable, parameters: Mapping[str, Any]
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        try:
            with self.engine.connect() as connection:
                result = connection.execute(statement, dict(parameters))
                return tuple(result.keys()), [tuple(row) for row in result]
        except exc.DataError as error:
            raise NotFound("a value that the database cannot hold") from error
        except exc.DBAPIError as error:
            # The statement and its parameters stay out of the log: they are the customer's data.
            log.error("the billing database does not answer: %s", error.orig)
            raise Unavailable(str(error.orig)) from error
        except OverflowError as error:
            raise NotFound("a value that the database cannot hold") from error
        except exc.SQLAlchemyError as error:
            log.error("the billing database cannot be asked: %s", type(error).__name__)
            raise Unavailable(type(error).__name__) from error


def _sqlite_engine(url: str, *, timeout: float) -> Engine:
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        raise ConfigError(
            'billing.url is not a database address. Write it like "sqlite:////srv/billing.sqlite".'
        ) from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise ConfigError(
            f"billing.url: a {parsed.get_backend_name()} database cannot be read yet. "
            'Write a file of SQLite, like "sqlite:////srv/billing.sqlite".'
        )
    path = Path(parsed.database).absolute()

    def open_read_only() -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.as_uri()}?mode=ro",
            uri=True,
            timeout=timeout,
            check_same_thread=False,
            isolation_level=None,
        )

    engine = create_engine(
        "sqlite://", creator=open_read_only, poolclass=QueuePool, isolation_level="AUTOCOMMIT"
    )
    _follow_replaced_file(engine, path)
    _limit_time(engine, timeout)
    return engine


def _follow_replaced_file(engine: Engine, path: Path) -> None:
    """A file that was moved away or replaced is noticed: an open handle would serve the old one for ever."""

    @event.listens_for(engine, "connect")
    def remember(_connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        entry.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def compare(_connection: sqlite3.Connection, entry: ConnectionPoolEntry, _proxy: object) -> None:
        if entry.info.get("file") != _identity(path):
            raise exc.DisconnectionError("the file was replaced")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _limit_time(engine: Engine, timeout: float) -> None:
    """SQLite has no statement timeout: its progress callback reads the clock and interrupts."""

    @event.listens_for(engine, "connect")
    def watch(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        info = entry.info
        connection.set_progress_handler(
            lambda: time.monotonic() > info.get("deadline", float("inf")), STEPS_BETWEEN_CLOCK_READS
        )

    @event.listens_for(engine, "before_cursor_execute")
    def start(connection: Connection, *_rest: object) -> None:
        connection.info["deadline"] = time.monotonic() + timeout

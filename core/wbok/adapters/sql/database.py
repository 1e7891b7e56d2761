"""One billing database, read only: questions asked in autocommit, and errors turned into ours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, Executable, exc
from sqlalchemy.engine import URL, Engine

from wbok.adapters.sql.complaints import reason, refuses_value
from wbok.adapters.sql.native import Native, native_of
from wbok.adapters.sql.servers import mysql_engine, postgresql_engine
from wbok.adapters.sql.sqlite_file import sqlite_engine
from wbok.errors import NotFound, Unavailable

log = logging.getLogger(__name__)

ENGINES: Mapping[str, Callable[..., Engine]] = {
    "sqlite": sqlite_engine,
    "postgresql": postgresql_engine,
    "mysql": mysql_engine,
}


class Database:
    """Runs single SELECTs in autocommit.

    `engine` gives the engine of the moment: a billing whose data are exchanged as a whole has several. It may raise
    Unavailable. `dialect` is that of all of them: "sqlite", "postgresql" or "mysql" (MariaDB too). `shape` tells
    engines with different tables apart.
    """

    def __init__(
        self, engine: Callable[[], Engine], *, dialect: str, shape: Callable[[], Hashable] = lambda: None
    ) -> None:
        self.engine = engine
        self.dialect = dialect
        self.shape = shape

    def bound(self, value: Any) -> Any:
        """A value as this database's driver takes it."""
        if isinstance(value, UUID):
            return str(value)
        if self.dialect != "sqlite":
            return value
        if isinstance(value, datetime):
            return value.isoformat(sep=" ")
        return value.isoformat() if isinstance(value, date) else value

    def rows(self, statement: Executable, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Raises Unavailable when the database does not answer, NotFound when it cannot take a value."""
        return self._ask(statement, parameters)[1]

    def columns(self, statement: Executable, parameters: Mapping[str, Any]) -> Mapping[str, Native]:
        """The statement's columns by name, and what each is. Raises Unavailable."""
        return self._ask(statement, parameters)[0]

    def _ask(
        self, statement: Executable, parameters: Mapping[str, Any]
    ) -> tuple[Mapping[str, Native], list[tuple[Any, ...]]]:
        try:
            with self.engine().connect() as connection:
                result = connection.execute(statement, dict(parameters))
                return self._described(result), [tuple(row) for row in result]
        except exc.DBAPIError as error:
            if refuses_value(error) and any(isinstance(value, str) for value in parameters.values()):
                raise NotFound("a text that the database cannot hold") from error
            # The statement and its parameters stay out of the log: they are the customer's data.
            said = reason(error.orig)
            log.error("the billing database does not answer: %s", said)
            raise Unavailable(said) from error
        except (OverflowError, UnicodeError) as error:
            raise NotFound("a value that the database cannot hold") from error
        except exc.SQLAlchemyError as error:
            log.error("the billing database cannot be asked: %s", type(error).__name__)
            raise Unavailable(type(error).__name__) from error

    def _described(self, result: CursorResult[Any]) -> dict[str, Native]:
        codes = [column[1] for column in result.cursor.description] if result.cursor else []
        return {name: native_of(self.dialect, code) for name, code in zip(result.keys(), codes, strict=True)}


def open_database(url: URL, *, timeout: float, zone: ZoneInfo, **more: Any) -> Database:
    """Not connected yet; `timeout` is for one statement, in `zone` the provider's days begin."""
    engine = ENGINES[url.get_backend_name()](url, timeout=timeout, zone=zone, **more)
    return Database(lambda: engine, dialect=engine.dialect.name)

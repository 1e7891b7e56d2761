"""Writing into LMS's tables: a second address of the same database, with an account that may write."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, exc
from sqlalchemy.engine import URL

from wbok.adapters.lms.address import AS_EVERYBODY, lms_address
from wbok.adapters.sql.complaints import reason, refuses_value
from wbok.databases import server_engine
from wbok.errors import Rejected, Unavailable

log = logging.getLogger(__name__)


def open_writing(config: Mapping[str, Any], *, where: str, timeout: float) -> Writing | None:
    """Over `write_url` of the section `where`; None where it is not set: then nothing is written.

    Does not connect yet. Raises ConfigError.
    """
    if "write_url" not in config:
        return None
    url = lms_address(config, "write_url", where=where)
    return Writing(url, timeout=timeout, settings=(AS_EVERYBODY[url.get_backend_name()],))


class Writing:
    """Not connected yet. `timeout`: seconds for one statement, and for a lock that somebody else holds.

    `settings`: further statements that each new connection begins with.
    """

    def __init__(self, url: URL, *, timeout: float, settings: Sequence[str] = ()) -> None:
        self._engine = server_engine(
            url,
            arguments={},
            settings=lambda connection: (*_limits(url, connection, timeout), *settings),
            isolation="READ COMMITTED",
            seconds=timeout,
            patience=timeout + 1,
        )

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One short transaction: all of it is kept, or nothing when the block raises.

        Raises Unavailable, and Rejected for a value that no column takes. Whether what ended in Unavailable was
        kept is not known: the answer may have been lost.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except exc.DBAPIError as error:
            if isinstance(error, exc.DataError) or refuses_value(error):
                raise Rejected("a value that the database cannot hold") from error
            # The statement and its parameters stay out of the log: they are the customer's data.
            said = reason(error.orig)
            log.error("nothing can be written into the billing: %s", said)
            raise Unavailable(said) from error
        except UnicodeError as error:
            raise Rejected("a text that the database cannot hold") from error
        except exc.SQLAlchemyError as error:
            log.error("nothing can be written into the billing: %s", type(error).__name__)
            raise Unavailable(type(error).__name__) from error


def _limits(url: URL, connection: Any, timeout: float) -> tuple[str, ...]:
    milliseconds = math.ceil(timeout * 1000)
    if url.get_backend_name() == "postgresql":
        return f"SET statement_timeout = {milliseconds}", f"SET lock_timeout = {milliseconds}"
    lock = f"SET SESSION innodb_lock_wait_timeout = {math.ceil(timeout)}"
    # MySQL limits reading alone; there the connection gives up by itself.
    is_mariadb = "mariadb" in connection.get_server_info().lower()
    return (f"SET SESSION max_statement_time = {timeout}", lock) if is_mariadb else (lock,)

"""A billing on a database server, PostgreSQL or MariaDB (MySQL): read-only, with a time limit for each statement.

Moments with a zone of the server's own (`timestamptz`, `TIMESTAMP`) are given in UTC.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Engine

from wbok.databases import server_options

CONNECT_SECONDS = 3
Settings = Callable[[Any], tuple[str, ...]]


def postgresql_engine(url: URL, *, timeout: float) -> Engine:
    settings = (
        f"SET statement_timeout = {_ms(timeout)}",
        "SET default_transaction_read_only = on",
        "SET timezone = 'UTC'",
        "SET datestyle = 'ISO, YMD'",
    )
    # Prepared statements outlive their server connection behind a pooler like PgBouncer.
    arguments = {"connect_timeout": CONNECT_SECONDS, "autocommit": True, "prepare_threshold": None}
    return _engine(url, arguments, lambda _connection: settings, timeout=timeout)


def mysql_engine(url: URL, *, timeout: float) -> Engine:
    def settings(connection: Any) -> tuple[str, ...]:
        # MariaDB counts in seconds, MySQL in milliseconds.
        is_mariadb = "mariadb" in connection.get_server_info().lower()
        limit = f"max_statement_time = {timeout}" if is_mariadb else f"max_execution_time = {_ms(timeout)}"
        return (
            f"SET SESSION {limit}",
            "SET SESSION TRANSACTION READ ONLY",
            "SET SESSION time_zone = '+00:00'",
        )

    arguments = {
        "connect_timeout": CONNECT_SECONDS,
        "read_timeout": math.ceil(timeout) + 1,
        "charset": "utf8mb4",
        "autocommit": True,
    }
    return _engine(url, arguments, settings, timeout=timeout)


def _ms(seconds: float) -> int:
    return math.ceil(seconds * 1000)


def _engine(url: URL, arguments: dict[str, Any], settings: Settings, *, timeout: float) -> Engine:
    engine = create_engine(
        url, connect_args=arguments, isolation_level="AUTOCOMMIT", **server_options(seconds=timeout)
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _entry: object) -> None:
        with connection.cursor() as cursor:
            for setting in settings(connection):
                cursor.execute(setting)

    return engine

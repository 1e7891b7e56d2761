"""A billing on a database server, PostgreSQL or MariaDB (MySQL): read-only, with a time limit for each statement.

PostgreSQL gives moments with a zone (`timestamptz`) in the provider's, and so cuts days where his days end.
MariaDB knows no zones by name unless somebody has loaded them, so its `TIMESTAMP` comes in UTC (`instant:utc`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import URL, Engine

from wbok.databases import server_engine


def postgresql_engine(url: URL, *, timeout: float, zone: ZoneInfo, more: Sequence[str] = ()) -> Engine:
    """`more`: further statements on each new connection."""
    settings = (
        f"SET statement_timeout = {_ms(timeout)}",
        "SET default_transaction_read_only = on",
        f"SET timezone = '{zone.key}'",
        "SET datestyle = 'ISO, YMD'",
        *more,
    )
    return server_engine(
        url,
        arguments={"autocommit": True},
        settings=lambda _connection: settings,
        isolation="AUTOCOMMIT",
        seconds=timeout,
        patience=timeout + 1,
    )


def mysql_engine(url: URL, *, timeout: float, zone: ZoneInfo, more: Sequence[str] = ()) -> Engine:
    """As `postgresql_engine`."""

    def settings(connection: Any) -> tuple[str, ...]:
        # MariaDB counts in seconds, MySQL in milliseconds.
        is_mariadb = "mariadb" in connection.get_server_info().lower()
        limit = f"max_statement_time = {timeout}" if is_mariadb else f"max_execution_time = {_ms(timeout)}"
        return (
            f"SET SESSION {limit}",
            "SET SESSION TRANSACTION READ ONLY",
            "SET SESSION time_zone = '+00:00'",
            *more,
        )

    return server_engine(
        url,
        arguments={"autocommit": True},
        settings=settings,
        isolation="AUTOCOMMIT",
        seconds=timeout,
        patience=timeout + 1,
    )


def _ms(seconds: float) -> int:
    return math.ceil(seconds * 1000)

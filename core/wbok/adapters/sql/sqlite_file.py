"""A billing in a file of SQLite: opened read-only, followed when it is replaced, stopped when it takes too long."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

STEPS_BETWEEN_CLOCK_READS = 20_000


def sqlite_engine(url: URL, *, timeout: float, zone: ZoneInfo | None = None) -> Engine:
    """Moments are text or numbers there; no zone is needed."""
    path = Path(url.database or "").absolute()

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

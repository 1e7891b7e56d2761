"""Stores in which nothing stands: the tables of a file are made once in a process and copied."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wbok.store import Store

PREFIX = "sqlite:///"


def upgrade(store: Store, url: str) -> None:
    """What `Store.upgrade` does to a store that is not there yet, and it itself to any other."""
    path = Path(url.removeprefix(PREFIX))
    if not url.startswith(PREFIX) or path.exists():
        store.upgrade()
        return
    path.write_bytes(empty_store())


@lru_cache(1)
def empty_store() -> bytes:
    """A file of SQLite with all tables."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        store = Store(f"{PREFIX}{path}")
        store.upgrade()
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.engine.dispose()
        return path.read_bytes()

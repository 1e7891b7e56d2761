"""Stores in which nothing stands, without the cost of an upgrade for each."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from support.kept import Kept
from wbok.store import Store
from wbok.store.tables import metadata


@contextmanager
def lent_store(kept: Kept, dialect: str, folder: Path) -> Iterator[str]:
    """The address of one that is upgraded."""
    if dialect == "sqlite":
        path = folder / f"store{secrets.token_hex(4)}.sqlite"
        path.write_bytes(empty_store())
        yield f"sqlite:///{path}"
        return
    with kept.lent(dialect, _upgrade, name="store", metadata=metadata) as url:
        yield url


@cache
def empty_store() -> bytes:
    """A file of SQLite."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        _upgrade(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as database:
            return database.serialize()


def _upgrade(url: str) -> None:
    Store(url).upgrade()

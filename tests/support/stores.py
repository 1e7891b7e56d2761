"""Empty stores: the tables of a file are made once and copied, those of a server made once and put back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from support.kept import Kept
from wbok.store import Store
from wbok.store.tables import metadata

PREFIX = "sqlite:///"


def upgrade(store: Store, url: str) -> None:
    """What `Store.upgrade` does to a store that is not there yet, and it itself to any other."""
    path = Path(url.removeprefix(PREFIX))
    if not url.startswith(PREFIX) or path.exists():
        store.upgrade()
        return
    path.write_bytes(_empty())


@contextmanager
def lent_store(kept: Kept, dialect: str, folder: Path) -> Iterator[str]:
    """The address of one that is upgraded."""
    if dialect != "sqlite":
        with kept.lent(dialect, _upgrade, name="store", metadata=metadata) as url:
            yield url
        return
    path = folder / f"store{secrets.token_hex(4)}.sqlite"
    path.write_bytes(_empty())
    yield f"{PREFIX}{path}"


def _upgrade(url: str) -> None:
    Store(url).upgrade()


@lru_cache(1)
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        store = Store(f"{PREFIX}{path}")
        store.upgrade()
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.engine.dispose()
        return path.read_bytes()

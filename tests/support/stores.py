"""Empty stores: the tables of a file are made once and copied, those of a server made once and put back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.kept import Kept
from wbok.store import Store
from wbok.store.tables import metadata
from wbok.testing.empty_store import PREFIX, empty_store, upgrade

__all__ = ["lent_store", "upgrade"]


@contextmanager
def lent_store(kept: Kept, dialect: str, folder: Path) -> Iterator[str]:
    """The address of one that is upgraded."""
    if dialect != "sqlite":
        with kept.lent(dialect, _upgrade, name="store", metadata=metadata) as url:
            yield url
        return
    path = folder / f"store{secrets.token_hex(4)}.sqlite"
    path.write_bytes(empty_store())
    yield f"{PREFIX}{path}"


def _upgrade(url: str) -> None:
    Store(url).upgrade()

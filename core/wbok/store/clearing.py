"""What is too old is cleared away, without waiting for anybody who writes at that moment.

A DELETE over a range locks what it passes, on MariaDB also a row that another transaction has just written: two
of them can then wait for each other for ever. So the old rows are looked for without a lock, and deleted by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, delete, select

from wbok.store.database import Store

AT_ONCE = 500


def clear_away(
    store: Store, key: Column[Any], *, old: ColumnElement[bool], parameters: Mapping[str, int] = {}
) -> None:
    """Rows of the table that are old, 500 at the most. `key` is its primary key, `parameters` are those of old."""
    with store.reading() as connection:
        keys = connection.execute(select(key).where(old).limit(AT_ONCE), parameters).scalars().all()
    if not keys:
        return
    with store.writing() as connection:
        connection.execute(delete(key.table).where(key.in_(sorted(keys)), old), parameters)

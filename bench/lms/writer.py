"""Rows into the tables of LMS, many at once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Table, insert, text

AT_ONCE = 2000


class Writer:
    """Tables are filled in the order of their keys to one another, so nothing is written before what it names."""

    def __init__(self, connection: Connection, tables: tuple[Table, ...]) -> None:
        self._connection = connection
        self._tables = tables
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._last: dict[str, int] = defaultdict(int)

    def add(self, table: Table, **values: Any) -> int:
        """The row's `id`, the given one or the next; texts that LMS gives no default are empty."""
        row = {c.name: "" for c in table.columns if _needs_text(c)} | values
        if "id" in table.c:
            row.setdefault("id", self._last[table.name] + 1)
            self._last[table.name] = max(self._last[table.name], row["id"])
        self._rows[table.name].append(row)
        return int(row.get("id", 0))

    def flush(self) -> None:
        for table in self._tables:
            rows = self._rows.pop(table.name, [])
            for group in _of_one_shape(rows):
                for start in range(0, len(group), AT_ONCE):
                    self._connection.execute(insert(table), group[start : start + AT_ONCE])

    def finish(self) -> None:
        """What LMS writes next gets the next numbers."""
        self.flush()
        if self._connection.dialect.name != "postgresql":
            return
        for name, last in self._last.items():
            self._connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": name, "last": last},
            )


def _needs_text(column: Any) -> bool:
    return not column.nullable and column.server_default is None and column.type.python_type is str


def _of_one_shape(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """One statement has the same columns in each of its rows."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(row))].append(row)
    return list(groups.values())

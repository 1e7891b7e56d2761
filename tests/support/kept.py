"""Databases that each test may change as if they were its own: made once, and put back after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

from support.places import closed_connections, engine_of, new_urls

Fill = Callable[[str], None]
"""Writes what is to be kept into the empty database of that address."""
SHAPES = {
    "postgresql": (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = current_schema() ORDER BY 1, 2",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1, 2",
    ),
    "mysql": (
        "SELECT table_name, column_name, column_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = database() ORDER BY 1, 2",
        "SELECT table_name, index_name, seq_in_index, column_name FROM information_schema.statistics"
        " WHERE table_schema = database() ORDER BY 1, 2, 3",
    ),
}
COUNTERS = {
    "postgresql": "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()",
    "mysql": "SELECT table_name, auto_increment FROM information_schema.tables"
    " WHERE table_schema = database() AND auto_increment IS NOT NULL",
}
COUNT_FROM = {
    "postgresql": "SELECT setval('{name}', {after}, {used})",
    "mysql": "ALTER TABLE {name} AUTO_INCREMENT = {after}",
}
"""What the next row is called: not part of any transaction, so that it is put back by itself."""
WITHOUT_KEYS = {
    "postgresql": "SET LOCAL session_replication_role = replica",
    "mysql": "SET SESSION foreign_key_checks = 0",
}


class Kept:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._known: dict[tuple[str, object], _Picture] = {}

    @contextmanager
    def lent(self, dialect: str, fill: Fill, *, name: object, metadata: MetaData) -> Iterator[str]:
        """The address. `name` says what `fill` writes: the same name is the same database.

        `metadata`: of the tables that it may have.
        """
        key = (dialect, name)
        if key not in self._known:
            new_url = self._stack.enter_context(new_urls(dialect, self._folder, watched=False))
            url = new_url()
            with closed_connections():
                fill(url)
            self._known[key] = _Picture(url, metadata)
        picture = self._known[key]
        with closed_connections():
            yield picture.url
        if not picture.put_back():
            del self._known[key]

    def close(self) -> None:
        self._stack.close()


class _Picture:
    """A database as it was: tables, columns, indexes and all rows."""

    def __init__(self, url: str, metadata: MetaData) -> None:
        self.url = url
        self._dialect = url.partition(":")[0]
        with closed_connections(), engine_of(url).connect() as connection:
            self._shape = self._shape_of(connection)
            there = {row[0] for row in self._shape}
            self._tables = [table for table in metadata.sorted_tables if table.name in there]
            self._rows = {table.name: _rows(connection, table) for table in self._tables}
            self._counters = self._counters_of(connection)

    def put_back(self) -> bool:
        """False where more than rows was changed."""
        with closed_connections(), engine_of(self.url).begin() as connection:
            if self._shape_of(connection) != self._shape:
                return False
            connection.execute(text(WITHOUT_KEYS[self._dialect]))
            for table in self._tables:
                if _rows(connection, table) != self._rows[table.name]:
                    self._rewrite(connection, table)
            moved = {name for name, _after in self._counters_of(connection) - self._counters}
            for name, after in self._counters:
                if name not in moved:
                    continue
                sql = COUNT_FROM[self._dialect].format(name=name, after=after or 1, used=after is not None)
                connection.exec_driver_sql(sql)
        return True

    def _counters_of(self, connection: Connection) -> frozenset[tuple[str, int | None]]:
        return frozenset(tuple(row) for row in connection.execute(text(COUNTERS[self._dialect])))

    def _shape_of(self, connection: Connection) -> list[tuple[Any, ...]]:
        found = (connection.execute(text(sql)).all() for sql in SHAPES[self._dialect])
        return [tuple(row) for rows in found for row in rows]

    def _rewrite(self, connection: Connection, table: Table) -> None:
        connection.execute(table.delete())
        rows = self._rows[table.name]
        if rows:
            connection.execute(table.insert(), [dict(zip(table.c.keys(), row, strict=True)) for row in rows])


def _rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in connection.execute(table.select())), key=repr)

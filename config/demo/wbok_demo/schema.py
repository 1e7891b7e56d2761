"""The tables of the made-up billing: one for each canonical relation, with the canonical columns.

The columns stand in `wbok.relations.canonical` and nowhere else; here is only how SQLite holds them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from wbok.relations import CANONICAL, Column, Relation

Cell = int | str | bytes | Decimal | date | None
Row = Mapping[str, Cell]

# Optional columns that this billing does not have; balances and what remains the panel works out by itself.
LEFT_OUT = {
    "customers": {"payment_title"},
    "accounts": {"position"},
    "ledger": {"balance_after"},
    "notices": {"read_at", "confirmed_at"},
    "documents": {"remaining", "split_payment"},
    "document_files": {"path"},
}

# `position` is unique only within its document.
PRIMARY_KEYS = {"document_lines": ("document_id", "position"), "document_payments": ("document_id", "id")}

MORE_INDEXES = {
    "document_lines": ("customer_id", "document_id"),
    "document_payments": ("customer_id", "document_id"),
}

SQLITE_TYPES = {
    "int": "INTEGER",
    "count": "INTEGER",
    "seconds": "INTEGER",
    "bytes": "INTEGER",
    "bool": "INTEGER",
    "text": "TEXT",
    "date": "TEXT",
    "instant:local": "TEXT",
    "number": "NUMERIC",
    "money:decimal": "NUMERIC",
    "binary": "BLOB",
}


def create_tables(database: sqlite3.Connection) -> None:
    """Every relation with its primary key and the indexes that the panel's questions want."""
    for relation in CANONICAL.values():
        columns = ", ".join(_declaration(column) for column in _columns(relation))
        key = ", ".join(_primary_key(relation))
        database.execute(f"CREATE TABLE {relation.name} ({columns}, PRIMARY KEY ({key}))")
        for number, index in enumerate(_indexes(relation), start=1):
            name = f"{relation.name}_{number}"
            database.execute(f"CREATE INDEX {name} ON {relation.name} ({', '.join(index)})")


def insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Raises ValueError for a row that has other columns than the table."""
    names = [column.name for column in _columns(CANONICAL[table])]
    marks = ", ".join("?" for _ in names)
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names
    database.executemany(statement, (_values(table, names, row) for row in rows))


def _columns(relation: Relation) -> Iterator[Column]:
    absent = LEFT_OUT.get(relation.name, set())
    return (column for column in relation.columns if column.name not in absent)


def _declaration(column: Column) -> str:
    declared = f"{column.name} {SQLITE_TYPES[column.type]}"
    return f"{declared} NOT NULL" if column.needs_value else declared


def _primary_key(relation: Relation) -> tuple[str, ...]:
    return PRIMARY_KEYS.get(relation.name, (relation.key,))


def _indexes(relation: Relation) -> Iterator[tuple[str, ...]]:
    if relation.name in MORE_INDEXES:
        yield MORE_INDEXES[relation.name]
    elif relation.sort is not None:
        yield ("customer_id", relation.sort, relation.key)
    elif any(column.name == "customer_id" for column in relation.columns):
        yield ("customer_id",)


def _values(table: str, names: list[str], row: Row) -> tuple[int | str | bytes | None, ...]:
    if set(row) != set(names):
        raise ValueError(f"{table} has the columns {names}, the row {sorted(row)}")
    return tuple(_stored(row[name]) for name in names)


def _stored(cell: Cell) -> int | str | bytes | None:
    # An amount goes in as its decimal digits: the NUMERIC column then holds the nearest number to them,
    # and a sum of such numbers is right to the grosz once it is rounded to two places.
    if isinstance(cell, Decimal):
        return str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell

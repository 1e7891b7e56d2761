"""From loaded tables to a generation: the ledger gets its balances, the panel's questions their indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from wbok.adapters.csv.generations import open_generation
from wbok.adapters.csv.loading import CALLS, LEDGER, RAW, Table, create_table
from wbok.adapters.csv.mapping import COMPUTED
from wbok.errors import ImportFailed


def finish(database: sqlite3.Connection, tables: Mapping[str, Table], *, currency: str) -> None:
    """The tables are without a fault. `currency`: of amounts that name none."""
    for table in tables.values():
        if table.name == LEDGER:
            _write_balances(database, table, currency=currency)
        elif table.name == CALLS:
            _put_together(database, table)
        _index(database, table)
    # Only a look at each index: enough to know that a key leads to one row, and a customer to many.
    database.execute("PRAGMA analysis_limit = 400")
    database.execute("ANALYZE main")


def check_integrity(path: Path) -> None:
    """Of what lies in the file. Raises ImportFailed: a disk or a memory that does not keep what is written."""
    with open_generation(path) as database:
        (answer,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise ImportFailed(f"{path} is not sound after it was written: {answer}. Nothing was imported.")


def _write_balances(database: sqlite3.Connection, table: Table, *, currency: str) -> None:
    """Of each customer in each currency, in the order in which the pages have them."""
    relation = table.mapping.relation
    columns = ", ".join(table.columns)
    create_table(database, table, more=(COMPUTED,), schema="main")
    parts = ["customer_id", *(["coalesce(currency, ?)"] if "currency" in table.columns else [])]
    database.execute(
        f"INSERT INTO main.{table.name} ({columns}, {COMPUTED}) SELECT {columns}, sum(amount) OVER "
        f"(PARTITION BY {', '.join(parts)} ORDER BY {relation.sort}, {relation.key} ROWS UNBOUNDED PRECEDING) "
        f"FROM {RAW}.{table.name}",
        [currency] if "currency" in table.columns else [],
    )
    database.execute(f"DROP TABLE {RAW}.{table.name}")


def _put_together(database: sqlite3.Connection, table: Table) -> None:
    """A customer's rows lie side by side: else his month is a page of the disk for each call."""
    relation = table.mapping.relation
    columns = ", ".join(table.columns)
    create_table(database, table, schema="main")
    database.execute(
        f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM {RAW}.{table.name} "
        f"ORDER BY {relation.owner}, {relation.sort}, {relation.key}"
    )
    database.execute(f"DROP TABLE {RAW}.{table.name}")


def _index(database: sqlite3.Connection, table: Table) -> None:
    relation = table.mapping.relation
    if relation.owner in (None, relation.key) or relation.within:
        # The key's own index serves.
        return
    page = [c for c in (relation.owner, relation.sort, relation.key) if c]
    database.execute(f"CREATE INDEX main.{relation.name}_page ON {relation.name} ({', '.join(page)})")

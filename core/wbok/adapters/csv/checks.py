"""What can only be told when everything is loaded: keys that occur twice, references to nothing.

The database does it, so that millions of rows need no memory of ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from wbok.adapters.csv.faults import Faults
from wbok.adapters.csv.loading import Table
from wbok.billing.imports import Fault
from wbok.relations import CANONICAL, Column


class Checks:
    def __init__(self, database: sqlite3.Connection, tables: Mapping[str, Table], faults: Faults) -> None:
        self._database = database
        self._tables = tables
        self._faults = faults

    def keys(self, table: Table) -> None:
        """Each must be there once; one that is made of several columns gets an ordinal when it occurs again."""
        relation = table.mapping.relation
        if table.mapping.cells[relation.key].has_ordinal:
            self._number_repeated_keys(table)
        unique = [c for c in (relation.within and relation.owner, relation.within, relation.key) if c]
        key = ", ".join(unique)
        self._database.execute(f"CREATE INDEX {table.schema}.{table.name}_key ON {table.name} ({key})")
        # Not a unique index: without a journal nothing may fail halfway.
        twice = f"SELECT 1 FROM {table.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
        if self._database.execute(twice).fetchone():
            self._note_repeated(table, unique)

    def references(self, table: Table) -> None:
        """Each key of another relation must be there, and be the same customer's where it has a customer."""
        for column in table.mapping.source.columns.values():
            target = self._tables.get(column.refers or "")
            if target is None or column.name not in table.columns or self._faults.has(target.name):
                # Of a relation that is at fault itself, nobody can say what is missing in it.
                continue
            self._note_unknown(table, column, target)
            if _has_owner(table) and _has_owner(target) and not self._faults.has(table.name):
                self._note_strangers(table, column, target)

    def _number_repeated_keys(self, table: Table) -> None:
        key = table.mapping.relation.key
        turn = f"row_number() OVER (PARTITION BY {key} ORDER BY rowid) AS turn"
        self._database.execute(
            f"UPDATE {table.name} SET {key} = {key} || '#' || turns.turn FROM "
            f"(SELECT rowid AS row, {turn} FROM {table.name}) AS turns "
            f"WHERE turns.turn > 1 AND turns.row = {table.name}.rowid"
        )

    def _note_repeated(self, table: Table, unique: list[str]) -> None:
        key = table.mapping.relation.key
        same = f"WINDOW same AS (PARTITION BY {', '.join(unique)} ORDER BY rowid)"
        found = self._database.execute(
            f"SELECT rowid, {key}, first FROM (SELECT rowid, {key}, first_value(rowid) OVER same AS first, "
            f"row_number() OVER same AS turn FROM {table.name} {same}) WHERE turn > 1 ORDER BY rowid"
        )
        for rowid, value, first in found:
            file, row = table.place(first)
            there = f"row {row}" if file == table.place(rowid)[0] else f"{file}, row {row}"
            self._note(table, key, rowid, value, f"stands already in {there}")

    def _note_unknown(self, table: Table, column: Column, target: Table) -> None:
        key = target.mapping.relation.key
        found = self._database.execute(
            f"SELECT rowid, {column.name} FROM {table.name} AS here WHERE {column.name} IS NOT NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {target.name} AS there WHERE there.{key} = here.{column.name}) ORDER BY rowid"
        )
        for rowid, value in found:
            self._note(table, column.name, rowid, value, f"is not among the {target.name}")

    def _note_strangers(self, table: Table, column: Column, target: Table) -> None:
        key = target.mapping.relation.key
        mine, its = table.mapping.relation.owner, target.mapping.relation.owner
        found = self._database.execute(
            f"SELECT here.rowid, here.{column.name} FROM {table.name} AS here JOIN {target.name} AS there "
            f"ON there.{key} = here.{column.name} WHERE there.{its} <> here.{mine} ORDER BY here.rowid"
        )
        for rowid, value in found:
            self._note(table, column.name, rowid, value, f"is among the {target.name} of another customer")

    def _note(self, table: Table, column: str, rowid: int, value: object, reason: str) -> None:
        file, row = table.place(rowid)
        label = table.mapping.cells[column].label or column
        self._faults.add(Fault(file, reason, row=row, column=label, value=str(value)), relation=table.name)


def _has_owner(table: Table) -> bool:
    """Whether its rows are a customer's, who is not the row himself."""
    relation = CANONICAL[table.name]
    return relation.owner is not None and relation.owner != relation.key

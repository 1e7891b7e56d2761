"""What can only be told when everything is loaded: keys that occur twice, references to nothing.

The database does it, so that millions of rows need no memory of ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from wbok.adapters.csv.faults import Faults
from wbok.adapters.csv.loading import Table
from wbok.billing.imports import Fault
from wbok.relations import Column


class Checks:
    """Of all `tables` together, first their keys, then what refers to these."""

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
        refers = {
            column: target
            for column in table.mapping.source.columns.values()
            # Of a relation that is at fault itself, nobody can say what is missing in it.
            if (target := self._tables.get(column.refers or "")) and not self._faults.has(target.name)
        }
        if any(column.needs_value and _are_owned(table, target) for column, target in refers.items()):
            # Whoever has the same customer as a row that was checked need not be asked for his customer again.
            refers = {column: target for column, target in refers.items() if target.name != "customers"}
        for column, target in refers.items():
            if column.name in table.columns:
                self._note_wrong(table, column, target)

    def _number_repeated_keys(self, table: Table) -> None:
        key = table.mapping.relation.key
        turn = f"row_number() OVER (PARTITION BY {key} ORDER BY rowid) AS turn"
        self._database.execute(
            f"UPDATE {table.name} SET {key} = {key} || printf('#%03d', turns.turn) FROM "
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

    def _note_wrong(self, table: Table, column: Column, target: Table) -> None:
        mine, its = table.mapping.relation.owner, target.mapping.relation.owner
        strange = f"there.{its} <> here.{mine}" if _are_owned(table, target) else "0"
        found = self._database.execute(
            f"SELECT here.rowid, here.{column.name}, there.rowid IS NULL FROM {table.name} AS here "
            f"LEFT JOIN {target.name} AS there ON there.{target.mapping.relation.key} = here.{column.name} "
            f"WHERE here.{column.name} IS NOT NULL AND (there.rowid IS NULL OR {strange}) ORDER BY here.rowid"
        )
        for rowid, value, is_unknown in found:
            others = "" if is_unknown else " of another customer"
            reason = f"is {'not ' if is_unknown else ''}among the {target.name}{others}"
            self._note(table, column.name, rowid, value, reason)

    def _note(self, table: Table, column: str, rowid: int, value: object, reason: str) -> None:
        file, row = table.place(rowid)
        label = table.mapping.cells[column].label or column
        self._faults.add(Fault(file, reason, row=row, column=label, value=str(value)), relation=table.name)


def _are_owned(*tables: Table) -> bool:
    """Whether the rows of each are a customer's, who is not the row himself."""
    relations = [table.mapping.relation for table in tables]
    return all(relation.owner not in (None, relation.key) for relation in relations)

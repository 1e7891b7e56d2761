"""Rows into tables: one table for each relation, with the columns that the files give, typed as ours.

The number of a row in its file is its rowid here, so that a later check can say where a row came from.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wbok.adapters.csv.faults import Faults
from wbok.adapters.csv.mapping import FileMapping
from wbok.adapters.csv.plan import Plan
from wbok.adapters.csv.records import Reading, Records, in_words, open_records
from wbok.adapters.csv.text import TextFile, Unreadable
from wbok.adapters.rules import Refused
from wbok.billing import AdapterContext
from wbok.billing.imports import Fault, Progress, Step
from wbok.relations import Column, Family, NativeType

ROWS_IN_A_STEP = 20_000
LEDGER, CALLS, RAW = "ledger", "calls", "raw"
REWRITTEN = (LEDGER, CALLS)
AFFINITIES = {
    Family.MONEY: "INTEGER",
    Family.SUMMABLE: "INTEGER",
    Family.COUNT: "INTEGER",
    Family.BOOL: "INTEGER",
}


@dataclass(slots=True)
class Table:
    """A relation that is loaded. `starts`: the rowid before the first row of each file."""

    mapping: FileMapping
    columns: tuple[str, ...]
    rows: int = 0
    starts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.mapping.relation.name

    @property
    def schema(self) -> str:
        """Rows that are worked over once more lie apart from those that are ready."""
        return RAW if self.name in REWRITTEN else "main"

    def place(self, rowid: int) -> tuple[str, int]:
        """The file and the row in it."""
        start, name = max(one for one in self.starts if one[0] < rowid)
        return name, rowid - start


class Loading:
    """File after file into tables of `database`; rows that have a fault are left out."""

    def __init__(
        self, database: sqlite3.Connection, *, context: AdapterContext, faults: Faults, progress: Progress
    ) -> None:
        self._database = database
        self._context = context
        self._faults = faults
        self._progress = progress

    def load(self, mapping: FileMapping, texts: tuple[TextFile, ...]) -> Table:
        """What cannot be read or converted goes to the faults."""
        name = mapping.relation.name
        opened = [records for text in texts if (records := self._opened(mapping, text)) is not None]
        plans = [Plan(mapping, records, self._context) for records in opened]
        given = {column for plan in plans for column in plan.columns}
        table = Table(mapping, tuple(c for c in mapping.source.columns if c in given))
        if not plans:
            return table
        create_table(self._database, table)
        last = 0
        for records, plan in zip(opened, plans, strict=True):
            table.starts.append((last, records.text.name))
            last = self._load_file(table, records, plan, start=last)
        if not table.rows and not self._faults.has(name):
            self._faults.add(opened[0].text.fault("has a header but no rows"), relation=name)
        return table

    def _opened(self, mapping: FileMapping, text: TextFile) -> Records | None:
        try:
            return open_records(text, mapping)
        except Unreadable as error:
            self._faults.add(error.fault, relation=mapping.relation.name)
            return None

    def _load_file(self, table: Table, records: Records, plan: Plan, *, start: int) -> int:
        """Returns the rowid of the last row."""
        marks = ", ".join("?" * (len(plan.columns) + 1))
        insert = f"INSERT INTO {table.name} (rowid, {', '.join(plan.columns)}) VALUES ({marks})"
        counted = _Counted(table, records, plan, self._faults, self._progress, start=start)
        try:
            with records.open() as reading:
                self._database.executemany(insert, counted.rows(reading))
        except Unreadable as error:
            self._faults.add(error.fault, relation=table.name)
        except csv.Error as error:
            fault = Fault(records.text.name, in_words(error), row=counted.seen + 1)
            self._faults.add(fault, relation=table.name)
        table.rows += counted.loaded
        return counted.last


class _Counted:
    """The converted rows of one file on their way into the database, and how many there were."""

    def __init__(
        self,
        table: Table,
        records: Records,
        plan: Plan,
        faults: Faults,
        progress: Progress,
        *,
        start: int,
    ) -> None:
        self._relation = table.name
        self._text = records.text
        self._plan = plan
        self._faults = faults
        self._progress = progress
        self._start = start
        self._size = records.text.path.stat().st_size
        self.last = start
        self.loaded = 0
        self.seen = 0

    def rows(self, reading: Reading) -> Iterator[tuple[Any, ...]]:
        width, convert = self._plan.width, self._plan.convert
        start, number, loaded, next_step = self._start, 1, 0, ROWS_IN_A_STEP
        try:
            for number, row in reading.rows:
                if len(row) != width:
                    self._note(number, row)
                    continue
                try:
                    values = convert(start + number, row)
                except Refused:
                    self._note(number, row)
                    continue
                yield values
                loaded += 1
                if loaded == next_step:
                    next_step += ROWS_IN_A_STEP
                    self._progress(Step(self._text.name, loaded, reading.done(), self._size))
        finally:
            self.seen, self.loaded, self.last = number, loaded, start + number
        self._progress(Step(self._text.name, loaded, self._size, self._size, finished=True))

    def _note(self, number: int, row: list[str]) -> None:
        for fault in self._plan.faults(number, row):
            self._faults.add(fault, relation=self._relation)


def create_table(
    database: sqlite3.Connection, table: Table, *, more: tuple[str, ...] = (), schema: str | None = None
) -> None:
    """`more` are columns that no file gives."""
    source = table.mapping.source
    declared = ", ".join(
        f"{column} {_affinity(source.columns[column], source.types[column])}"
        for column in (*table.columns, *more)
    )
    database.execute(f"CREATE TABLE {schema or table.schema}.{table.name} ({declared})")


def open_to_load(path: Path, raw: Path) -> sqlite3.Connection:
    """New files that are lost when this process dies: nothing is kept for going back."""
    database = sqlite3.connect(path, isolation_level=None)
    # A twentieth faster than the usual 4096, to write as to read.
    database.execute("PRAGMA page_size = 8192")
    database.execute(f"ATTACH ? AS {RAW}", (str(raw),))
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
        database.execute(f"PRAGMA main.{setting}")
        database.execute(f"PRAGMA {RAW}.{setting}")
    database.execute("PRAGMA temp_store = FILE")
    return database


def _affinity(column: Column, kind: NativeType) -> str:
    if column.family is Family.KEY:
        return "INTEGER" if kind.spec == "int" else "TEXT"
    return AFFINITIES.get(column.family, "TEXT")

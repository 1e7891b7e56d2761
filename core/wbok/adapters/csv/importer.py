"""One import from beginning to end: load, check, finish, flip. With any fault nothing changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from wbok.adapters.csv.checks import Checks
from wbok.adapters.csv.exports import Exports, check_unchanged, find_exports
from wbok.adapters.csv.faults import NOTHING, Faults, noted_faults
from wbok.adapters.csv.finishing import check_integrity, finish
from wbok.adapters.csv.generations import Generations, open_generation
from wbok.adapters.csv.loading import Loading, Table, open_to_load
from wbok.adapters.csv.mapping import FileMapping
from wbok.billing import AdapterContext
from wbok.billing.imports import Fault, ImportReport, Loaded, Progress
from wbok.errors import ImportFailed, Unavailable
from wbok.relations import CANONICAL

MOST_SHRINKING = 0.2


class CsvImporter:
    """See `wbok.billing.imports.Importer`."""

    def __init__(
        self, generations: Generations, mappings: Mapping[str, FileMapping], context: AdapterContext
    ) -> None:
        self._generations = generations
        self._mappings = mappings
        self._context = context

    def __call__(self, path: Path, *, dry_run: bool, allow_shrink: bool, progress: Progress) -> ImportReport:
        try:
            with self._generations.importing():
                loaded = self._load(path, progress)
                if not allow_shrink:
                    _check_shrinking(loaded)
                generation = None if dry_run else self._generations.flip()
        except (sqlite3.Error, OSError) as error:
            folder = self._generations.folder
            raise ImportFailed(f"billing.folder: {folder} cannot be written: {error}. {NOTHING}") from error
        return ImportReport(loaded, generation=generation)

    def _load(self, path: Path, progress: Progress) -> tuple[Loaded, ...]:
        """Into the file that becomes the next generation."""
        exports = find_exports(path, self._mappings.values())
        whole, raw = self._generations.loading(), self._generations.loading("-raw")
        with (
            noted_faults(self._generations.faults) as faults,
            closing(open_to_load(whole, raw)) as database,
        ):
            database.execute("BEGIN")
            tables = self._tables(database, exports, faults, progress)
            check_unchanged(path, self._mappings.values(), exports)
            _check(database, tables, faults)
            faults.stop_if_any()
            finish(database, tables, currency=self._context.currency)
            database.execute("COMMIT")
        check_integrity(whole)
        check_unchanged(path, self._mappings.values(), exports)
        before = self._rows_at_present()
        rows = {name: table.rows for name, table in tables.items()}
        return tuple(
            Loaded(name, rows.get(name, 0), before.get(name))
            for name in CANONICAL
            if name in rows or name in before
        )

    def _tables(
        self, database: sqlite3.Connection, exports: Exports, faults: Faults, progress: Progress
    ) -> dict[str, Table]:
        loading = Loading(database, context=self._context, faults=faults, progress=progress)
        tables = {}
        for name, mapping in self._mappings.items():
            for missing in exports.missing[name]:
                faults.add(Fault(missing, "is no file in the folder that is imported"), relation=name)
            table = loading.load(mapping, exports.files[name])
            if table.columns:
                tables[name] = table
        return tables

    def _rows_at_present(self) -> dict[str, int]:
        """By relation; nothing when there is no generation yet, or none that can be read."""
        try:
            current = self._generations.current()
            with open_generation(current) as database:
                names = [
                    name
                    for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
                ]
                return {
                    name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                    for name in names
                    if name in CANONICAL
                }
        except (Unavailable, sqlite3.Error):
            return {}


def _check(database: sqlite3.Connection, tables: Mapping[str, Table], faults: Faults) -> None:
    checks = Checks(database, tables, faults)
    for table in tables.values():
        checks.keys(table)
    for table in tables.values():
        checks.references(table)


def _check_shrinking(loaded: tuple[Loaded, ...]) -> None:
    shrunk = [one for one in loaded if one.before and one.rows < one.before * (1 - MOST_SHRINKING)]
    if shrunk:
        lines = [f"{one.relation}: {one.rows:,} rows, and {one.before:,} at present." for one in shrunk]
        raise ImportFailed(
            "\n".join(lines)
            + f"\nMore than {MOST_SHRINKING:.0%} less than at present: is the export whole? {NOTHING} "
            "If it is right, import with --allow-shrink."
        )

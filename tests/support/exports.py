"""Exported files, as a provider's program would leave them in a folder, and what takes them in."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from support.billing import CONTEXT
from wbok.adapters.csv import connect
from wbok.billing import Billing
from wbok.billing.imports import ImportReport, Progress, Step
from wbok.relations import CANONICAL, Family

ORIGINALS = "originals"
CUSTOMERS = "id,name\n1,Anna Żak\n2,Jan Łoś\n"
CREDENTIALS = "login,customer_id,pin\n1,1,4711\n2,2,4712\n"
LEDGER = """id,customer_id,booked_on,amount,description
1,1,2026-11-01,-50.00,Abonament
2,1,2026-11-02,50.00,Wpłata
"""
DOCUMENTS = "id,customer_id,number,kind,issued_on,gross\n1,1,FV/1,invoice,2026-11-01,50.00\n"
FILES = {"customers": CUSTOMERS, "credentials": CREDENTIALS, "ledger": LEDGER, "documents": DOCUMENTS}


def quiet(step: Step) -> None:
    """For who is not interested in how far an import is."""


def csv_billing(folder: Path, **files: Any) -> dict[str, Any]:
    """`[billing]` with the files of FILES; `files` are added, or replace what is there."""
    names: dict[str, Any] = {name: f"{name}.csv" for name in FILES}
    return {"folder": str(folder / "generations"), "files": {**names, **files}}


class Exports:
    """A folder of exported files, and a Billing that takes them in. `files` are as in `csv_billing`."""

    def __init__(self, place: Path, **files: Any) -> None:
        self.folder = place / "exports"
        self.config = csv_billing(place, **files)
        self.generations = place / "generations"

    @classmethod
    def written(cls, place: Path) -> Exports:
        """With FILES, in which nothing is wrong."""
        exports = cls(place)
        exports.folder.mkdir()
        for name, text in FILES.items():
            exports.write(f"{name}.csv", text)
        return exports

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def billing(self) -> Billing:
        return connect(self.config, CONTEXT)

    def take_in(
        self, *, dry_run: bool = False, allow_shrink: bool = False, progress: Progress = quiet
    ) -> ImportReport:
        importer = self.billing().importer
        assert importer is not None
        return importer(self.folder, dry_run=dry_run, allow_shrink=allow_shrink, progress=progress)

    def current(self) -> Path:
        return self.generations / (self.generations / "current").read_text().strip()

    def rows(self, sql: str) -> list[Any]:
        """Asked of the current generation."""
        with closing(sqlite3.connect(f"{self.current().as_uri()}?mode=ro", uri=True)) as database:
            return database.execute(sql).fetchall()


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], *, delimiter: str = ";") -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def export_tables(billing: Path, folder: Path) -> None:
    """Every relation of a file of SQLite as a CSV of its own, without what an import computes.

    Files lie beside them, and `files_dir` is that folder.
    """
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(billing)) as database:
        database.row_factory = sqlite3.Row
        for name in CANONICAL:
            rows = [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
            for row in rows:
                row.pop("balance_after", None)
                _put_aside(row, folder)
            if rows:
                write_csv(folder / f"{name}.csv", rows)


def _put_aside(row: dict[str, Any], folder: Path) -> None:
    """A file's bytes, which no CSV holds."""
    if "content" in row:
        row["path"] = f"{ORIGINALS}/{row['document_id']}.pdf"
        (folder / ORIGINALS).mkdir(exist_ok=True)
        (folder / row["path"]).write_bytes(row.pop("content"))


def with_files_apart(rows: Iterable[Mapping[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """Rows as they go into a CSV; files are written beside it."""
    apart = [dict(row) for row in rows]
    for row in apart:
        _put_aside(row, folder)
    return apart


AS_PYTHON: Mapping[Family, Callable[[Any], Any]] = {
    Family.WHEN: date.fromisoformat,
    Family.INSTANT: datetime.fromisoformat,
    Family.MONEY: lambda raw: Decimal(str(raw)),
    Family.SUMMABLE: lambda raw: Decimal(str(raw)),
    Family.NUMBER: lambda raw: Decimal(str(raw)),
    Family.BOOL: bool,
}


def typed_rows(billing: Path, name: str) -> list[dict[str, Any]]:
    """As a server's typed columns have them."""
    with closing(sqlite3.connect(billing)) as database:
        database.row_factory = sqlite3.Row
        return as_python(name, [dict(row) for row in database.execute(f"SELECT * FROM {name}")])


def as_python(name: str, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a relation, texts made what its columns are."""
    families = {column.name: column.family for column in CANONICAL[name].columns}
    return [{column: _as_python(families[column], raw) for column, raw in row.items()} for row in rows]


def _as_python(family: Family, raw: Any) -> Any:
    return AS_PYTHON[family](raw) if family in AS_PYTHON and isinstance(raw, str | int | float) else raw

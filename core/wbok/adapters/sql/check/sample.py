"""Up to 200 rows of a relation, everybody's, read cell by cell as the pages read them: no fault hides another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from wbok.adapters.sql.database import Database
from wbok.adapters.sql.native import Native
from wbok.adapters.sql.rows import UNREADABLE, source_cell
from wbok.adapters.sql.source import LeaveOut, Source
from wbok.adapters.sql.statements import Statements
from wbok.relations import ConversionError, Family

SAMPLE_ROWS = 200
SAMPLE_CUSTOMERS = 20
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2090, 1, 1)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`expected` is None for a value that is missing where one is needed.

    `why_left_out`: why the adapter shows the row to nobody.
    """

    row: int
    column: str
    found: Any
    expected: str | None = None
    why_left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """`raw` as the driver gave it; `read` in our terms, without the cells that are `unreadable`."""

    source: Source
    names: tuple[str, ...]
    raw: tuple[Mapping[str, Any], ...]
    read: tuple[Mapping[str, Any], ...]
    unreadable: tuple[Unreadable, ...]
    natives: Mapping[str, Native]

    @property
    def name(self) -> str:
        return self.source.relation.name

    def column(self, name: str) -> Iterator[tuple[int, Any]]:
        """(number of the row, value in our terms) where there is one."""
        return ((i, row[name]) for i, row in enumerate(self.read) if row.get(name) is not None)

    def raw_column(self, name: str) -> Iterator[tuple[int, Any]]:
        return ((i, row[name]) for i, row in enumerate(self.raw) if row.get(name) is not None)


def identity(source: Source) -> tuple[str, ...]:
    """The columns that name one row among everybody's."""
    relation = source.relation
    within = [c.name for c in relation.columns if c.required and c.refers and c.name != relation.owner]
    owner = [relation.owner] if relation.owner else []
    return tuple(dict.fromkeys([*owner, *(within if owner else []), relation.key]))


def row_label(sample: Sample, row: int, *, show_values: bool) -> str | None:
    """The row's key. A login or an account number is personal data, an id is none."""
    relation = sample.source.relation
    key = next(column for column in relation.columns if column.name == relation.key)
    if key.type == "text" and not show_values:
        return None
    parts = [name for name in identity(sample.source) if name != relation.owner or name == relation.key]
    cells = sample.raw[row]
    found = [f"{name} {cells[name]}" for name in parts if cells.get(name) is not None]
    return ", ".join(found) or None


def read_sample(
    database: Database,
    statements: Statements,
    source: Source,
    *,
    customers: Sequence[Any],
    zone: ZoneInfo,
) -> Sample:
    """`customers` are keys as the database has them, for selects that use `:customer_id`. Raises Unavailable."""
    natives = {
        name: native
        for name, native in statements.natives(source.relation.name).items()
        # Whole files are not read to look at them.
        if source.columns[name].family is not Family.BINARY
    }
    origin = statements.origin(source.relation.name, tuple(natives))
    wanted = [None] if "customer_id" not in source.parameters else customers[:SAMPLE_CUSTOMERS]
    rows: list[tuple[Any, ...]] = []
    period = _whole_time(database, source, zone)
    owner = source.relation.owner
    for customer in wanted:
        statement = select(*origin.c).limit(SAMPLE_ROWS - len(rows))
        if customer is not None and owner is not None:
            statement = statement.where(origin.c[owner] == bindparam("customer_id"))
        rows += database.rows(statement, {**period, "customer_id": customer})
        if len(rows) >= SAMPLE_ROWS:
            break
    return _converted(source, natives, rows, zone)


def some_customers(database: Database, statements: Statements) -> list[Any]:
    """Keys of those who may log in, as the database has them. Raises Unavailable."""
    origin = statements.origin("credentials", statements.columns("credentials"))
    rows = database.rows(select(origin.c.customer_id).limit(SAMPLE_CUSTOMERS), {})
    return [database.bound(key) for (key,) in rows if key is not None]


def _whole_time(database: Database, source: Source, zone: ZoneInfo) -> dict[str, Any]:
    """A value for `:since` and `:until` of a select, so that every row lies between them."""
    if source.relation.sort is None:
        return {}
    kind = source.types[source.relation.sort]
    limits = {"since": FIRST_DAY, "until": LAST_DAY}
    return {name: database.bound(kind.day_starts(day, zone=zone)) for name, day in limits.items()}


def _converted(
    source: Source, natives: Mapping[str, Native], rows: list[tuple[Any, ...]], zone: ZoneInfo
) -> Sample:
    names = tuple(natives)
    converters = [(name, source_cell(source, name, zone)) for name in names]
    read: list[dict[str, Any]] = []
    unreadable: list[Unreadable] = []
    for number, cells in enumerate(rows):
        values: dict[str, Any] = {}
        for (name, convert), cell in zip(converters, cells, strict=True):
            try:
                values[name] = convert(cell)
            except LeaveOut as reason:
                unreadable.append(Unreadable(number, name, cell, why_left_out=str(reason)))
                break
            except UNREADABLE as error:
                unreadable.append(_unreadable(source, number, name, cell, error))
        read.append(values)
    raw = tuple(dict(zip(names, cells, strict=True)) for cells in rows)
    return Sample(source, names, raw, tuple(read), tuple(unreadable), natives)


def _unreadable(source: Source, row: int, name: str, cell: Any, error: Exception) -> Unreadable:
    if isinstance(error, ConversionError):
        return Unreadable(row, name, cell, error.expected)
    is_missing = isinstance(error, ValueError)
    return Unreadable(row, name, cell, None if is_missing else source.types[name].spec)

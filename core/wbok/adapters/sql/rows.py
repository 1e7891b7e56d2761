"""Rows as the driver gave them become rows in our terms, by the declared types.

Built once for a relation and its columns. Keys, days and amounts repeat from row to row, so what was converted is
remembered; texts are not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from wbok.adapters.sql.shapes import shape_of
from wbok.adapters.sql.source import Source
from wbok.errors import Unavailable
from wbok.relations import Column, ConversionError, Family, NativeType
from wbok.relations.columns import Rule

log = logging.getLogger(__name__)

Convert = Callable[[Any], Any]
REMEMBERED = 4096
UNREADABLE = (ConversionError, ValueError, TypeError)
"""What a cell that cannot be read raises; a TypeError comes of values like arrays, which cannot be remembered."""
REPEATING = (Family.WHEN, Family.MONEY, Family.SUMMABLE, Family.COUNT, Family.BOOL)


@dataclass(frozen=True, slots=True)
class Row:
    """`values` in our terms; `sort` and `key` as the database has them, for the next page's mark."""

    values: Mapping[str, Any]
    sort: Any = None
    key: Any = None


class RowConverter:
    """`names` are the columns that the database has, in the order of the cells; the others become None."""

    def __init__(self, source: Source, names: Sequence[str], *, zone: ZoneInfo) -> None:
        relation = source.relation
        self._source = source
        shown = [c for c in source.types if c in names or not source.columns[c].in_detail]
        self._absent: dict[str, Any] = dict.fromkeys(shown)
        self._columns = [(name, source_cell(source, name, zone)) for name in names]
        self._key_at = names.index(relation.key) if relation.key in names else None
        self._sort_at = names.index(relation.sort) if relation.sort in names else None
        self._shape = shape_of(source.types[relation.sort]) if relation.sort else None

    def values(self, cells: Sequence[Any]) -> dict[str, Any]:
        """Raises Unavailable, whose text names relation and column but not the value; and LeaveOut."""
        values = dict(self._absent)
        name = ""
        try:
            for (name, convert), cell in zip(self._columns, cells, strict=False):
                values[name] = convert(cell)
        except UNREADABLE as error:
            raise self._unavailable(f"column {name}: {error}") from error
        return values

    def row(self, cells: Sequence[Any]) -> Row:
        """Raises Unavailable, also when the database would put the row in a wrong place of the list."""
        values = self.values(cells)
        sort = None if self._sort_at is None else cells[self._sort_at]
        shape = self._shape
        if shape is not None and not shape.fits(sort):
            raise self._unavailable(
                f"column {self._source.relation.sort}: {shape.words} is needed to compare it; {shape.advice}"
            )
        key = None if self._key_at is None else cells[self._key_at]
        return Row(values, sort=sort, key=key)

    def _unavailable(self, text: str) -> Unavailable:
        message = f"relation {self._source.relation.name}, {text}"
        log.error("%s: %s", self._source.where, message)
        return Unavailable(message)


def source_cell(source: Source, name: str, zone: ZoneInfo) -> Convert:
    """As `cell_converter`, after what the adapter itself makes of the cell; raises LeaveOut too."""
    convert = cell_converter(source.columns[name], source.types[name], zone)
    reader = source.readers.get(name)
    return convert if reader is None else lambda cell: convert(reader(cell))


def cell_converter(column: Column, kind: NativeType, zone: ZoneInfo) -> Convert:
    """How one cell of that column is read. What it gives raises one of UNREADABLE."""
    if column.family is Family.KEY:
        # Of one type alone: 1 and 1.0 are one number, but two texts.
        return lru_cache(REMEMBERED, typed=True)(_required(column, lambda cell: _key(kind, cell)))

    def read(cell: Any) -> Any:
        value = kind.read(cell, zone=zone)
        if column.words and value is not None and value not in column.words:
            raise ConversionError("one of " + ", ".join(column.words), cell)
        if column.rule is Rule.CURRENCY and value is not None:
            return value.strip().upper()
        if column.type == "date" and isinstance(value, datetime):
            return value.date()
        return value

    needed = _required(column, read)
    return lru_cache(REMEMBERED)(needed) if column.family in REPEATING or column.words else needed


def _key(kind: NativeType, cell: Any) -> str | None:
    if kind.is_unset(cell):
        return None
    try:
        return kind.key_text(cell)
    except (ValueError, TypeError, OverflowError) as error:
        raise ConversionError(kind.spec, cell) from error


def _required(column: Column, read: Convert) -> Convert:
    """NULL where something is needed: a text becomes empty, anything else cannot be shown."""
    if not column.needs_value:
        return read

    def needed(cell: Any) -> Any:
        value = read(cell)
        if value is not None:
            return value
        if column.family is Family.TEXT and not column.words:
            return ""
        raise ValueError("it is empty")

    return needed

"""What lies in the cells of a sample: wrong types, floating-point money, moments that are two or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wbok.adapters.sql.check.collected import Collected, kind_in_words
from wbok.adapters.sql.check.sample import Sample, Unreadable
from wbok.adapters.sql.native import Native
from wbok.adapters.sql.shapes import shape_of
from wbok.billing.check import Severity
from wbok.relations import Column, Family
from wbok.relations.types import family_types

MANY_ZLOTY = 1000
"""Amounts that are all whole and never reach it are złoty, as far as anybody can see."""
EPOCHS = ("instant:epoch_s", "instant:epoch_ms")


def look_at_cells(
    sample: Sample, collected: Collected, *, dialect: str, zone: ZoneInfo, unreadable_keys: Collection[str]
) -> None:
    """`unreadable_keys`: relations whose keys have a wrong type; that is not said again of who names them."""
    for cell in sample.unreadable:
        if sample.source.columns[cell.column].refers not in unreadable_keys:
            _unreadable(sample, cell, collected)
    _floating_point(sample, collected, dialect=dialect)
    _whole_amounts(sample, collected)
    for name in sample.names:
        column = sample.source.columns[name]
        if column.family is Family.KEY:
            _key_type(sample, column, collected)
        if column.family in (Family.WHEN, Family.INSTANT):
            _moments(sample, name, collected, zone=zone)
    if dialect == "sqlite":
        _order(sample, collected)


def _unreadable(sample: Sample, cell: Unreadable, collected: Collected) -> None:
    if cell.why_left_out is not None:
        advice = "Nobody sees these rows; correct the value."
        found = f"a row that is left out: {cell.why_left_out}"
        collected.add_rows(
            Severity.WARNING, found, advice, sample=sample, rows=[cell.row], column=cell.column
        )
        return
    column = sample.source.columns[cell.column]
    is_owner = cell.column == sample.source.relation.owner != sample.source.relation.key
    found = kind_in_words(cell.found)
    severity, expected, advice = Severity.FAULT, cell.expected, _advice(sample, column, cell.found)
    if cell.expected is None and is_owner:
        severity, expected = Severity.WARNING, "whose row it is"
        advice = f"Nobody sees these rows. Leave them out with a select: WHERE {column.name} IS NOT NULL."
    elif cell.expected is None:
        expected = f"a value ({sample.source.types[column.name].spec})"
        advice = f"Fill it in, or leave these rows out with a select: WHERE {column.name} IS NOT NULL."
    collected.add_rows(
        severity,
        found,
        advice,
        sample=sample,
        rows=[cell.row],
        column=cell.column,
        expected=expected,
    )


def _advice(sample: Sample, column: Column, found: Any) -> str:
    where = sample.source.where
    if isinstance(found, bytes):
        return f"Make a number or a text of it in a select, for example {column.name} + 0."
    if column.words or sample.source.types[column.name].values:
        return f'Translate it: {where}.values.{column.name} = {{ "in the database" = "one of these" }}.'
    if column.refers in sample.source.configured:
        return f"Declare the type of the key where it is at home, in {sample.source.section}.{column.refers}.types."
    types = ", ".join(family_types(column.family))
    return f"Correct the value, or declare what it is in {where}.types.{column.name}: {types}."


def _floating_point(sample: Sample, collected: Collected, *, dialect: str) -> None:
    columns = [
        name
        for name in sample.names
        if sample.source.columns[name].family in (Family.MONEY, Family.SUMMABLE)
        and any(isinstance(raw, float) for _, raw in sample.raw_column(name))
    ]
    if not columns:
        return
    first = columns[0]
    advice = (
        f"Make it DECIMAL(12,2) in the database, or in a select: CAST({first} AS DECIMAL(12,2)) AS {first}."
    )
    if dialect == "sqlite":
        advice = f"In a select: CAST(ROUND({first} * 100) AS INTEGER) AS {first}, with the type money:grosze."
    collected.add(
        Severity.WARNING,
        f"floating-point money in {', '.join(columns)}; it is rounded to grosze, half to even",
        advice,
        expected="numbers with decimal places, or whole grosze",
    )


def _whole_amounts(sample: Sample, collected: Collected) -> None:
    """Grosze that nobody declared would be shown as a hundred times as much, and nothing else would look wrong."""
    for name in sample.names:
        is_amount = sample.source.columns[name].family in (Family.MONEY, Family.SUMMABLE)
        if not is_amount or name not in sample.source.undeclared:
            continue
        amounts = [raw for _, raw in sample.raw_column(name)]
        if all(type(raw) is int for raw in amounts) and max(map(abs, amounts), default=0) >= MANY_ZLOTY:
            collected.add(
                Severity.WARNING,
                "all amounts are whole numbers: are they grosze?",
                f'Declare {sample.source.where}.types.{name}: "money:grosze" or, for złoty, "money:decimal".',
                column=name,
                expected="amounts of which it is known what they count",
            )


def _key_type(sample: Sample, column: Column, collected: Collected) -> None:
    """A number kept as text, or the reverse, is read, but found slowly or not at all."""
    spec = sample.source.types[column.name].spec
    mixed = {"int": (str, bytes), "text": (int, float)}.get(spec)
    readable = {i for i, _ in sample.column(column.name)}
    is_login = column.type == "text"
    rows = [i for i, raw in sample.raw_column(column.name) if mixed and isinstance(raw, mixed)]
    rows = [i for i in rows if i in readable]
    home = column.refers or sample.name
    if rows and not (is_login and spec == "text"):
        collected.add(
            Severity.WARNING,
            f"{kind_in_words(sample.raw[rows[0]][column.name])} as key",
            f"Declare its type in {sample.source.section}.{home}.types, or cast it in a select.",
            column=column.name,
            expected=spec,
        )


def _moments(sample: Sample, name: str, collected: Collected, *, zone: ZoneInfo) -> None:
    kind = sample.source.types[name]
    if sample.natives.get(name) is Native.STAMP and kind.spec != "instant:utc":
        collected.add(
            Severity.WARNING,
            "a TIMESTAMP, which MariaDB gives in UTC: days and times are hours off",
            f'Declare it: {sample.source.where}.types.{name} = "instant:utc".',
            column=name,
            expected="instant:utc",
        )
    if kind.spec in EPOCHS and not kind.zero_is_none:
        collected.add_rows(
            Severity.WARNING,
            "0, which is read as 1 January 1970",
            f'If 0 means "not set": {sample.source.where}.types.{name} = "{kind.spec} zero_is_none".',
            sample=sample,
            rows=_where(sample, name, lambda raw: str(raw) == "0"),
            column=name,
        )
    if kind.spec != "instant:local":
        return
    advice = "Nothing needs to be done; keep moments in UTC (instant:utc) if the hour matters."
    for found, is_such in (
        ("a time that the clocks show twice; it is read as the first", is_twice),
        ("a time that the clocks leap over; it is read as an hour later", is_never),
    ):
        rows = _where(sample, name, lambda raw, such=is_such: such(_naive(raw), zone))  # type: ignore[misc]
        collected.add_rows(Severity.NOTE, found, advice, sample=sample, rows=rows, column=name)


def _where(sample: Sample, name: str, is_such: Callable[[Any], bool]) -> Iterable[int]:
    return [i for i, raw in sample.raw_column(name) if is_such(raw)]


def is_twice(naive: datetime | None, zone: ZoneInfo) -> bool:
    """02:30 in the night when summer time ends."""
    offsets = _offsets(naive, zone)
    return offsets is not None and offsets[0] > offsets[1]


def is_never(naive: datetime | None, zone: ZoneInfo) -> bool:
    """02:30 in the night when summer time begins."""
    offsets = _offsets(naive, zone)
    return offsets is not None and offsets[0] < offsets[1]


def _offsets(naive: datetime | None, zone: ZoneInfo) -> tuple[Any, Any] | None:
    if naive is None:
        return None
    first, second = (naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first, second


def _naive(raw: Any) -> datetime | None:
    if isinstance(raw, datetime):
        return raw
    try:
        return datetime.fromisoformat(str(raw))
    except ValueError:
        return None


def _order(sample: Sample, collected: Collected) -> None:
    column = sample.source.relation.sort
    if column is None:
        return
    shape = shape_of(sample.source.types[column])
    if shape is None:
        return
    collected.add_rows(
        Severity.FAULT,
        "a value of another shape",
        f"{shape.advice[0].upper()}{shape.advice[1:]}.",
        sample=sample,
        rows=[i for i, raw in sample.raw_column(column) if not shape.fits(raw)],
        column=column,
        expected=shape.words,
    )

"""Sums that the database makes: of several columns, for each currency, and for each day where that is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, case, func, null, select
from sqlalchemy.sql import literal_column

from wbok.adapters.sql.conditions import Condition, Shape
from wbok.adapters.sql.expressions import senseless, to_add_up
from wbok.adapters.sql.native import Native

BELOW, ABOVE = "below zero", "above zero"


@dataclass(frozen=True, slots=True)
class Sums:
    """What is added up. `parts`: into how many periods the rows are divided, whose ends are bound as `end0` …

    `by_sign`: what is below zero and what is above it apart.
    """

    relation: str
    columns: tuple[str, ...]
    shape: Shape = ()
    after: bool = False
    parts: int = 0
    by_sign: bool = False


@dataclass(frozen=True, slots=True)
class Addend:
    """Which columns of which rows are added up; a count of rows comes by itself.

    `by_sign`: each amount below zero and each above it are added up apart.
    """

    relation: str
    columns: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    by_sign: bool = False

    def sums(self, *, after: bool = False, parts: int = 0) -> Sums:
        shape = tuple(condition.shape for condition in self.conditions)
        return Sums(self.relation, self.columns, shape, after, parts, self.by_sign)

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """(what a sum is called in Total.values, its column), in the order in which the sums come."""
        if not self.by_sign:
            return tuple((name, name) for name in self.columns)
        return tuple((f"{name} {side}", name) for name in self.columns for side in (BELOW, ABOVE))


@dataclass(frozen=True, slots=True)
class Total:
    """Of one currency, and of one period, counted from 0. A column in which nothing stands has no value."""

    currency: str
    rows: int
    values: Mapping[str, Decimal]
    part: int | None = None


def sum_by_currency(totals: Iterable[Total], column: str) -> dict[str, Decimal]:
    """Several ways to write one currency are one."""
    sums: dict[str, Decimal] = {}
    for total in totals:
        if column in total.values:
            sums[total.currency] = sums.get(total.currency, Decimal()) + total.values[column]
    return sums


def add_up(
    origin: FromClause,
    conditions: Sequence[ColumnElement[bool]],
    sums: Sums,
    *,
    sort: str | None,
    dialect: str,
    money: Mapping[str, tuple[Native, bool]],
) -> Select[tuple[object, ...]]:
    """(number of the period, currency, how many values are no numbers, how many rows, sum, sum …).

    `money`: which columns are amounts, what they are in the database, and whether they are whole grosze.
    """
    part = _part(origin.c[sort], sums.parts) if sort and sums.parts else null()
    currency = origin.c.currency if "currency" in origin.c else null()
    cells = [origin.c[name] if name in origin.c else literal_column("0") for name in sums.columns]
    chosen = (
        select(
            part.label("part"),
            currency.label("currency"),
            *(cell.label(f"v{i}") for i, cell in enumerate(cells)),
        )
        .where(*conditions)
        .select_from(origin)
        .subquery("chosen")
    )
    values = [chosen.c[f"v{i}"] for i in range(len(cells))]
    wrong = reduce(add, (senseless(dialect, value) for value in values))
    added = [
        to_add_up(dialect, money[name][0], value, in_grosze=money[name][1]) if name in money else value
        for name, value in zip(sums.columns, values, strict=True)
    ]
    if sums.by_sign:
        added = [case((side, amount)) for amount in added for side in (amount < 0, amount > 0)]
    columns = [chosen.c.part, chosen.c.currency, wrong, func.count(), *map(func.sum, added)]
    named = [column.label(f"t{i}") for i, column in enumerate(columns)]
    return select(*named).group_by(chosen.c.part, chosen.c.currency)


def _part(moment: ColumnElement[object], parts: int) -> ColumnElement[int]:
    """Which of the periods a moment lies in; limits are compared as they are, so nothing depends on a zone."""
    steps: list[tuple[Any, Any]] = [
        (moment.op("<", is_comparison=True)(bindparam(f"end{i}")), literal_column(str(i)))
        for i in range(parts)
    ]
    return case(*steps)

"""The SQL of the reading engine, built once for each relation and shape of question.

A relation's columns are learned at the first question, not at the start: a panel that boots before its
database works when it comes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    ColumnElement,
    Executable,
    FromClause,
    LargeBinary,
    Text,
    and_,
    bindparam,
    case,
    cast,
    collate,
    column,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    table,
    text,
    union_all,
)

from wbok.adapters.sql.database import Database
from wbok.adapters.sql.source import PARAMETERS, Source
from wbok.errors import Unavailable

log = logging.getLogger(__name__)

GATHER_LIMIT = 1000
# What SQLite's pattern can say: a sign elsewhere than in front, two points, anything else than digits.
ODD_NUMBERS = ("*[^0-9.-]*", "*.*.*", "?*-*")
A_NUMBER = "^-?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]+)?$"
Operator = Literal["=", "<", ">=", ">"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`column operator value`, the value already as the driver takes it."""

    column: str
    operator: Operator
    value: Any

    @property
    def shape(self) -> tuple[str, Operator]:
        return self.column, self.operator


# Databases compare text without case and trailing blanks when the column says so.
EXACTLY: Mapping[str, Callable[[ColumnElement[Any], BindParameter[Any]], ColumnElement[bool]]] = {
    "sqlite": lambda left, right: left == collate(right, "BINARY"),
    "postgresql": lambda left, right: cast(left, Text) == collate(cast(right, Text), "C"),
    "mysql": lambda left, right: cast(utf8(left), LargeBinary) == cast(right, LargeBinary),
}
Shape = tuple[tuple[str, Operator], ...]


class Statements:
    def __init__(self, database: Database, sources: Mapping[str, Source]) -> None:
        self._database = database
        self._sources = sources
        self._columns: dict[tuple[Hashable, str], tuple[str, ...]] = {}
        self._built: dict[Any, Any] = {}

    def forget(self) -> None:
        """After an error: the tables may have changed under us."""
        self._columns.clear()
        self._built.clear()

    def columns(self, name: str) -> tuple[str, ...]:
        """The relation's columns that the database really has, in the canonical order. Raises Unavailable."""
        place = (self._database.shape(), name)
        known = self._columns.get(place)
        if known is None:
            known = self._columns[place] = self._learn(name)
        return known

    def rows(self, name: str, shape: Shape, *, after: bool = False, newest_first: bool = False) -> Executable:
        """Parameters: `customer_id`, `p0`, `p1` … for the conditions, `sort` and `key` for `after`, `row_limit`."""
        question = (self._database.shape(), "rows", name, shape, after, newest_first)
        if question not in self._built:
            self._built[question] = self._rows(name, shape, after=after, newest_first=newest_first)
        statement: Executable = self._built[question]
        return statement

    def sums(self, name: str, amount: str, shape: Shape, *, after: bool = False) -> Executable:
        """(sum of `amount`, currency, how many values are no numbers), a row for each currency."""
        question = (self._database.shape(), "sums", name, amount, shape, after)
        if question not in self._built:
            self._built[question] = self._sums(name, amount, shape, after=after)
        statement: Executable = self._built[question]
        return statement

    def gather(self, names: tuple[str, ...]) -> Executable:
        """Each row is the relation's name and its columns as text, filled up with NULL to one width."""
        question = (self._database.shape(), "gather", names)
        if question not in self._built:
            width = max(len(self.columns(name)) for name in names)
            self._built[question] = union_all(*(self._branch(name, width) for name in names))
        statement: Executable = self._built[question]
        return statement

    def present(self, name: str) -> tuple[str, ...]:
        """Every column that the database gives, known to us or not. Raises Unavailable."""
        everything: Executable = select(literal_column("*")).select_from(self.origin(name, ())).where(false())
        return self._database.columns(everything, dict.fromkeys(PARAMETERS))

    def _learn(self, name: str) -> tuple[str, ...]:
        relation = self._sources[name].relation
        found = set(self.present(name))
        for needed in relation.columns:
            if needed.required and needed.name not in found:
                message = f"relation {name} has no column {needed.name}; it has {', '.join(sorted(found))}"
                log.error("%s: %s", self._sources[name].where, message)
                raise Unavailable(message)
        return tuple(c.name for c in relation.columns if c.name in found)

    def origin(self, name: str, names: Sequence[str]) -> FromClause:
        """The relation as it is, everybody's rows: nothing for a customer may be read from it directly."""
        source = self._sources[name]
        columns: list[ColumnClause[Any]] = [column(c) for c in names]
        if source.select is not None:
            # A line of its own, so that a comment at its end does not swallow what follows.
            return text(source.select + "\n").columns(*columns).subquery(name)
        schema, _, plain = (source.table or name).rpartition(".")
        return table(plain, *columns, schema=schema or None).alias(name)

    def _wrapped(self, name: str) -> tuple[FromClause, list[ColumnElement[bool]]]:
        """The relation and the owner's condition, without which nothing of it is ever read."""
        relation = self._sources[name].relation
        origin = self.origin(name, self.columns(name))
        if relation.owner is None:
            return origin, []
        mine = self._equal(name, origin.c[relation.owner], relation.owner, bindparam("customer_id"))
        return origin, [or_(mine, origin.c[relation.owner].is_(None)) if relation.shared else mine]

    def _equal(
        self, name: str, left: ColumnElement[Any], column_name: str, right: BindParameter[Any]
    ) -> ColumnElement[bool]:
        if self._sources[name].types[column_name].spec != "text":
            return left == right
        # The first comparison finds an index, the second is exact whatever the column's collation.
        return and_(left == right, EXACTLY[self._database.dialect](left, right))

    def _conditions(self, name: str, origin: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        for i, (column_name, operator) in enumerate(shape):
            left = origin.c[column_name]
            right: BindParameter[Any] = bindparam(f"p{i}")
            if operator == "=":
                conditions.append(self._equal(name, left, column_name, right))
            else:
                conditions.append(left.op(operator, is_comparison=True)(right))
        return conditions

    def _rows(self, name: str, shape: Shape, *, after: bool, newest_first: bool) -> Executable:
        relation = self._sources[name].relation
        origin, conditions = self._wrapped(name)
        conditions += self._conditions(name, origin, shape)
        order = [origin.c[c] for c in (relation.sort, relation.key) if c]
        if after:
            conditions.append(_behind_the_mark(order))
        ordered = [c.desc() for c in order] if newest_first else order
        return select(*origin.c).where(*conditions).order_by(*ordered).limit(bindparam("row_limit"))

    def _sums(self, name: str, amount: str, shape: Shape, *, after: bool) -> Executable:
        relation = self._sources[name].relation
        origin, conditions = self._wrapped(name)
        conditions += self._conditions(name, origin, shape)
        if after:
            conditions.append(_behind_the_mark([origin.c[c] for c in (relation.sort, relation.key) if c]))
        total, senseless = func.sum(origin.c[amount]), self._senseless(origin.c[amount])
        if "currency" not in origin.c:
            return select(total, null(), senseless).where(*conditions)
        return select(total, origin.c.currency, senseless).where(*conditions).group_by(origin.c.currency)

    def _senseless(self, amount: ColumnElement[Any]) -> ColumnElement[Any]:
        """How many values the database would add up as something else than they say.

        PostgreSQL adds up numbers alone; SQLite and MariaDB take any text for the number it begins with.
        """
        if self._database.dialect == "postgresql":
            return literal(0)
        if self._database.dialect == "mysql":
            return func.sum(case((amount.op("NOT REGEXP")(A_NUMBER), 1), else_=0))
        kind = func.typeof(amount)
        odd_text = or_(*(amount.op("GLOB")(odd) for odd in ODD_NUMBERS), amount.op("NOT GLOB")("*[0-9]*"))
        is_senseless = or_(kind == "blob", and_(kind == "text", odd_text))
        return func.sum(case((is_senseless, 1), else_=0))

    def _branch(self, name: str, width: int) -> Any:
        """As text where the columns of a union must agree in type; SQLite lets each be what it is."""
        relation = self._sources[name].relation
        origin, conditions = self._wrapped(name)
        inner = (
            select(*origin.c).where(*conditions).order_by(origin.c[relation.key]).limit(GATHER_LIMIT)
        ).subquery(f"{name}_rows")
        as_it_is = self._database.dialect == "sqlite"
        cells: list[ColumnElement[Any]] = [c if as_it_is else cast(c, Text) for c in inner.c]
        cells += [null() if as_it_is else cast(null(), Text)] * (width - len(cells))
        return select(literal(name).label("relation"), *(c.label(f"c{i}") for i, c in enumerate(cells)))


def utf8(text_column: ColumnElement[Any]) -> ColumnElement[Any]:
    """`CONVERT(… USING utf8mb4)`: what a column of any character set says in the connection's."""
    return func.convert(text_column.op("USING")(literal_column("utf8mb4")))


def _behind_the_mark(order: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
    sort, key = order
    return or_(sort < bindparam("sort"), and_(sort == bindparam("sort"), key < bindparam("key")))

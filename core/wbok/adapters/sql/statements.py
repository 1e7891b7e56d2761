"""The SQL of the reading engine, built once for each relation and shape of question.

A relation's columns are learned at the first question, not at the start: a panel that boots before its
database works when it comes.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    ColumnElement,
    Executable,
    FromClause,
    Text,
    and_,
    bindparam,
    cast,
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
from wbok.adapters.sql.expressions import (
    EXACT,
    EXACT_VALUE,
    as_number,
    as_text,
    equal_text,
    senseless,
    to_add_up,
)
from wbok.adapters.sql.native import Native
from wbok.adapters.sql.source import PARAMETERS, Source
from wbok.errors import Unavailable
from wbok.relations import Family

log = logging.getLogger(__name__)

GATHER_LIMIT = 1000
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


Shape = tuple[tuple[str, Operator], ...]


class Statements:
    def __init__(self, database: Database, sources: Mapping[str, Source]) -> None:
        self._database = database
        self._sources = sources
        self._columns: dict[tuple[Hashable, str], Mapping[str, Native]] = {}
        self._built: dict[Any, Any] = {}

    def forget(self) -> None:
        """After an error: the tables may have changed under us."""
        self._columns.clear()
        self._built.clear()

    def columns(self, name: str) -> tuple[str, ...]:
        """The relation's columns that the database really has, in the canonical order. Raises Unavailable."""
        return tuple(self.natives(name))

    def natives(self, name: str) -> Mapping[str, Native]:
        """What each of these columns is in the database. Raises Unavailable."""
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

    def present(self, name: str) -> Mapping[str, Native]:
        """Every column that the database gives, known to us or not. Raises Unavailable."""
        everything: Executable = select(literal_column("*")).select_from(self.origin(name, ())).where(false())
        return self._database.columns(everything, dict.fromkeys(PARAMETERS))

    def _learn(self, name: str) -> Mapping[str, Native]:
        relation = self._sources[name].relation
        found = self.present(name)
        for needed in relation.columns:
            if needed.required and needed.name not in found:
                message = f"relation {name} has no column {needed.name}; it has {', '.join(sorted(found))}"
                log.error("%s: %s", self._sources[name].where, message)
                raise Unavailable(message)
        return {c.name: found[c.name] for c in relation.columns if c.name in found}

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
        return origin, [self._equal(name, origin.c[relation.owner], relation.owner, bindparam("customer_id"))]

    def _equal(
        self, name: str, left: ColumnElement[Any], column_name: str, right: BindParameter[Any]
    ) -> ColumnElement[bool]:
        if self._sources[name].types[column_name].spec != "text":
            return left == right
        return equal_text(self._database.dialect, self.natives(name)[column_name], left, right)

    def _conditions(self, name: str, origin: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        for i, (column_name, operator) in enumerate(shape):
            left = origin.c[column_name]
            right: BindParameter[Any] = bindparam(f"p{i}")
            if operator == "=":
                conditions.append(self._equal(name, left, column_name, right))
            else:
                conditions.append(
                    self._compared(name, left, column_name).op(operator, is_comparison=True)(right)
                )
        return conditions

    def _compared(self, name: str, left: ColumnElement[Any], column_name: str) -> ColumnElement[Any]:
        if self._sources[name].columns[column_name].family is not Family.SUMMABLE:
            return left
        return as_number(self._database.dialect, self.natives(name)[column_name], left)

    def _order(self, name: str, origin: FromClause) -> list[ColumnElement[Any]]:
        """By sort column and key; keys that only differ by case are two places all the same."""
        relation, types = self._sources[name].relation, self._sources[name].types
        key: ColumnElement[Any] = origin.c[relation.key]
        if types[relation.key].spec == "text":
            key = EXACT[self._database.dialect](key)
        return [origin.c[relation.sort], key] if relation.sort else [key]

    def _behind_the_mark(self, name: str, origin: FromClause) -> ColumnElement[bool]:
        sort, key = self._order(name, origin)
        place: ColumnElement[Any] = bindparam("key")
        if self._sources[name].types[self._sources[name].relation.key].spec == "text":
            place = EXACT_VALUE[self._database.dialect](bindparam("key"))
        return or_(sort < bindparam("sort"), and_(sort == bindparam("sort"), key < place))

    def _rows(self, name: str, shape: Shape, *, after: bool, newest_first: bool) -> Executable:
        origin, conditions = self._wrapped(name)
        conditions += self._conditions(name, origin, shape)
        order = self._order(name, origin)
        if after:
            conditions.append(self._behind_the_mark(name, origin))
        ordered = [c.desc() for c in order] if newest_first else order
        return select(*origin.c).where(*conditions).order_by(*ordered).limit(bindparam("row_limit"))

    def _sums(self, name: str, amount: str, shape: Shape, *, after: bool) -> Executable:
        origin, conditions = self._wrapped(name)
        conditions += self._conditions(name, origin, shape)
        if after:
            conditions.append(self._behind_the_mark(name, origin))
        dialect, in_grosze = self._database.dialect, self._sources[name].types[amount].spec == "money:grosze"
        added = to_add_up(dialect, self.natives(name)[amount], origin.c[amount], in_grosze=in_grosze)
        wrong = senseless(dialect, origin.c[amount])
        if "currency" not in origin.c:
            return select(func.sum(added), null(), wrong).where(*conditions)
        currency = origin.c.currency
        return select(func.sum(added), currency, wrong).where(*conditions).group_by(currency)

    def _branch(self, name: str, width: int) -> Any:
        """As text where the columns of a union must agree in type; SQLite lets each be what it is."""
        relation = self._sources[name].relation
        origin, conditions = self._wrapped(name)
        inner = (
            select(*origin.c).where(*conditions).order_by(origin.c[relation.key]).limit(GATHER_LIMIT)
        ).subquery(f"{name}_rows")
        as_it_is = self._database.dialect == "sqlite"
        cells: list[ColumnElement[Any]] = [c if as_it_is else self._as_text(name, c) for c in inner.c]
        cells += [null() if as_it_is else cast(null(), Text)] * (width - len(cells))
        return select(literal(name).label("relation"), *(c.label(f"c{i}") for i, c in enumerate(cells)))

    def _as_text(self, name: str, cell: ColumnElement[Any]) -> ColumnElement[Any]:
        family = self._sources[name].columns[str(cell.key)].family
        is_money = family in (Family.MONEY, Family.SUMMABLE)
        return as_text(self.natives(name)[str(cell.key)], cell, is_money=is_money)

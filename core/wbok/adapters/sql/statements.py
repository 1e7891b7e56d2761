"""The SQL of the reading engine, built once for each relation and shape of question.

A relation's columns are learned at the first question, not at the start: a panel that boots before its
database works when it comes.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from operator import gt, lt
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Executable,
    FromClause,
    Select,
    SelectBase,
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

from wbok.adapters.sql.conditions import Asked, Operator, Shape, compared
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.expressions import EXACT, EXACT_VALUE, as_text
from wbok.adapters.sql.native import Native
from wbok.adapters.sql.source import PARAMETERS, Source
from wbok.adapters.sql.totals import Sums, add_up
from wbok.errors import Unavailable
from wbok.relations import Family

log = logging.getLogger(__name__)

GATHER_LIMIT = 1000
TOTALS = "totals"
"""The tag of what is added up, among the rows of several relations."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one relation; `after`: those behind a mark. `in_detail`: with the columns that no list shows."""

    relation: str
    shape: Shape = ()
    after: bool = False
    newest_first: bool = False
    in_detail: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of one relation among those of several."""

    tag: str
    relation: str
    shape: Shape = ()
    in_detail: bool = False


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

    def columns(self, name: str, *, in_detail: bool = True) -> tuple[str, ...]:
        """The relation's columns that the database really has, in the canonical order. Raises Unavailable.

        `in_detail`: also those that are read for a single row alone.
        """
        declared = self._sources[name].columns
        return tuple(c for c in self.natives(name) if in_detail or not declared[c].in_detail)

    def natives(self, name: str) -> Mapping[str, Native]:
        """What each of these columns is in the database. Raises Unavailable."""
        place = (self._database.shape(), name)
        known = self._columns.get(place)
        if known is None:
            known = self._columns[place] = self._learn(name)
        return known

    def rows(self, asked: Rows) -> Executable:
        """Parameters: `customer_id`, `p0`, `p1` … for the conditions, `sort` and `key` for `after`, `row_limit`."""
        question = (self._database.shape(), asked)
        if question not in self._built:
            self._built[question] = self._rows(asked)
        statement: Executable = self._built[question]
        return statement

    def extent(self, name: str) -> Executable:
        """One row: the least and the greatest value that the customer's rows are sorted by."""
        question = (self._database.shape(), "extent", name)
        if question not in self._built:
            relation = self._sources[name].relation
            origin, conditions = self._wrapped(name)
            sort = origin.c[str(relation.sort)]
            self._built[question] = select(func.min(sort), func.max(sort)).where(*conditions)
        statement: Executable = self._built[question]
        return statement

    def totals(self, sums: Sums) -> Executable:
        """See `add_up`; parameters as for `rows`, and the ends of the periods."""
        question = (self._database.shape(), sums)
        if question not in self._built:
            self._built[question] = self._totals(sums)
        statement: Executable = self._built[question]
        return statement

    def gather(self, asked: tuple[Branch, ...], sums: Sums | None = None) -> Executable:
        """Each row is the branch's tag and its columns as text, filled up with NULL to one width.

        Conditions of a branch are bound as its tag with `_p0` …; rows of `sums` come with the tag TOTALS, and their
        parameters are those of `totals`.
        """
        question = (self._database.shape(), "gather", asked, sums)
        if question not in self._built:
            parts = [(branch, self._branch(branch)) for branch in asked]
            if sums:
                parts.append((Branch(TOTALS, ""), self._totals(sums)))
            width = max(len(part.selected_columns) for _, part in parts)
            self._built[question] = union_all(*(self._padded(branch, part, width) for branch, part in parts))
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
        if source.query is not None:
            return _only(source.query, names).subquery(name)
        columns: list[ColumnClause[Any]] = [column(c) for c in names]
        if source.select is not None:
            # A line of its own, so that a comment at its end does not swallow what follows.
            return text(source.select + "\n").columns(*columns).subquery(name)
        schema, _, plain = (source.table or name).rpartition(".")
        return table(plain, *columns, schema=schema or None).alias(name)

    def _wrapped(self, name: str, *, in_detail: bool = False) -> tuple[FromClause, list[ColumnElement[bool]]]:
        """The relation and the owner's condition, without which nothing of it is ever read."""
        relation = self._sources[name].relation
        origin = self.origin(name, self.columns(name, in_detail=in_detail))
        if relation.owner is None:
            return origin, []
        mine = self._compared(name, origin, (relation.owner, "="), "customer_id")
        return origin, [or_(mine, origin.c[relation.owner].is_(None)) if relation.shared else mine]

    def _conditions(
        self, name: str, origin: FromClause, shape: Shape, parameter: str = "p"
    ) -> list[ColumnElement[bool]]:
        return [
            self._compared(name, origin, condition, f"{parameter}{i}") for i, condition in enumerate(shape)
        ]

    def _compared(
        self, name: str, origin: FromClause, condition: tuple[str, Operator], parameter: str
    ) -> ColumnElement[bool]:
        column_name, operator = condition
        source = self._sources[name]
        asked = Asked(
            self._database.dialect,
            self.natives(name)[column_name],
            source.types[column_name],
            is_money=source.columns[column_name].family is Family.SUMMABLE,
        )
        return compared(origin.c[column_name], operator, parameter, asked)

    def _order(self, name: str, origin: FromClause) -> list[ColumnElement[Any]]:
        """By sort column and key; keys that only differ by case are two places all the same."""
        relation, types = self._sources[name].relation, self._sources[name].types
        key: ColumnElement[Any] = origin.c[relation.key]
        if types[relation.key].spec == "text":
            key = EXACT[self._database.dialect](key)
        return [origin.c[relation.sort], key] if relation.sort else [key]

    def _behind_the_mark(
        self, name: str, origin: FromClause, *, newest_first: bool = True
    ) -> ColumnElement[bool]:
        sort, key = self._order(name, origin)
        place: ColumnElement[Any] = bindparam("key")
        if self._sources[name].types[self._sources[name].relation.key].spec == "text":
            place = EXACT_VALUE[self._database.dialect](bindparam("key"))
        behind = lt if newest_first else gt
        return or_(behind(sort, bindparam("sort")), and_(sort == bindparam("sort"), behind(key, place)))

    def _rows(self, asked: Rows) -> Executable:
        origin, conditions = self._wrapped(asked.relation, in_detail=asked.in_detail)
        conditions += self._conditions(asked.relation, origin, asked.shape)
        order = self._order(asked.relation, origin)
        if asked.after:
            behind = self._behind_the_mark(asked.relation, origin, newest_first=asked.newest_first)
            conditions.append(behind)
        ordered = [c.desc() for c in order] if asked.newest_first else order
        return select(*origin.c).where(*conditions).order_by(*ordered).limit(bindparam("row_limit"))

    def _totals(self, sums: Sums) -> Select[Any]:
        source, natives = self._sources[sums.relation], self.natives(sums.relation)
        origin, conditions = self._wrapped(sums.relation)
        conditions += self._conditions(sums.relation, origin, sums.shape)
        if sums.after:
            conditions.append(self._behind_the_mark(sums.relation, origin))
        money = {
            name: (natives[name], source.types[name].spec == "money:grosze")
            for name in sums.columns
            if name in natives and source.columns[name].family is Family.SUMMABLE
        }
        return add_up(
            origin, conditions, sums, sort=source.relation.sort, dialect=self._database.dialect, money=money
        )

    def _branch(self, asked: Branch) -> Select[Any]:
        relation = self._sources[asked.relation].relation
        origin, conditions = self._wrapped(asked.relation, in_detail=asked.in_detail)
        conditions += self._conditions(asked.relation, origin, asked.shape, f"{asked.tag}_p")
        return select(*origin.c).where(*conditions).order_by(origin.c[relation.key]).limit(GATHER_LIMIT)

    def _padded(self, branch: Branch, part: Select[Any], width: int) -> Select[Any]:
        """As text where the columns of a union must agree in type; SQLite lets each be what it is."""
        inner = part.subquery(f"{branch.tag}_rows")
        as_it_is = self._database.dialect == "sqlite"
        cells: list[ColumnElement[Any]] = [
            c if as_it_is else self._as_text(branch.relation, c) for c in inner.c
        ]
        cells += [null() if as_it_is else cast(null(), Text)] * (width - len(cells))
        return select(literal(branch.tag).label("relation"), *(c.label(f"c{i}") for i, c in enumerate(cells)))

    def _as_text(self, relation: str, cell: ColumnElement[Any]) -> ColumnElement[Any]:
        source = self._sources.get(relation)
        if source is None:
            return cast(cell, Text)
        name = str(cell.key)
        is_money = source.columns[name].family in (Family.MONEY, Family.SUMMABLE)
        return as_text(self.natives(relation)[name], cell, is_money=is_money)


def _only(query: SelectBase, names: Sequence[str]) -> SelectBase:
    """The query with these columns alone, in their order: what is not asked for is not worked out."""
    if not names:
        return query
    if isinstance(query, Select):
        return query.with_only_columns(*(query.selected_columns[name] for name in names))
    whole = query.subquery("whole")
    return select(*(whole.c[name] for name in names))

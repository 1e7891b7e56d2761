"""The one reading engine: every relation of every SQL billing is read here.

It wraps a relation in its own `WHERE` with the customer's key, and compares the customer of every row that
comes back once more, exactly, since databases match more than they should (case, trailing blanks). Its SQL is
SELECT, WHERE, ORDER BY and LIMIT, one SUM, and a UNION ALL that reads several small relations at once.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Executable

from wbok.adapters.sql.complaints import is_fault_of_statement
from wbok.adapters.sql.cursor import Mark, Marks
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.rows import RowConverter
from wbok.adapters.sql.shapes import shape_of
from wbok.adapters.sql.source import PERIOD, Source
from wbok.adapters.sql.statements import Condition, Operator, Statements
from wbok.billing import AdapterContext
from wbok.domain.money import to_grosze
from wbok.errors import NotFound, Unavailable
from wbok.relations import ConversionError

log = logging.getLogger(__name__)

MAX_ROWS = 500
ALL_OF_TIME = (date(1900, 1, 1), date(2200, 1, 1))


@dataclass(frozen=True, slots=True)
class Row:
    """`values` in our terms; `sort` and `key` as the database has them, for the next page's mark."""

    values: Mapping[str, Any]
    sort: Any = None
    key: Any = None


class Reader:
    def __init__(self, database: Database, sources: Mapping[str, Source], *, context: AdapterContext) -> None:
        self.currency = context.currency
        self.marks = Marks(context.seal)
        self._zone = context.zone
        self._database = database
        self._sources = sources
        self._statements = Statements(database, sources)
        self._converters: dict[tuple[str, tuple[str, ...]], RowConverter] = {}

    def has(self, relation: str) -> bool:
        return relation in self._sources

    def has_column(self, relation: str, column: str) -> bool:
        return column in self._statements.columns(relation)

    def condition(self, relation: str, column: str, operator: Operator, value: str | date) -> Condition:
        """`value`: an id, or the day at whose beginning the limit lies. Raises NotFound for what is no id."""
        kind = self._sources[relation].types[column]
        native = kind.key(value) if isinstance(value, str) else kind.day_starts(value, zone=self._zone)
        return Condition(column, operator, self._database.bound(native))

    def rows(
        self,
        relation: str,
        *,
        customer_id: str | None,
        conditions: Sequence[Condition] = (),
        after: Mark | None = None,
        newest_first: bool = False,
        limit: int = MAX_ROWS,
    ) -> list[Row]:
        """The customer's rows. `customer_id` is None for relations that belong to nobody.

        Raises NotFound, Unavailable.
        """
        shape = tuple(c.shape for c in conditions)
        parameters = self._parameters(relation, customer_id, conditions)
        found: list[Row] = []
        while True:
            wanted = limit - len(found)
            statement = self._statements.rows(
                relation, shape, after=after is not None, newest_first=newest_first
            )
            place = self._place(after)
            raw = self._ask(statement, {**parameters, **place, "row_limit": wanted})
            rows = [self._row(relation, values) for values in raw]
            found += [row for row in rows if self._is_owned(relation, customer_id, row.values)]
            # Rows that the database wrongly took for the customer's leave a gap, which is filled.
            if len(rows) < wanted or len(found) == limit or self._sources[relation].relation.sort is None:
                return found
            after, newest_first = Mark(rows[-1].sort, rows[-1].key), True

    def gather(self, relations: Sequence[str], *, customer_id: str) -> dict[str, list[Mapping[str, Any]]]:
        """Several small relations of one customer in one statement; one that is not configured is empty."""
        present = tuple(name for name in relations if self.has(name))
        gathered: dict[str, list[Mapping[str, Any]]] = {name: [] for name in relations}
        if not present:
            return gathered
        for tag, *cells in self._gathered(present, customer_id):
            values = self._values(tag, cells)
            if self._is_owned(tag, customer_id, values):
                gathered[tag].append(values)
        for name in present:
            self._put_in_order(name, gathered[name])
        return gathered

    def sums(
        self,
        relation: str,
        column: str,
        *,
        customer_id: str,
        conditions: Sequence[Condition] = (),
        after: Mark | None = None,
    ) -> dict[str, Decimal]:
        """The sum of a money column by currency, of all rows or of those behind a mark.

        Raises Unavailable when something in the column is no amount.
        """
        shape = tuple(c.shape for c in conditions)
        statement = self._statements.sums(relation, column, shape, after=after is not None)
        parameters = self._parameters(relation, customer_id, conditions) | self._place(after)
        sums: dict[str, Decimal] = {}
        for amount, currency, senseless in self._ask(statement, parameters):
            if senseless:
                raise self._no_amount(relation, column)
            if amount is not None:
                name = str(currency or "").strip() or self.currency
                sums[name] = sums.get(name, Decimal()) + self._amount(relation, column, amount)
        return sums

    def _amount(self, relation: str, column: str, raw: Any) -> Decimal:
        try:
            return to_grosze(self._sources[relation].types[column].read(raw, zone=self._zone))
        except (ConversionError, ArithmeticError) as error:
            raise self._no_amount(relation, column) from error

    def _no_amount(self, relation: str, column: str) -> Unavailable:
        message = f"relation {relation}, column {column}: not every value is an amount, so there is no sum"
        log.error("%s: %s", self._sources[relation].where, message)
        return Unavailable(message)

    def _place(self, after: Mark | None) -> dict[str, Any]:
        """The parameters of a mark."""
        if after is None:
            return {}
        return {"sort": self._database.bound(after.sort), "key": self._database.bound(after.key)}

    def _put_in_order(self, relation: str, rows: list[Mapping[str, Any]]) -> None:
        source = self._sources[relation]
        key = source.relation.key
        is_number = source.types[key].spec == "int"
        rows.sort(key=lambda values: int(values[key]) if is_number else values[key])

    def _gathered(self, present: tuple[str, ...], customer_id: str) -> list[tuple[Any, ...]]:
        parameters: dict[str, Any] = {}
        for name in present:
            parameters |= self._parameters(name, customer_id, ())
        try:
            return self._ask(self._statements.gather(present), parameters)
        except Unavailable as error:
            # One statement for all cannot say which relation is at fault; asked one by one, the log can.
            if is_fault_of_statement(error.__cause__):
                for name in present:
                    self._blame(name, customer_id)
            raise

    def _blame(self, relation: str, customer_id: str) -> None:
        try:
            self.rows(relation, customer_id=customer_id, limit=1)
        except Unavailable as error:
            log.error("%s cannot be read", self._sources[relation].where)
            raise Unavailable(f"relation {relation}: {error}") from error

    def _ask(self, statement: Executable, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        try:
            return self._database.rows(statement, parameters)
        except Unavailable:
            self._statements.forget()
            raise

    def _parameters(
        self, relation: str, customer_id: str | None, conditions: Sequence[Condition]
    ) -> dict[str, Any]:
        parameters = {f"p{i}": condition.value for i, condition in enumerate(conditions)}
        parameters |= self._period(relation, conditions)
        owner = self._sources[relation].relation.owner
        if owner is None:
            return parameters
        if customer_id is None:
            raise NotFound(f"{relation} belongs to customers, and none is named")
        native = self._sources[relation].types[owner].key(customer_id)
        return {**parameters, "customer_id": self._database.bound(native)}

    def _period(self, relation: str, conditions: Sequence[Condition]) -> dict[str, Any]:
        """`since` and `until` for a select that uses them; all of time where nothing is asked."""
        source = self._sources[relation]
        sort = source.relation.sort
        if sort is None or not source.parameters.intersection(PERIOD):
            return {}
        asked = {c.operator: c.value for c in conditions if c.column == sort}
        since, until = (self.condition(relation, sort, "=", day).value for day in ALL_OF_TIME)
        return {"since": asked.get(">=", since), "until": asked.get("<", until)}

    def _is_owned(self, relation: str, customer_id: str | None, values: Mapping[str, Any]) -> bool:
        canonical = self._sources[relation].relation
        if canonical.owner is None:
            return True
        owner = values[canonical.owner]
        return owner == customer_id or (owner is None and canonical.shared)

    def _row(self, relation: str, cells: Sequence[Any]) -> Row:
        canonical = self._sources[relation].relation
        names = self._statements.columns(relation)
        sort = cells[names.index(canonical.sort)] if canonical.sort else None
        values = self._values(relation, cells)
        if sort is not None:
            self._check_order(relation, sort)
        return Row(values, sort=sort, key=cells[names.index(canonical.key)])

    def _check_order(self, relation: str, sort: Any) -> None:
        """Another shape would give wrong periods and pages without anybody seeing it."""
        source = self._sources[relation]
        column = source.relation.sort or source.relation.key
        shape = shape_of(source.types[column])
        if self._database.dialect == "sqlite" and shape and not shape.fits(sort):
            message = (
                f"relation {relation}, column {column}: {shape.words} is needed to compare it; {shape.advice}"
            )
            log.error("%s: %s", source.where, message)
            raise Unavailable(message)

    def _values(self, relation: str, cells: Sequence[Any]) -> dict[str, Any]:
        names = self._statements.columns(relation)
        converter = self._converters.get((relation, names))
        if converter is None:
            converter = RowConverter(self._sources[relation], names, zone=self._zone)
            self._converters[relation, names] = converter
        return converter(cells)

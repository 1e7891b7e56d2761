"""The one reading engine: every relation of every SQL billing is read here.

It wraps a relation in its own `WHERE` with the customer's key, and compares the customer of every row that
comes back once more, exactly, since databases match more than they should (case, trailing blanks). Its SQL is
SELECT, WHERE, ORDER BY and LIMIT, sums, and a UNION ALL that reads several small relations at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import Executable

from wbok.adapters.sql.complaints import is_fault_of_statement
from wbok.adapters.sql.conditions import Condition, Operator
from wbok.adapters.sql.cursor import Mark, Marks
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.native import Native
from wbok.adapters.sql.rows import UNREADABLE, Row, RowConverter, source_cell
from wbok.adapters.sql.source import PERIOD, LeaveOut, Source
from wbok.adapters.sql.statements import TOTALS, Branch, Rows, Statements
from wbok.adapters.sql.summed import read_total
from wbok.adapters.sql.totals import Addend, Total, sum_by_currency
from wbok.billing import AdapterContext
from wbok.errors import NotFound, Unavailable

log = logging.getLogger(__name__)

MAX_ROWS = 500
R = TypeVar("R")
ALL_OF_TIME = (date(1900, 1, 1), date(2200, 1, 1))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A relation among several that are read at once; `name` is what its rows are called then."""

    name: str
    relation: str
    conditions: tuple[Condition, ...] = ()
    in_detail: bool = False

    @property
    def branch(self) -> Branch:
        return Branch(self.name, self.relation, tuple(c.shape for c in self.conditions), self.in_detail)


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
        if isinstance(native, date) and self._statements.natives(relation)[column] is Native.TEXT:
            # A day in a column for text is compared as the text that it is.
            native = str(native)
        return Condition(column, operator, self._database.bound(native))

    def word(self, relation: str, column: str, word: str) -> Condition:
        """Rows whose column says this word of ours, whatever the database calls it."""
        values = self._sources[relation].types[column].values
        said = [raw for raw, ours in values.items() if ours == word] if values else [word]
        return Condition(column, "among", said)

    def period(self, relation: str, *, since: date | None, until: date | None) -> list[Condition]:
        """Both days belong to it; the first and the last day of the calendar limit nothing."""
        column = self._sources[relation].relation.sort
        assert column is not None
        conditions = []
        if since and since > date.min:
            conditions.append(self.condition(relation, column, ">=", since))
        if until and until < date.max:
            conditions.append(self.condition(relation, column, "<", until + timedelta(days=1)))
        return conditions

    def day_limit(self, relation: str, day: date) -> Any:
        """The beginning of that day, as the relation's order in time has it."""
        column = self._sources[relation].relation.sort
        assert column is not None
        return self.condition(relation, column, "<", day).value

    def place(self, relation: str, after: str | None, *, oldest_first: bool = False) -> Mark | None:
        """Behind which row a page begins. Raises Rejected for a mark that is none of ours."""
        return self.marks.read(_list(relation, oldest_first), after) if after else None

    def mark(self, relation: str, row: Row, *, oldest_first: bool = False) -> str:
        """Where the page behind this row begins."""
        return self.marks.write(_list(relation, oldest_first), Mark(row.sort, row.key))

    def next(
        self, relation: str, rows: Sequence[Row], limit: int, *, oldest_first: bool = False
    ) -> str | None:
        """Where the page after `limit` rows begins; one more was asked for, to know whether there is any."""
        return self.mark(relation, rows[limit - 1], oldest_first=oldest_first) if len(rows) > limit else None

    def rows(
        self,
        relation: str,
        *,
        customer_id: str | None,
        conditions: Sequence[Condition] = (),
        after: Mark | None = None,
        newest_first: bool = False,
        limit: int = MAX_ROWS,
        in_detail: bool = False,
    ) -> list[Row]:
        """The customer's rows. `customer_id` is None for relations that belong to nobody.

        `in_detail`: with the columns that no list shows. Raises NotFound, Unavailable.
        """
        shape = tuple(c.shape for c in conditions)
        parameters = self._parameters(relation, customer_id, conditions)
        found: list[Row] = []
        while True:
            wanted = limit - len(found)
            statement = self._statements.rows(
                Rows(relation, shape, after is not None, newest_first, in_detail)
            )
            place = self._place(after)
            raw = self._ask(statement, {**parameters, **place, "row_limit": wanted})
            convert = self._converter(relation, in_detail=in_detail).row
            rows = list(self._readable(relation, convert, raw))
            found += [row for row in rows if self._is_owned(relation, customer_id, row.values)]
            # Rows that the database wrongly took for the customer's leave a gap, which is filled.
            is_over = len(raw) < wanted or len(found) == limit or not rows
            if is_over or self._sources[relation].relation.sort is None:
                return found
            after = Mark(rows[-1].sort, rows[-1].key)

    def extent(self, relation: str, *, customer_id: str) -> tuple[Any, Any] | None:
        """The least and the greatest value that the customer's rows are sorted by; None without rows.

        Raises NotFound, Unavailable.
        """
        source = self._sources[relation]
        sort = str(source.relation.sort)
        parameters = self._parameters(relation, customer_id, ())
        ((least, greatest),) = self._ask(self._statements.extent(relation), parameters)
        if least is None:
            return None
        convert = source_cell(source, sort, self._zone)
        try:
            return convert(least), convert(greatest)
        except UNREADABLE as error:
            raise Unavailable(f"relation {relation}, column {sort}: {error}") from error

    def gather(
        self, wanted: Sequence[str | Wanted], *, customer_id: str
    ) -> dict[str, list[Mapping[str, Any]]]:
        """Several small relations of one customer in one statement; one that is not configured is empty."""
        return self.gather_and_add(wanted, None, customer_id=customer_id)[0]

    def gather_and_add(
        self, wanted: Sequence[str | Wanted], addend: Addend | None, *, customer_id: str
    ) -> tuple[dict[str, list[Mapping[str, Any]]], list[Total]]:
        """As `gather`, and what `totals` gives of `addend`, all in one statement."""
        asked = [Wanted(one, one) if isinstance(one, str) else one for one in wanted]
        present = {one.name: one for one in asked if self.has(one.relation)}
        gathered: dict[str, list[Mapping[str, Any]]] = {one.name: [] for one in asked}
        totals: list[Total] = []
        if not present and addend is None:
            return gathered, totals
        converters = {
            name: self._converter(one.relation, in_detail=one.in_detail) for name, one in present.items()
        }
        for tag, *cells in self._gathered(present.values(), addend, customer_id):
            if addend is not None and tag == TOTALS:
                totals.append(self._total(addend, cells))
                continue
            relation = present[tag].relation
            for values in self._readable(relation, converters[tag].values, [cells]):
                if self._is_owned(relation, customer_id, values):
                    gathered[tag].append(values)
        for name, one in present.items():
            self._put_in_order(one.relation, gathered[name])
        return gathered, totals

    def totals(
        self, addend: Addend, *, customer_id: str, ends: Sequence[Any] = (), after: Mark | None = None
    ) -> list[Total]:
        """Sums of all rows, or of those behind a mark, for each currency; for each period that ends at `ends` too.

        Raises Unavailable when something in the columns is no number.
        """
        parameters = self._parameters(addend.relation, customer_id, addend.conditions) | self._place(after)
        parameters |= {f"end{i}": end for i, end in enumerate(ends)}
        statement = self._statements.totals(addend.sums(after=after is not None, parts=len(ends)))
        return [self._total(addend, cells) for cells in self._ask(statement, parameters)]

    def _total(self, addend: Addend, cells: Sequence[Any]) -> Total:
        source = self._sources[addend.relation]
        return read_total(cells, addend, source, zone=self._zone, currency=self.currency)

    def sums(
        self,
        relation: str,
        column: str,
        *,
        customer_id: str,
        conditions: Sequence[Condition] = (),
        after: Mark | None = None,
    ) -> dict[str, Decimal]:
        """The sum of a money column by currency; see `totals`."""
        addend = Addend(relation, (column,), tuple(conditions))
        return sum_by_currency(self.totals(addend, customer_id=customer_id, after=after), column)

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

    def _gathered(
        self, present: Collection[Wanted], addend: Addend | None, customer_id: str
    ) -> list[tuple[Any, ...]]:
        parameters: dict[str, Any] = {}
        for one in present:
            parameters |= self._parameters(one.relation, customer_id, one.conditions, f"{one.name}_p")
        if addend is not None:
            parameters |= self._parameters(addend.relation, customer_id, addend.conditions)
        branches = tuple(one.branch for one in present)
        try:
            return self._ask(self._statements.gather(branches, addend.sums() if addend else None), parameters)
        except Unavailable as error:
            # One statement for all cannot say which relation is at fault; asked one by one, the log can.
            if is_fault_of_statement(error.__cause__):
                for name in (*(one.relation for one in present), *([addend.relation] if addend else [])):
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
        self, relation: str, customer_id: str | None, conditions: Sequence[Condition], parameter: str = "p"
    ) -> dict[str, Any]:
        parameters = {f"{parameter}{i}": condition.value for i, condition in enumerate(conditions)}
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
        since, until = (self.day_limit(relation, day) for day in ALL_OF_TIME)
        return {"since": asked.get(">=", since), "until": asked.get("<", until)}

    def _readable(
        self, relation: str, convert: Callable[[Sequence[Any]], R], raw: Iterable[Sequence[Any]]
    ) -> Iterator[R]:
        """Without the rows that the adapter leaves out, which are logged."""
        for cells in raw:
            try:
                yield convert(cells)
            except LeaveOut as reason:
                log.warning("%s: a row is left out: %s", self._sources[relation].where, reason)

    def _is_owned(self, relation: str, customer_id: str | None, values: Mapping[str, Any]) -> bool:
        canonical = self._sources[relation].relation
        if canonical.owner is None:
            return True
        owner = values[canonical.owner]
        return owner == customer_id or (owner is None and canonical.shared)

    def _converter(self, relation: str, *, in_detail: bool = False) -> RowConverter:
        names = self._statements.columns(relation, in_detail=in_detail)
        converter = self._converters.get((relation, names))
        if converter is None:
            converter = self._converters[relation, names] = RowConverter(
                self._sources[relation], names, zone=self._zone
            )
        return converter


def _list(relation: str, oldest_first: bool) -> str:
    """What a mark is sealed for: in the other order the same place begins another page."""
    return f"{relation}, oldest first" if oldest_first else relation

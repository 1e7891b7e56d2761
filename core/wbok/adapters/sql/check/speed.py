"""How long the panel's own question for one customer takes, and whether an index serves it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from math import inf
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement

from wbok.adapters.sql.check.catalogue import Catalogue, split_name
from wbok.adapters.sql.check.collected import Collected
from wbok.adapters.sql.check.sample import Sample
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.source import Source
from wbok.adapters.sql.statements import Rows, Statements
from wbok.billing.check import Severity
from wbok.domain.page import DEFAULT_LIMIT
from wbok.errors import BillingError

MANY_ROWS = 1000
SLOW_MS = 500
TRIES = 3
SERVED = "an index that begins with the customer"


class Explain(Executable, ClauseElement):
    """What the database would do for a statement."""

    inherit_cache = False

    def __init__(self, statement: Any) -> None:
        self.statement = statement


@compiles(Explain)
def _explain(element: Explain, compiler: Any, **more: Any) -> str:
    words = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (FORMAT JSON) "}
    return words.get(compiler.dialect.name, "EXPLAIN ") + str(compiler.process(element.statement, **more))


def quickest(question: Callable[[], int], *, clock: Callable[[], float]) -> tuple[float, int]:
    """(milliseconds, rows found) of the quickest try; `clock` in seconds.

    While it is slow it is asked again: a computer that was busy says nothing of an index.
    """
    least, found = inf, 0
    for _ in range(TRIES):
        start = clock()
        found = question()
        least = min(least, (clock() - start) * 1000)
        if least <= SLOW_MS:
            break
    return least, found


class Speed:
    def __init__(
        self, database: Database, statements: Statements, reader: Reader, catalogue: Catalogue
    ) -> None:
        self._database = database
        self._statements = statements
        self._reader = reader
        self._catalogue = catalogue

    def ask(self, sample: Sample) -> tuple[float, int] | None:
        """(milliseconds, rows found) of the question for a customer of the sample. Raises BillingError."""
        if not sample.raw:
            return None
        self._question(sample)
        return quickest(lambda: self._question(sample), clock=time.perf_counter)

    def look(self, sample: Sample, collected: Collected, *, milliseconds: float) -> None:
        """Says nothing of small relations. Raises Unavailable."""
        if milliseconds > SLOW_MS:
            collected.add(
                Severity.WARNING,
                f"the question for one customer takes {milliseconds:.0f} ms",
                "An index, or :customer_id inside the select, makes it faster.",
                expected=f"less than {SLOW_MS} ms",
            )
        column = _asked_by(sample.source)
        if column is None or sample.source.parameters:
            return
        if not self._catalogue.has_rows(sample.name, MANY_ROWS):
            return
        table = sample.source.table
        indexes = self._catalogue.indexes(table) if table else None
        if table is None or indexes is None:
            self._look_at_plan(sample, column, collected)
        elif not any(index[0] == column for index in indexes):
            collected.add(
                Severity.WARNING,
                f"no index of the table {table} begins with {column}",
                f"In the database: {self._create_index(sample.source, table, column)}",
                column=column,
                expected=SERVED,
            )

    def _question(self, sample: Sample) -> int:
        relation = sample.source.relation
        conditions = []
        if relation.name == "credentials":
            logins = [login for _, login in sample.column("login")]
            conditions = [self._reader.condition("credentials", "login", "=", login) for login in logins[:1]]
        rows = self._reader.rows(
            relation.name,
            customer_id=_owner_of(sample),
            conditions=conditions,
            newest_first=relation.sort is not None,
            limit=DEFAULT_LIMIT + 1,
        )
        return len(rows)

    def _look_at_plan(self, sample: Sample, column: str, collected: Collected) -> None:
        relation = sample.source.relation
        owner = _owner_of(sample)
        if relation.owner is None or owner is None:
            return
        key = self._database.bound(sample.source.types[column].key(owner))
        statement = self._statements.rows(Rows(relation.name, newest_first=relation.sort is not None))
        parameters = {"customer_id": key, "row_limit": DEFAULT_LIMIT + 1}
        try:
            plan = self._database.rows(Explain(statement), parameters)
        except BillingError:
            return
        scanned = SCANNED[self._database.dialect](plan)
        if scanned:
            collected.add(
                Severity.WARNING,
                f"the database reads the whole of {scanned} for one customer",
                f"In the database: CREATE INDEX ON {scanned} (the column that becomes {column}).",
                column=column,
                expected=SERVED,
            )

    def _create_index(self, source: Source, table: str, column: str) -> str:
        relation = source.relation
        columns = dict.fromkeys([column, *(c for c in (relation.sort, relation.key) if relation.sort and c)])
        schema, name = split_name(table)
        quote = self._database.engine().dialect.identifier_preparer.quote
        whole = ".".join(quote(part) for part in (schema, name) if part)
        return f"CREATE INDEX {quote(f'wbok_{name}')} ON {whole} ({', '.join(map(quote, columns))});"


def _owner_of(sample: Sample) -> str | None:
    """Who has most rows in the sample."""
    owner = sample.source.relation.owner
    if owner is None:
        return None
    times = Counter(value for _, value in sample.column(owner))
    return times.most_common(1)[0][0] if times else None


def _asked_by(source: Source) -> str | None:
    """The column that the panel's questions begin with; None for what is read as a whole."""
    relation = source.relation
    return "login" if relation.name == "credentials" else relation.owner


def _scanned_by_sqlite(plan: list[tuple[Any, ...]]) -> str | None:
    """The first table that is read is the one that the customer's condition must narrow."""
    steps = [str(row[-1]).split() for row in plan]
    steps = [step for step in steps if step[0] in ("SCAN", "SEARCH")]
    return steps[0][1] if steps and steps[0][0] == "SCAN" and steps[0][1:2] != ["CONSTANT"] else None


def _scanned_by_postgresql(plan: list[tuple[Any, ...]]) -> str | None:
    tree = plan[0][0] if not isinstance(plan[0][0], str) else json.loads(plan[0][0])
    return _sequential(tree[0]["Plan"])


def _sequential(node: Mapping[str, Any]) -> str | None:
    if node["Node Type"] == "Seq Scan" and node["Total Cost"] >= MANY_ROWS / 50 and "Filter" in node:
        return str(node["Relation Name"])
    return next((found for child in node.get("Plans", []) if (found := _sequential(child))), None)


def _scanned_by_mysql(plan: list[tuple[Any, ...]]) -> str | None:
    """Columns: id, select_type, table, type, possible_keys, key, key_len, ref, rows, Extra (MySQL has more)."""
    for row in plan:
        table, kind, rows = (row[2], row[3], row[8]) if len(row) < 12 else (row[2], row[4], row[9])
        if kind == "ALL" and int(rows or 0) >= MANY_ROWS and not str(table).startswith("<"):
            return str(table)
    return None


SCANNED = {
    "sqlite": _scanned_by_sqlite,
    "postgresql": _scanned_by_postgresql,
    "mysql": _scanned_by_mysql,
}

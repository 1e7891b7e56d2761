"""Keys that are there twice, that differ too little, or that name nothing.

The sample is looked at first; then the whole relation is asked, each time with one statement of a few rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    bindparam,
    distinct,
    func,
    select,
)

from wbok.adapters.sql.check.collected import Collected
from wbok.adapters.sql.check.sample import Sample, identity
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.expressions import EXACT
from wbok.adapters.sql.source import Source
from wbok.adapters.sql.statements import Statements
from wbok.billing.check import Severity
from wbok.errors import BillingError
from wbok.relations import Column

FEW = 100
NAMED_ALONE = ("customers", "credentials")
"""Relations whose keys stand for one customer: the whole relation is searched for a second one."""


class Keys:
    def __init__(self, database: Database, statements: Statements, sources: Mapping[str, Source]) -> None:
        self._database = database
        self._statements = statements
        self._sources = sources

    def look(self, sample: Sample, collected: Collected) -> None:
        if sample.name in NAMED_ALONE and not sample.raw:
            collected.add(Severity.WARNING, "there are no rows", "Without them nobody can log in.")
        _duplicates(sample, collected)
        if sample.name in NAMED_ALONE and not sample.source.parameters:
            self._twice(sample.source, collected)
        if sample.source.types[sample.source.relation.key].spec == "text" and sample.name == "customers":
            self._twins(sample, collected)
        for name in sample.names:
            column = sample.source.columns[name]
            if column.refers in self._sources and name != sample.source.relation.key:
                self._references(sample, column, collected)

    def _twice(self, source: Source, collected: Collected) -> None:
        relation = source.relation
        origin = self._statements.origin(relation.name, self._statements.columns(relation.name))
        key = self._exactly(source, origin, relation.key)
        several = func.count() if relation.owner else func.count(distinct(origin.c.customer_id))
        statement = select(func.count()).where(origin.c[relation.key].is_not(None)).group_by(key)
        found = len(self._rows(statement.having(several > 1).limit(FEW)))
        if not found:
            return
        number = f"{found} or more" if found == FEW else str(found)
        if relation.owner:
            what, advice = "customers that are there twice", "Join less, or GROUP BY, in the select."
        else:
            what, advice = "logins of several customers", "Give each customer a login of his own."
        collected.add(
            Severity.FAULT,
            f"{number} {what}",
            advice,
            column=relation.key,
            expected="each key once" if relation.owner else "each login of one customer",
        )

    def _twins(self, sample: Sample, collected: Collected) -> None:
        advice = "Tell each customer's key clearly from every other; the panel compares them exactly."
        key = sample.source.relation.key
        collected.add_rows(
            Severity.WARNING,
            "a key with blanks at its end or beginning",
            advice,
            sample=sample,
            rows=[i for i, value in sample.column(key) if value != value.strip()],
            column=key,
        )
        if sample.source.parameters:
            return
        origin = self._statements.origin(sample.name, self._statements.columns(sample.name))
        folded = func.lower(func.trim(origin.c[key]))
        several = func.count(distinct(self._exactly(sample.source, origin, key))) > 1
        found = len(
            self._rows(select(func.count()).select_from(origin).group_by(folded).having(several).limit(FEW))
        )
        if found:
            collected.add(
                Severity.WARNING,
                f"{found} keys that another customer has too, but for case or blanks",
                advice,
                column=key,
            )

    def _references(self, sample: Sample, column: Column, collected: Collected) -> None:
        source = self._sources[column.refers or ""]
        wanted = {value for _, value in sample.column(column.name)}
        known = None if source.parameters or not wanted else self._known(source, sample, column.name)
        if known is None:
            return
        is_zero = "0" in wanted - known
        missing = f"or add what is missing to {column.refers}"
        advice = f"Correct the key, {missing}; until then nothing is shown there."
        if column.needs_value:
            advice = f"Nobody sees these rows; leave them out with a select, {missing}."
        if is_zero and not column.needs_value:
            where = f"{sample.source.where}.types.{column.name}"
            advice = f'If 0 means "none": {where} = "{sample.source.types[column.name].spec} zero_is_none".'
        collected.add_rows(
            Severity.WARNING,
            f"a key that {column.refers} do not have",
            advice,
            sample=sample,
            rows=[i for i, value in sample.column(column.name) if value not in known],
            column=column.name,
            expected=f"a key of {column.refers}",
        )

    def _known(self, source: Source, sample: Sample, name: str) -> set[str] | None:
        """Which of the sample's keys the other relation has; None when it cannot be asked."""
        key = source.relation.key
        kind = source.types[key]
        try:
            origin = self._statements.origin(
                source.relation.name, self._statements.columns(source.relation.name)
            )
            raw = {self._database.bound(kind.key(value)) for _, value in sample.column(name)}
            statement = select(origin.c[key]).where(origin.c[key].in_(bindparam("keys", expanding=True)))
            found = self._database.rows(statement, {"keys": sorted(raw, key=str)})
            return {kind.key_text(cell) for (cell,) in found}
        except (BillingError, ValueError):
            return None

    def _rows(self, statement: Executable) -> list[tuple[Any, ...]]:
        """Searching a whole relation may take too long; then the sample has to do."""
        try:
            return self._database.rows(statement, {})
        except BillingError:
            return []

    def _exactly(self, source: Source, origin: FromClause, name: str) -> ColumnElement[Any]:
        """MariaDB takes keys for one that differ in case or blanks at the end."""
        column: ColumnElement[Any] = origin.c[name]
        if source.types[name].spec == "text" and self._database.dialect == "mysql":
            return EXACT["mysql"](column)
        return column


def _duplicates(sample: Sample, collected: Collected) -> None:
    names = identity(sample.source)
    if sample.name in NAMED_ALONE:
        return
    keys = [tuple(row.get(name) for name in names) for row in sample.read]
    times = Counter(key for key in keys if None not in key)
    collected.add_rows(
        Severity.FAULT,
        "a key that is there twice",
        "Join less in the select, or GROUP BY the key.",
        sample=sample,
        rows=[i for i, key in enumerate(keys) if times[key] > 1],
        column=sample.source.relation.key,
        expected="each key once" + (" for each customer" if sample.source.relation.owner else ""),
    )

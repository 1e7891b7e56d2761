"""Which tables a database would read from beginning to end to answer a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, event
from sqlalchemy.engine import Engine

from wbok.adapters.sql.check.speed import MANY_ROWS, Explain

Asked = tuple[Executable, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Plans:
    """`asked`: what reached that database."""

    engine: Engine
    asked: list[Asked]

    def whole_reads(self) -> set[str]:
        with self.engine.connect() as connection:
            return {table for one in self.asked for table in whole_reads(connection, *one)}


@contextmanager
def noted_plans(engine: Engine) -> Iterator[Plans]:
    """What any engine of the same address is asked in the block; it is explained after it."""
    plans = Plans(engine, [])

    def note(connection: Connection, statement: Any, _many: Any, values: Any, _options: Any) -> None:
        if connection.engine.url.database == engine.url.database and isinstance(statement, Executable):
            plans.asked.append((statement, dict(values)))

    event.listen(Engine, "before_execute", note)
    try:
        yield plans
    finally:
        event.remove(Engine, "before_execute", note)


def whole_reads(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> set[str]:
    rows = [tuple(row) for row in connection.execute(Explain(statement), values)]
    if connection.dialect.name == "postgresql":
        tree = rows[0][0] if not isinstance(rows[0][0], str) else json.loads(rows[0][0])
        return set(_sequential(tree[0]["Plan"]))
    # A key that half of the table has is as good as none.
    return {
        str(row[2])
        for row in rows
        if row[3] in ("ALL", "index") or int(str(row[8] or 0).split()[0]) >= MANY_ROWS
    }


def _rows_of(cell: Any) -> int:
    """MariaDB may write `4 (0%)`."""
    return int(str(cell or 0).split()[0])


def _sequential(node: Mapping[str, Any]) -> Iterator[str]:
    """Also an index that is read as a whole."""
    is_index = node["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    if node["Node Type"] == "Seq Scan" or is_index:
        yield str(node["Relation Name"])
    for child in node.get("Plans", ()):
        yield from _sequential(child)

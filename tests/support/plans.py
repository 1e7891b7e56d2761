"""What a database would do for the statements that something asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from sqlalchemy import Engine, event

Plan = list[tuple[Any, ...]]
# Of MariaDB: every row of the table, or every entry of an index.
WHOLE = ("ALL", "index")
RENAMED = re.compile(r"(\w+) AS (\w+)")


def statements_of(ask: Callable[[], object]) -> list[tuple[Engine, str, Any]]:
    """Engine, SQL and parameters of each statement, as the driver gets them."""
    found: list[tuple[Engine, str, Any]] = []

    def note(connection: Any, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        found.append((connection.engine, statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return found


def plan_of(engine: Engine, statement: str, parameters: Any) -> Plan:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def whole_scans(engine: Engine, plan: Plan, statement: str) -> set[str]:
    """The tables of PostgreSQL or MariaDB of which every row is read, small ones too."""
    if engine.dialect.name == "postgresql":
        return {
            found[1] for row, after in pairwise([*plan, ("",)]) if (found := _whole_read(row[0], after[0]))
        }
    # MariaDB names tables by their alias.
    tables = {alias: table for table, alias in RENAMED.findall(statement)}
    named = {str(row[2]) for row in plan if row[3] in WHOLE}
    return {tables.get(name, name) for name in named}


def _whole_read(step: str, next_line: str) -> re.Match[str] | None:
    """A table that PostgreSQL reads row by row, or along an index of which it asks nothing."""
    sequential = re.search(r"Seq Scan on (\w+)", step)
    along_index = re.search(r"Index (?:Only )?Scan (?:Backward )?using \w+ on (\w+)", step)
    return sequential or (along_index if "Index Cond" not in next_line else None)

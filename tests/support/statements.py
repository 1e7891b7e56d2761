"""Counts the SQL statements that reach the databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from wbok.panel import Panel

NOT_COUNTED = ("BEGIN", "PRAGMA", "COMMIT")


@dataclass
class Statements:
    store: list[str] = field(default_factory=list)
    billing: list[str] = field(default_factory=list)


@contextmanager
def counted(panel: Panel) -> Iterator[Statements]:
    statements = Statements()

    def note(connection: Any, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(NOT_COUNTED):
            mine = connection.engine.url == panel.store.engine.url
            (statements.store if mine else statements.billing).append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)

"""`WBOK_TRACE=hooks,sql`: what a request asked of the tabs and of the databases, and how long each took.

Written to stderr when the answer has been sent. Statements come as they are prepared: without values, which are
personal data. Without the variable nothing of this is there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from wbok.errors import ConfigError
from wbok.web.current import panel

VARIABLE = "WBOK_TRACE"
KINDS = frozenset({"hooks", "sql"})
NOT_SHOWN = ("BEGIN", "COMMIT", "PRAGMA", "ROLLBACK")


@dataclass
class Trace:
    """One request. `lines` are finished; `begun` are the moments at which what is still running began."""

    title: str
    started: float
    lines: list[str] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def begin(self) -> None:
        self.begun.append(perf_counter())

    def end(self, kind: str, what: str) -> None:
        """Of what began last: hooks call hooks, and ask databases."""
        taken = perf_counter() - self.begun.pop()
        self.seconds.setdefault(kind, []).append(taken)
        self.lines.append(f"  {kind:<8}{_milliseconds(taken)}  {what}")

    def text(self, status: int) -> str:
        sums = [
            f"{kind} {len(all_)} in {_milliseconds(sum(all_)).strip()}" for kind, all_ in self.seconds.items()
        ]
        whole = f"{self.title} {status} in {_milliseconds(perf_counter() - self.started).strip()}"
        return "\n".join([": ".join(filter(None, (whole, ", ".join(sums)))), *self.lines])


CURRENT: ContextVar[Trace | None] = ContextVar("wbok_trace", default=None)


def traced_kinds(environment: Mapping[str, str]) -> frozenset[str]:
    """Raises ConfigError."""
    kinds = frozenset(filter(None, (word.strip() for word in environment.get(VARIABLE, "").split(","))))
    if kinds - KINDS:
        raise ConfigError(
            f"environment {VARIABLE}: found {', '.join(sorted(kinds - KINDS))}, expected one or both of "
            f"{', '.join(sorted(KINDS))}, with a comma between them."
        )
    return kinds


def install(app: Flask) -> None:
    """Raises ConfigError."""
    kinds = traced_kinds(os.environ)
    if not kinds:
        return
    with app.app_context():
        this = panel()
    if "hooks" in kinds and this.plugins.manager is not None:
        this.plugins.manager.add_hookcall_monitoring(_before_hook, _after_hook)
    if "sql" in kinds and not event.contains(Engine, "before_cursor_execute", _before_statement):
        event.listen(Engine, "before_cursor_execute", _before_statement)
        event.listen(Engine, "after_cursor_execute", _after_statement)
        event.listen(Engine, "handle_error", _after_fault)
    app.before_request(_begin)
    app.after_request(_write_when_sent)


def _begin() -> None:
    CURRENT.set(Trace(f"{request.method} {request.path}", perf_counter()))


def _write_when_sent(response: Response) -> Response:
    """A file is read from the databases while it is being sent."""
    trace = CURRENT.get()

    def write() -> None:
        CURRENT.set(None)
        if trace is not None:
            print(trace.text(response.status_code), file=sys.stderr, flush=True)

    response.call_on_close(write)
    return response


def _before_hook(_name: str, implementations: Any, _arguments: Any) -> None:
    trace = CURRENT.get()
    if trace is not None and implementations:
        trace.begin()


def _after_hook(outcome: Any, name: str, implementations: Any, _arguments: Any) -> None:
    trace = CURRENT.get()
    if trace is not None and implementations:
        fault = "" if outcome.exception is None else f": {type(outcome.exception).__name__}"
        trace.end("hook", f"{implementations[0].plugin_name}.{name}{fault}")


def _before_statement(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    trace = CURRENT.get()
    if trace is not None and not statement.startswith(NOT_SHOWN):
        trace.begin()


def _after_statement(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    trace = CURRENT.get()
    if trace is not None and not statement.startswith(NOT_SHOWN):
        trace.end(_whose(connection.engine), " ".join(statement.split()))


def _after_fault(context: Any) -> None:
    """What failed has begun, too."""
    trace, statement = CURRENT.get(), context.statement
    if trace is not None and trace.begun and statement and not statement.startswith(NOT_SHOWN):
        trace.end(_whose(context.engine), f"{' '.join(statement.split())}: failed")


def _whose(engine: Engine) -> str:
    return "store" if engine.url == panel().store.engine.url else "billing"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:7.1f} ms"

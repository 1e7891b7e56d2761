"""What a page is measured against: bare Flask, the same statements, a plain table of the same length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import TextClause, create_engine, text
from sqlalchemy.engine import Engine

from bench.stage import Asked

TABLE = """<!doctype html>
<title>Reference</title>
<table>
{% for row in rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</table>
"""
# For pages that ask nothing.
FILL = (("ID Klienta i PIN są na umowie", "10427", "1 234,56 zł"),)


@dataclass(frozen=True, slots=True)
class Question:
    statement: TextClause
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Databases:
    store: Engine
    billing: Engine


@contextmanager
def open_databases(folder: Path) -> Iterator[Databases]:
    """The demo's two files by plain pooled engines, without anything that the panel adds."""
    store = create_engine(f"sqlite:///{folder / 'store.sqlite'}")
    billing = create_engine(f"sqlite:///{folder / 'billing.sqlite'}")
    try:
        yield Databases(store, billing)
    finally:
        store.dispose()
        billing.dispose()


def create_app(databases: Databases, asked: Sequence[Asked], *, size: int) -> Flask:
    """`/` asks what the page asked and is about `size` bytes long; `/hello` is the least that Flask can do."""
    app = Flask("bench.reference", static_folder=None, template_folder=None)
    app.jinja_loader = DictLoader({"table.html": TABLE})
    app.jinja_env.trim_blocks = True
    plan = [
        (engine, [_question(one) for one in asked if one.of_store is of_store])
        for engine, of_store in ((databases.store, True), (databases.billing, False))
    ]
    wanted = _rows_for(app, _ask(plan) or FILL, size)

    @app.get("/")
    def table() -> str:
        return render_template("table.html", rows=islice(cycle(_ask(plan) or FILL), wanted))

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    return app


def _question(asked: Asked) -> Question:
    numbers = count()
    named = re.sub(r"\?", lambda _mark: f":p{next(numbers)}", asked.statement.replace(":", "\\:"))
    return Question(text(named), {f"p{i}": value for i, value in enumerate(asked.parameters)})


def _ask(plan: Sequence[tuple[Engine, Sequence[Question]]]) -> list[list[Any]]:
    rows = []
    for engine, questions in plan:
        if not questions:
            continue
        with engine.connect() as connection:
            for question in questions:
                result = connection.execute(question.statement, question.parameters)
                rows += [[cell for cell in row if cell is not None] for row in result.all()]
    return rows


def _rows_for(app: Flask, rows: Sequence[Sequence[Any]], size: int) -> int:
    """How many rows, begun again from the first when they run out, make a page of that size."""
    template = app.jinja_env.get_template("table.html")
    length = len(template.render(rows=()).encode())
    empty, wanted = length, 0
    for row in cycle(rows):
        if length >= size:
            break
        length += len(template.render(rows=(row,)).encode()) - empty
        wanted += 1
    return wanted

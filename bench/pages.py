"""Each page of the demo's first customer: its statements, and its time against the reference page's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import create_environ

from bench import reference
from bench.reference import Databases
from bench.stage import Asked, Stage, Visit, build_stage
from bench.timing import Pace, Times, compare

CUSTOMER, PIN = "10427", "4271"
MOST_STORE, MOST_BILLING, MOST_RATIO = 2, 4, 2.5
DOCUMENT = re.compile(r'href="(/finance/documents/[^"?]+)"')


@dataclass(frozen=True, slots=True)
class Measured:
    """`on_store` is of the costlier visit: the one that notes, once a minute, that the customer was seen."""

    name: str
    on_store: int
    on_billing: int
    size: int
    reference_size: int
    page: Times
    reference: Times
    hello: Times

    @property
    def ratio(self) -> float:
        return self.page.ratio(self.reference)

    @property
    def is_fast(self) -> bool:
        return self.ratio <= MOST_RATIO

    @property
    def asks_little(self) -> bool:
        return self.on_store <= MOST_STORE and self.on_billing <= MOST_BILLING


def measure_pages(config: Path, pace: Pace) -> Iterator[Measured]:
    with build_stage(config) as stage, reference.open_databases(config.parent) as databases:
        customer, nobody = stage.log_in(CUSTOMER, PIN), stage.app.test_client()
        for name, path, client in _pages(customer, nobody):
            yield _measure(stage, databases, name, stage.visit(path, client), pace)


def _pages(customer: FlaskClient, nobody: FlaskClient) -> Iterator[tuple[str, str, FlaskClient]]:
    for path in ("/info/", "/finance/", "/finance/ledger", "/finance/documents/", "/phone/", "/phone/calls"):
        yield path, path, customer
    found = DOCUMENT.search(customer.get("/finance/documents/").text)
    if found is None:
        raise RuntimeError("the customer of the demo has no documents")
    yield "/finance/documents/<id>", found[1], customer
    yield "/login", "/login", nobody
    yield "/help", "/help", customer


def _measure(stage: Stage, databases: Databases, name: str, visit: Visit, pace: Pace) -> Measured:
    body = visit()
    asked = stage.statements(visit)
    stage.clock.jump(timedelta(minutes=2))
    later = stage.statements(visit)
    bare = reference.create_app(databases, asked, size=len(body))
    table, hello = Visit(bare, create_environ("/")), Visit(bare, create_environ("/hello"))
    times = compare((visit, table, hello), pace)
    return Measured(
        name,
        max(_count(asked, of_store=True), _count(later, of_store=True)),
        max(_count(asked, of_store=False), _count(later, of_store=False)),
        len(body),
        len(table()),
        *times,
    )


def _count(asked: list[Asked], *, of_store: bool) -> int:
    return sum(one.of_store is of_store for one in asked)

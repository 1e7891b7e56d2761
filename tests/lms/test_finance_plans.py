"""For one customer's Finanse the great tables of LMS are never read as a whole, with LMS's own indexes alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from support.billing import CONTEXT, finance
from support.clock import HandClock
from support.places import SERVERS, engine_of, new_urls

from bench.lms.build import FIRST_PLAIN, build
from wbok.adapters.lms import connect
from wbok.billing import Billing, Finance
from wbok.domain.finance import LedgerRequest
from wbok.domain.page import PageRequest

GREAT = ("cash", "documents", "invoicecontents")
CUSTOMERS, MONTHS = 200, 24
CUSTOMER = str(FIRST_PLAIN + 7)


@pytest.fixture(scope="module", params=SERVERS)
def crowded_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Enough rows that reading all of them would be the worse choice, and known as such to the database."""
    with new_urls(request.param, tmp_path_factory.mktemp("crowd")) as new_url:
        url = new_url()
        engine = engine_of(url)
        build(engine, customers=CUSTOMERS, months=MONTHS, now=HandClock()())
        names = ", ".join((*GREAT, "customers", "taxes", "ksefdocuments"))
        with engine.connect() as connection:
            connection.execute(text(f"ANALYZE {'TABLE ' if request.param == 'mysql' else ''}{names}"))
            connection.commit()
        yield url


@pytest.fixture(scope="module")
def crowded(crowded_url: str) -> Billing:
    return connect({"url": crowded_url}, replace(CONTEXT, clock=HandClock()))


def _second_page(asked: Finance) -> None:
    first = asked.ledger(CUSTOMER, LedgerRequest(limit=5))
    asked.ledger(CUSTOMER, LedgerRequest(limit=5, after=first.next))
    documents = asked.documents(CUSTOMER, PageRequest(limit=5))
    asked.documents(CUSTOMER, PageRequest(limit=5, after=documents.next))


def _one_document(asked: Finance) -> None:
    document = asked.documents(CUSTOMER, PageRequest(limit=1)).rows[0]
    asked.document(CUSTOMER, document.id)
    assert asked.document_lines(CUSTOMER, document.id)


QUESTIONS: dict[str, Callable[[Finance], object]] = {
    "settlement": lambda asked: asked.settlement(CUSTOMER),
    "terms": lambda asked: asked.terms(CUSTOMER),
    "ledger": lambda asked: asked.ledger(CUSTOMER, LedgerRequest()),
    "ledger_totals": lambda asked: asked.ledger_totals(CUSTOMER, LedgerRequest()),
    "documents": lambda asked: asked.documents(CUSTOMER, PageRequest()),
    "older pages": _second_page,
    "document and lines": _one_document,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_great_table_is_read_as_a_whole(crowded: Billing, question: str) -> None:
    QUESTIONS[question](finance(crowded))
    asked = _statements_of(lambda: QUESTIONS[question](finance(crowded)))
    assert asked
    for engine, statement, parameters in asked:
        plan = _plan(engine, statement, parameters)
        assert _scanned(engine.dialect.name, plan) == [], "\n".join(map(str, plan))


def test_a_whole_scan_would_be_seen(crowded_url: str) -> None:
    engine = engine_of(crowded_url)
    plan = _plan(engine, "SELECT count(*) FROM cash WHERE comment = 'x'", {})
    assert _scanned(engine.dialect.name, plan) == ["cash"]


def _statements_of(ask: Callable[[], object]) -> list[tuple[Engine, str, Any]]:
    found: list[tuple[Engine, str, Any]] = []

    def note(connection: Any, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        found.append((connection.engine, statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return found


def _plan(engine: Engine, statement: str, parameters: Any) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def _scanned(dialect: str, plan: list[tuple[Any, ...]]) -> list[str]:
    """The great tables of which the plan reads every row, or every entry of an index."""
    if dialect == "postgresql":
        scans = (re.search(r"Seq Scan on (\w+)", str(row[0])) for row in plan)
        return [scan[1] for scan in scans if scan and scan[1] in GREAT]
    whole = [row for row in plan if row[3] in ("ALL", "index")]
    return [str(row[2]) for row in whole if _table_of(str(row[2])) in GREAT]


def _table_of(name: str) -> str:
    """MariaDB names tables by their alias."""
    return ALIASES.get(re.sub(r"_\d+$", "", name), re.sub(r"_\d+$", "", name))


ALIASES = {"d": "documents", "r": "documents", "l": "invoicecontents", "o": "invoicecontents"}

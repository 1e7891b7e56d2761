"""For one customer's Finanse the great tables of LMS are never read as a whole, with LMS's own indexes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from support.billing import CONTEXT, finance
from support.clock import HandClock
from support.places import SERVERS, engine_of, new_urls
from support.plans import plan_of, statements_of, whole_scans

from bench.lms.build import FIRST_PLAIN, build
from wbok.adapters.lms import connect
from wbok.billing import Billing, Finance
from wbok.domain.finance import LedgerRequest
from wbok.domain.page import PageRequest

GREAT = {"cash", "documents", "invoicecontents"}
CUSTOMERS, MONTHS = 200, 24
CUSTOMER = str(FIRST_PLAIN + 7)


@pytest.fixture(scope="module", params=SERVERS)
def crowded_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Enough rows that reading all of them would be the worse choice, and known as such to the database."""
    with new_urls(request.param, tmp_path_factory.mktemp("crowd")) as new_url:
        url = new_url()
        engine = engine_of(url)
        build(engine, customers=CUSTOMERS, months=MONTHS, now=HandClock()())
        names = ", ".join((*sorted(GREAT), "customers", "taxes", "ksefdocuments"))
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
    asked = statements_of(lambda: QUESTIONS[question](finance(crowded)))
    assert asked
    for engine, statement, parameters in asked:
        plan = plan_of(engine, statement, parameters)
        assert whole_scans(engine, plan, statement).isdisjoint(GREAT), "\n".join(map(str, plan))


def test_a_whole_scan_would_be_seen(crowded_url: str) -> None:
    engine = engine_of(crowded_url)
    statement = "SELECT count(*) FROM cash AS c WHERE comment = 'x'"
    assert whole_scans(engine, plan_of(engine, statement, {}), statement) == {"cash"}

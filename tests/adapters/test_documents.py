"""How many statements each question about documents costs, and that no list reads what it does not show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from support.billing import CONTEXT, finance

from wbok.adapters.sql import connect
from wbok.billing import Finance
from wbok.domain.documents import DocumentRequest, StateFilter
from wbok.domain.finance import LedgerRequest
from wbok.relations import CANONICAL

TODAY = date(2026, 11, 24)
WHO = "10427"


@pytest.fixture(scope="module")
def made_up(demo: tuple[Path, object]) -> Finance:
    relations = {name: name for name in CANONICAL}
    money = finance(connect({"url": f"sqlite:///{demo[0]}", "relations": relations}, CONTEXT))
    # Which columns there are is asked once.
    newest = money.documents(WHO, DocumentRequest()).rows[0].id
    for ask in (money.document_details, money.document_lines, money.document_file):
        ask(WHO, newest)
    return money


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT")):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


QUESTIONS: dict[str, tuple[Callable[[Finance, str], object], int]] = {
    "list": (lambda f, _: f.documents(WHO, DocumentRequest()), 2),
    "list by state and number": (
        lambda f, _: f.documents(
            WHO, DocumentRequest(state=StateFilter.PAID, today=TODAY, number="fv", since=date(2025, 1, 1))
        ),
        2,
    ),
    "years": (lambda f, _: f.document_years(WHO), 1),
    "document": (lambda f, i: f.document(WHO, i), 2),
    "details": (lambda f, i: f.document_details(WHO, i), 1),
    "lines": (lambda f, i: f.document_lines(WHO, i), 1),
    "file": (lambda f, i: f.document_file(WHO, i), 1),
    "totals of years": (lambda f, _: f.yearly_totals(WHO, 2020, 2026), 1),
    "totals of a period": (lambda f, _: f.ledger_totals(WHO, LedgerRequest(since=date(2026, 1, 1))), 1),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_costs_so_many_statements(made_up: Finance, question: str) -> None:
    ask, most = QUESTIONS[question]
    document = made_up.documents(WHO, DocumentRequest()).rows[0]
    with statements() as said:
        assert ask(made_up, document.id) != ()
    assert len(said) == most


def test_no_list_reads_what_it_does_not_show(made_up: Finance) -> None:
    with statements() as said:
        document = made_up.documents(WHO, DocumentRequest()).rows[0]
        made_up.settlement(WHO)
        made_up.document(WHO, document.id)
    assert not [statement for statement in said if "buyer_name" in statement or "content" in statement]
    with statements() as said:
        made_up.document_details(WHO, document.id)
    assert "buyer_name" in said[0]
    assert "content" not in said[0]

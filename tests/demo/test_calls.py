"""The calls of the made-up provider: packages that are what was used, and amounts that are on the invoices."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from wbok_demo import DemoLogin

ODD = 10682
Demo = tuple[Path, tuple[DemoLogin, ...]]


@pytest.fixture
def ask(demo: Demo) -> Any:
    def rows(question: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(demo[0])) as database:
            return database.execute(question, values).fetchall()

    return rows


def test_what_is_used_of_a_package_are_its_calls(ask: Any) -> None:
    question = (
        "SELECT a.used, total(CASE a.unit WHEN 'count' THEN c.id IS NOT NULL ELSE c.seconds END) FROM allowances a"
        " LEFT JOIN calls c ON c.allowance_id = a.id WHERE a.customer_id <> ? GROUP BY a.id"
    )
    found = ask(question, ODD)
    assert len(found) > 100
    assert all(used == called for used, called in found)


def test_calls_past_the_package_are_on_the_invoice_of_the_month_after(ask: Any) -> None:
    invoiced = ask(
        "SELECT d.customer_id, round(l.gross, 2) FROM document_lines l JOIN documents d ON d.id = l.document_id"
        " WHERE l.description = 'Rozmowy ponad pakiet, październik 2026' ORDER BY 1"
    )
    called = ask(
        "SELECT customer_id, round(sum(price), 2) FROM calls WHERE started_at LIKE '2026-10%' AND customer_id <> ?"
        " GROUP BY customer_id HAVING sum(price) <> 0 ORDER BY 1",
        ODD,
    )
    assert invoiced == called
    assert invoiced


def test_some_have_no_telephone_and_one_has_every_odd_call(ask: Any) -> None:
    ((without,),) = ask(
        "SELECT count(*) FROM customers WHERE id NOT IN (SELECT customer_id FROM phone_lines)"
        " AND id NOT IN (SELECT customer_id FROM calls)"
    )
    assert without > 10
    odd = "seconds = 259200", "price < 0", "number IS NULL", "NOT answered", "kind = 'video'"
    for condition in odd:
        assert ask(f"SELECT 1 FROM calls WHERE customer_id = ? AND {condition}", ODD), condition
    assert ask("SELECT 1 FROM allowances WHERE customer_id = ? AND used > total", ODD)

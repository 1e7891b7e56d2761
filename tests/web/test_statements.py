"""A tab page asks the store at most twice and the billing at most four times."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from support.scene import Scene
from support.statements import counted

PAGES = [
    "/info/",
    "/finance/",
    "/finance/ledger",
    "/finance/ledger?from=2026-01-01&to=2026-12-31",
    "/finance/ledger?kind=payment",
    "/finance/documents/",
    "/finance/documents/?year=2026&state=unpaid&number=FV&kind=invoice",
    "/finance/documents/?state=paid",
    "/finance/payment",
    "/finance/payment?for=overdue",
    "/finance/statement",
    "/finance/statement?from=2026-01-01&to=2026-12-31",
    "document",
    "/phone/",
    "/phone/?month=2026-10",
    "/phone/calls",
    "/phone/calls?number=600&kind=voice&direction=outgoing&cost=paid",
    "/phone/calls?from=2026-09-01&to=2026-11-24&answered=no&mask=yes",
    "/phone/calls?order=price&month=2026-10",
    "/phone/calls.csv",
    "/phone/calls.pdf",
    "/notifications/",
    "/notifications/?part=new",
    "/notifications/?part=billing",
    "/notifications/?part=archive",
    "/notifications/B-1",
    "/helpdesk/",
    "/helpdesk/new",
    "/help",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_within_its_statements(scene: Scene, demo: tuple[Path, object], path: str) -> None:
    customer = scene.customer()
    if path == "document":
        path = f"/finance/documents/{_newest_document(demo[0], '10427')}"
    customer.get(path)
    with counted(scene.panel) as statements:
        assert customer.get(path).status_code == 200
    assert len(statements.store) <= 2, statements.store
    assert len(statements.billing) <= 4, statements.billing


def test_a_session_seen_long_ago_costs_one_more_statement(scene: Scene) -> None:
    customer = scene.customer()
    # The very first visit of all writes down the panel's first day.
    customer.get("/help")
    scene.clock.advance(minutes=5)
    with counted(scene.panel) as statements:
        customer.get("/help")
    assert len(statements.store) == 2
    with counted(scene.panel) as statements:
        customer.get("/help")
    assert len(statements.store) == 1


def _newest_document(billing: Path, customer_id: str) -> int:
    with sqlite3.connect(billing) as connection:
        row = connection.execute(
            "SELECT max(id) FROM documents WHERE customer_id = ?", (customer_id,)
        ).fetchone()
    connection.close()
    return int(row[0])

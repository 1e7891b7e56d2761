"""A tab page asks the store at most twice and the billing at most four times."""

from __future__ import annotations

import re

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
    "/helpdesk/",
    "/helpdesk/new",
    "/helpdesk/new?category=internet",
    "/helpdesk/new?category=complaint",
    "/help",
]
LISTS = ("/finance/documents/", "/notifications/")


@pytest.mark.everywhere("csv")
def test_a_page_stays_within_its_statements(scene: Scene) -> None:
    customer = scene.customer()
    newest = {list_: _first(customer.get(list_).text, list_) for list_ in LISTS}
    for path in (*PAGES, *newest.values()):
        customer.get(path)
        with counted(scene.panel) as statements:
            assert customer.get(path).status_code == 200, path
        assert len(statements.store) <= 2, (path, statements.store)
        assert len(statements.billing) <= 4, (path, statements.billing)


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


def _first(page: str, path: str) -> str:
    """Where the first row of a list leads."""
    found = re.search(rf'href="({path}[^"/?]+)"', page)
    assert found
    return found[1]

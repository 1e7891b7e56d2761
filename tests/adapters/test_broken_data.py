"""Data that are not what they should be: said by relation and column, never guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, Make, entry, finance, people, write_tables

from wbok.adapters.sql import connect
from wbok.domain.finance import LedgerRequest
from wbok.errors import Unavailable


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": "12,5o"}, "relation ledger, column amount: expected money:decimal"),
        ({"booked_on": None}, "relation ledger, column booked_on: it is empty"),
        ({"booked_on": "31.02.2026"}, "relation ledger, column booked_on: expected date"),
    ],
)
def test_values_of_a_wrong_type_are_said_by_column(make: Make, changes: dict[str, Any], message: str) -> None:
    billing = make(ledger=[entry(1, 1, -1) | changes])
    with pytest.raises(Unavailable, match=message):
        finance(billing).ledger("1", LedgerRequest(running=False))


def test_a_missing_column_is_said_with_those_that_are_there(make: Make) -> None:
    billing = make(
        ledger=[{"id": 1, "customer_id": 1, "data": "2026-01-01", "amount": 1, "description": "x"}]
    )
    with pytest.raises(
        Unavailable, match="relation ledger has no column booked_on; it has amount, customer_id, data"
    ):
        finance(billing).ledger("1", LedgerRequest())


def test_a_slow_question_is_stopped(tmp_path: Path) -> None:
    path = write_tables(tmp_path / "billing.sqlite", **people(2))
    slow = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
        SELECT max(i) AS id, 'x' AS name FROM n
    """
    relations = {"customers": {"select": slow}, "credentials": "credentials"}
    billing = connect(
        {"url": f"sqlite:///{path}", "relations": relations, "timeout_seconds": 0.2},
        CONTEXT,
    )
    with pytest.raises(Unavailable, match="interrupted"):
        billing.customers.customer("1")


@pytest.mark.parametrize("amount", ["1 234,56", "12zł", "1e3", b"7"])
def test_amounts_that_sqlite_would_add_up_wrongly_are_said(make: Make, amount: Any) -> None:
    billing = make(ledger=[entry(1, 1, -1), entry(2, 1, amount)])
    with pytest.raises(Unavailable, match="relation ledger, column amount: not every value is an amount"):
        finance(billing).settlement("1")


def test_amounts_as_text_with_a_point_are_added_up(make: Make) -> None:
    billing = make(ledger=[entry(1, 1, "-1.50"), entry(2, 1, "-0.25")])
    assert finance(billing).settlement("1").due("PLN").amount == Decimal("1.75")


def test_a_list_by_a_column_of_no_order_cannot_be_paged(make: Make) -> None:
    billing = make(ledger=[entry(i, 1, -1, b"2026-11-01") for i in range(3)])
    with pytest.raises(Unavailable):
        finance(billing).ledger("1", LedgerRequest(limit=1))


@pytest.mark.parametrize("moment", ["2026-06-30T22:00:00", "2026-06-30 22:00:00+00:00", "20260630"])
def test_moments_as_text_of_another_shape_are_refused_because_they_are_compared_as_text(
    make: Make, moment: str
) -> None:
    relations = {"ledger": {"table": "ledger", "types": {"booked_on": "instant:utc"}}}
    billing = make(relations, ledger=[entry(1, 1, -1, moment)])
    with pytest.raises(Unavailable, match="relation ledger, column booked_on: text as 2026-11-01 10:00:00"):
        finance(billing).ledger("1", LedgerRequest(running=False))

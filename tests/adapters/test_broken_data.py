"""Data that are not what they should be: said by relation and column, never guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, Make, entry, finance, people, write_tables
from support.places import new_urls, write_typed_tables

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


@pytest.mark.parametrize("amount", ["1 234,56", "12zł", "1e3", b"7", "1.2.3", "1-2", "5-", "-", "", "--1"])
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


@pytest.mark.parametrize("dialect", ["mysql"])
def test_amounts_in_a_column_of_text_are_added_up_only_if_they_are_numbers(
    dialect: str, tmp_path: Path
) -> None:
    with new_urls(dialect, tmp_path) as new_url:
        for texts, sum_or_none in (
            (["-12.50", "-.5", "-1e1"], Decimal(23)),
            (["-12,50"], None),
            (["abc"], None),
        ):
            url = new_url()
            ledger = [entry(i, 1, text) for i, text in enumerate(texts)]
            write_typed_tables(url, {**people(1), "ledger": ledger})
            relations = {name: name for name in ("customers", "credentials", "ledger")}
            billing = connect({"url": url, "relations": relations}, CONTEXT)
            if sum_or_none is None:
                with pytest.raises(Unavailable, match="not every value is an amount"):
                    finance(billing).settlement("1")
            else:
                assert finance(billing).settlement("1").due("PLN").amount == sum_or_none


@pytest.mark.parametrize("amount", [float("nan"), float("inf")])
def test_floating_point_that_is_no_number_is_said(tmp_path: Path, amount: float) -> None:
    with new_urls("postgresql", tmp_path) as new_url:
        url = new_url()
        write_typed_tables(url, {**people(1), "ledger": [entry(1, 1, -1.0), entry(2, 1, amount)]})
        relations = {name: name for name in ("customers", "credentials", "ledger")}
        billing = connect({"url": url, "relations": relations}, CONTEXT)
        with pytest.raises(Unavailable):
            finance(billing).settlement("1")
        with pytest.raises(Unavailable):
            finance(billing).ledger("1", LedgerRequest(running=False))


@pytest.mark.parametrize("day", ["20261101", 20261101, 1793491200, "1.11.2026"])
def test_days_that_sqlite_would_put_in_a_wrong_place_are_said(make: Make, day: Any) -> None:
    billing = make(ledger=[entry(1, 1, -1, day)])
    with pytest.raises(Unavailable, match="relation ledger, column booked_on"):
        finance(billing).ledger("1", LedgerRequest(running=False))

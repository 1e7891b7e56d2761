"""Page by page: complete, stable, with the right balances and states, whatever mark comes."""

from __future__ import annotations

import base64
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.billing import Make, entry, finance, whole_ledger
from support.rounds import part_of

from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest
from wbok.domain.money import Money
from wbok.errors import Rejected


@settings(
    max_examples=part_of(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([1, 2]),
            st.integers(-100_000, 100_000),
            st.sampled_from(["PLN", "EUR", None, ""]),
            st.dates(date(2026, 1, 1), date(2026, 1, 9)),
        ),
        min_size=1,
        max_size=40,
    ),
    limit=st.integers(1, 7),
)
def test_paging_is_complete_and_the_balance_is_the_sum(
    make_anywhere: Make, rows: list[Any], limit: int
) -> None:
    table = [
        entry(i, customer, grosze / 100, day.isoformat(), currency=currency)
        for i, (customer, grosze, currency, day) in enumerate(rows)
    ]
    billing = make_anywhere(ledger=table)
    for customer in (1, 2):
        mine = sorted(
            (
                (day, i, Decimal(grosze) / 100, c or "PLN")
                for i, (k, grosze, c, day) in enumerate(rows)
                if k == customer
            )
        )
        entries = whole_ledger(billing, str(customer), limit=limit)[::-1]
        assert [e.id for e in entries] == [str(i) for _, i, _, _ in mine]
        sums: dict[str, Decimal] = {}
        for e, (_, _, amount, currency) in zip(entries, mine, strict=True):
            sums[currency] = sums.get(currency, Decimal()) + amount
            assert e.balance_after == Money(sums[currency], currency)
        balances = {b.currency: b.amount for b in finance(billing).settlement(str(customer)).balances}
        assert balances == sums


def test_documents_page_by_page_keep_their_states(make_anywhere: Make) -> None:
    documents = [
        {
            "id": i,
            "customer_id": 1,
            "number": f"FV/{i}",
            "kind": "invoice",
            "issued_on": f"2026-01-{i:02}",
            "gross": 10,
        }
        for i in range(1, 10)
    ]
    billing = make_anywhere(documents=documents, ledger=[entry(1, 1, -35)])
    states: dict[str, Any] = {}
    after = None
    while True:
        page = finance(billing).documents("1", DocumentRequest(after=after, limit=2))
        states |= {d.id: d.remaining and d.remaining.amount for d in page.rows}
        after = page.next
        if after is None:
            break
    assert states == {"9": 10, "8": 10, "7": 10, "6": 5} | dict.fromkeys("54321", 0)
    assert finance(billing).document("1", "6").remaining == Money(Decimal(5))


def test_a_mark_of_somebody_else_shows_the_customers_own_balance(make_anywhere: Make) -> None:
    rows = [entry(i, 1 + i % 2, -1 - i % 2, f"2026-01-{i:02}") for i in range(1, 20)]
    billing = make_anywhere(ledger=rows)
    theirs = finance(billing).ledger("1", LedgerRequest(limit=3)).next
    mine = {e.id: e.balance_after for e in whole_ledger(billing, "2")}
    page = finance(billing).ledger("2", LedgerRequest(limit=3, after=theirs))
    assert page.rows
    assert {e.id: e.balance_after for e in page.rows}.items() <= mine.items()


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "mark",
    [
        forged("2026-01-01", "x"),
        forged("yesterday", 1),
        forged(["d", "2026-13-01"], 1),
        forged(["n", "1e999999999"], 1),
        forged(True, 1),
        forged("2026-01-01", 2**64),
        forged("2026-01-01", 1, {"PLN": "1000000"}),
        forged(float("inf"), 1),
        forged({"d": 1}, 1),
        forged(None, None),
    ],
)
def test_a_mark_of_wrong_kinds_is_rejected(make_anywhere: Make, mark: str) -> None:
    billing = make_anywhere(ledger=[entry(1, 1, -1)], documents=[invoice(1)])
    with pytest.raises(Rejected):
        finance(billing).ledger("1", LedgerRequest(after=mark))
    with pytest.raises(Rejected):
        finance(billing).documents("1", DocumentRequest(after=mark))


def test_keys_longer_than_a_line_are_paged_by(make_anywhere: Make) -> None:
    keys = [f"{i:03}" + "ż" * 252 for i in range(7)]
    rows = [entry(0, 1, -1) | {"id": key} for key in keys]
    billing = make_anywhere({"ledger": {"table": "ledger", "types": {"id": "text"}}}, ledger=rows)
    assert [e.id for e in whole_ledger(billing, "1", limit=2)] == keys[::-1]


def invoice(number: int, **more: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "customer_id": 1,
        "number": f"FV/{number}",
        "kind": "invoice",
        "issued_on": f"2026-01-{number:02}",
        "gross": 10,
        "remaining": None,
    }
    return row | more


def test_what_is_unstated_is_the_same_wherever_it_is_asked(make_anywhere: Make) -> None:
    billing = make_anywhere(
        documents=[invoice(1), invoice(2, remaining=4), invoice(3)], ledger=[entry(1, 1, -17)]
    )
    expected = {"3": 10, "2": 4, "1": 3}
    listed = finance(billing).documents("1", DocumentRequest()).rows
    assert {d.id: d.remaining and d.remaining.amount for d in listed} == expected
    for document_id, amount in expected.items():
        found = finance(billing).document("1", document_id)
        assert found.remaining == Money(Decimal(amount))
    unpaid = finance(billing).settlement("1").unpaid
    assert {d.id: d.remaining and d.remaining.amount for d in unpaid} == expected


@pytest.mark.parametrize("mark", ["x", "W10", "e30", "[]", "ó", "a" * 2000])
def test_a_mark_that_is_not_ours_is_rejected(make_anywhere: Make, mark: str) -> None:
    with pytest.raises(Rejected):
        finance(make_anywhere(ledger=[entry(1, 1, -1)])).ledger("1", LedgerRequest(after=mark))


def test_a_mark_of_another_list_is_rejected(make_anywhere: Make) -> None:
    billing = make_anywhere(
        ledger=[entry(i, 1, -1) for i in range(3)], documents=[invoice(i) for i in range(1, 4)]
    )
    mark = finance(billing).ledger("1", LedgerRequest(limit=1)).next
    with pytest.raises(Rejected):
        finance(billing).documents("1", DocumentRequest(after=mark))


def test_a_debt_on_more_documents_than_are_read_at_once_lies_on_all_of_them(make: Make) -> None:
    billing = make(
        documents=[invoice(i, issued_on="2026-01-01") for i in range(1, 1203)],
        ledger=[entry(1, 1, -10 * 1200)],
    )
    settlement = finance(billing).settlement("1")
    assert (len(settlement.unpaid), settlement.unattributed) == (1200, ())
    remaining = [finance(billing).document("1", key).remaining for key in ("3", "2")]
    assert remaining == [Money(Decimal(10)), Money(Decimal(0))]

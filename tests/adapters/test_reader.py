"""The reading engine over SQLite: keys of every type, foreign schemas, isolation, paging, running balance."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, Make, entry, finance, whole_ledger

from wbok.adapters.sql import connect
from wbok.domain.finance import EntryKind
from wbok.domain.money import Money
from wbok.errors import NotFound

UUIDS = ["6f9619ff-8b86-d011-b42d-00c04fc964ff", "7f9619ff-8b86-d011-b42d-00c04fc964ff"]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [("int", 1, 2), ("text", "ab", "AB"), ("text", "ab", "ab "), ("uuid", *UUIDS)],
)
def test_keys_of_every_type_show_each_customer_only_his_rows(
    make_anywhere: Make, kind: str, first: Any, second: Any
) -> None:
    keys = [first, second]
    billing = make_anywhere(
        {"customers": {"table": "customers", "types": {"id": kind}}},
        customers=[{"id": key, "name": f"name of {key}"} for key in keys],
        credentials=[{"login": str(i), "customer_id": key, "pin": "1"} for i, key in enumerate(keys)],
        ledger=[entry(i, keys[i % 2], Decimal(f"-{i + 1}.50")) for i in range(20)],
    )
    for i, key in enumerate(keys):
        customer_id = billing.customers.credentials(str(i))[0].customer_id
        assert customer_id == str(key)
        assert billing.customers.customer(customer_id).name == f"name of {key}".strip()
        entries = whole_ledger(billing, customer_id)
        assert {int(e.id) % 2 for e in entries} == {i}
        assert len(entries) == 10
        assert entries[0].balance_after == Money(sum((e.amount.amount for e in entries), Decimal()))


def test_a_column_that_ignores_case_shows_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "billing.sqlite"
    connection = sqlite3.connect(path)
    with connection:
        for table, columns in {
            "customers": "id TEXT COLLATE NOCASE, name",
            "credentials": "login TEXT COLLATE NOCASE, customer_id TEXT COLLATE NOCASE, pin",
            "ledger": "id, customer_id TEXT COLLATE NOCASE, booked_on, amount, description",
        }.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
        connection.executemany("INSERT INTO customers VALUES (?, ?)", [("ab", "mały"), ("AB", "DUŻY")])
        connection.executemany(
            "INSERT INTO ledger VALUES (?, ?, '2026-11-01', -1, 'x')",
            [(i, ("ab", "AB")[i % 2]) for i in range(40)],
        )
    connection.close()
    names = {name: name for name in ("customers", "credentials", "ledger")}
    relations = {**names, "customers": {"table": "customers", "types": {"id": "text"}}}
    billing = connect({"url": f"sqlite:///{path}", "relations": relations}, CONTEXT)
    for customer_id in ("ab", "AB"):
        assert len(whole_ledger(billing, customer_id)) == 20
        assert finance(billing).settlement(customer_id).balances == (Money(Decimal(-20)),)
    with pytest.raises(NotFound):
        billing.customers.customer("Ab")


FOREIGN = """
    SELECT k.nr AS id, k.abonent AS customer_id, k.czas AS booked_on, k.grosze AS amount, k.opis AS description
    FROM kasa k WHERE k.skasowane = 0
"""


def test_a_foreign_schema_is_read_by_a_select_and_declared_types(make_anywhere: Make) -> None:
    def seconds(day: date, hour: int) -> int:
        return int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp())

    rows = [
        (1, 1, seconds(date(2026, 6, 30), 21), -1050, "czerwiec", 0),
        (2, 1, seconds(date(2026, 6, 30), 22), -2000, "lipiec", 0),
        (3, 1, seconds(date(2026, 7, 31), 22), 50, "sierpień", 0),
        (4, 1, seconds(date(2026, 7, 15), 10), 7, "nic", 1),
        (5, 2, seconds(date(2026, 7, 15), 10), 7, "cudze", 0),
    ]
    columns = ("nr", "abonent", "czas", "grosze", "opis", "skasowane")
    types = {"booked_on": "instant:epoch_s", "amount": "money:grosze"}
    billing = make_anywhere(
        {"ledger": {"select": FOREIGN, "types": types}},
        kasa=[dict(zip(columns, row, strict=True)) for row in rows],
    )
    july = whole_ledger(billing, "1", since=date(2026, 7, 1), until=date(2026, 7, 31))
    assert [(e.booked_on, e.description, e.amount) for e in july] == [
        (date(2026, 7, 1), "lipiec", Money(Decimal("-20.00")))
    ]
    assert july[0].balance_after == Money(Decimal("-30.50"))
    assert [e.description for e in whole_ledger(billing, "1")] == ["sierpień", "lipiec", "czerwiec"]


def test_a_select_may_use_the_customer_inside(make_anywhere: Make) -> None:
    inside = (
        "SELECT id, customer_id, booked_on, amount, description FROM moves WHERE customer_id = :customer_id"
    )
    billing = make_anywhere({"ledger": {"select": inside}}, moves=[entry(i, i % 2 + 1, -1) for i in range(6)])
    assert [e.id for e in whole_ledger(billing, "1")] == ["4", "2", "0"]
    assert finance(billing).settlement("1").due("PLN") == Money(Decimal(3))


@pytest.mark.parametrize("kind", ["date", "instant:local", "instant:utc", "instant:epoch_s"])
def test_a_select_may_use_the_period_inside(make_anywhere: Make, kind: str) -> None:
    moments = [datetime(2026, month, 15, 12, tzinfo=UTC) for month in range(1, 9)]
    native: dict[str, list[Any]] = {
        "date": [moment.date() for moment in moments],
        "instant:epoch_s": [int(moment.timestamp()) for moment in moments],
    }
    days = native.get(kind, [moment.replace(tzinfo=None) for moment in moments])
    inside = (
        "SELECT id, customer_id, booked_on, amount, description FROM moves"
        " WHERE booked_on >= :since AND booked_on < :until"
    )
    billing = make_anywhere(
        {"ledger": {"select": inside, "types": {"booked_on": kind}}},
        moves=[entry(i, 1, -1, day) for i, day in enumerate(days, start=1)],
    )
    spring = whole_ledger(billing, "1", since=date(2026, 3, 1), until=date(2026, 5, 31))
    assert [(e.id, e.balance_after) for e in spring] == [(str(i), Money(Decimal(-i))) for i in (5, 4, 3)]
    assert len(whole_ledger(billing, "1")) == 8
    assert finance(billing).settlement("1").due("PLN") == Money(Decimal(8))


def test_a_select_that_forgets_the_customer_still_shows_only_his_rows(make_anywhere: Make) -> None:
    leaky = "SELECT id, customer_id, booked_on, amount, description FROM moves WHERE 1 = 1 OR customer_id = 1"
    billing = make_anywhere({"ledger": {"select": leaky}}, moves=[entry(i, i % 2 + 1, -1) for i in range(6)])
    assert [e.id for e in whole_ledger(billing, "2")] == ["5", "3", "1"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("date", ["2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01"]),
        (
            "instant:utc",
            ["2026-06-30 21:59:59", "2026-06-30 22:00:00", "2026-07-31 21:59:59", "2026-07-31 22:00:00"],
        ),
        (
            "instant:local",
            ["2026-06-30 23:59:59", "2026-07-01 00:00:00", "2026-07-31 23:59:59", "2026-08-01 00:00:00"],
        ),
        ("instant:epoch_ms", [1782856799999, 1782856800000, 1785535199999, 1785535200000]),
    ],
)
def test_a_period_is_of_the_providers_days(make_anywhere: Make, kind: str, values: list[Any]) -> None:
    rows = [entry(i, 1, -1, day) for i, day in enumerate(values)]
    billing = make_anywhere({"ledger": {"table": "ledger", "types": {"booked_on": kind}}}, ledger=rows)
    july = whole_ledger(billing, "1", since=date(2026, 7, 1), until=date(2026, 7, 31))
    assert [e.id for e in july] == ["2", "1"]


def test_the_running_balance_is_the_unfiltered_ledgers_or_hidden(make_anywhere: Make) -> None:
    rows = [entry(1, 1, -100, "2026-01-01"), entry(2, 1, 60, "2026-02-01"), entry(3, 1, -50, "2026-03-01")]
    billing = make_anywhere(ledger=rows)
    february = whole_ledger(billing, "1", since=date(2026, 2, 1), until=date(2026, 2, 28))
    assert [e.balance_after for e in february] == [Money(Decimal(-40))]
    charges = whole_ledger(billing, "1", kind=EntryKind.CHARGE)
    assert [(e.id, e.balance_after) for e in charges] == [("3", None), ("1", None)]
    assert [e.balance_after for e in whole_ledger(billing, "1", running=False)] == [None] * 3


def test_the_billings_own_balance_stands(make_anywhere: Make) -> None:
    rows = [
        entry(1, 1, -100, "2026-01-01", balance_after=-7),
        entry(2, 1, 60, "2026-02-01", balance_after=53),
    ]
    entries = whole_ledger(make_anywhere(ledger=rows), "1", kind=EntryKind.CHARGE)
    assert [e.balance_after for e in entries] == [Money(Decimal(-7))]


@pytest.mark.parametrize("document_id", ["2", "99", "x", "01", "", "1\x00", str(2**63)])
def test_a_foreign_or_senseless_document_is_not_found(make_anywhere: Make, document_id: str) -> None:
    documents = [
        {"id": i, "customer_id": i, "number": "FV", "kind": "invoice", "issued_on": "2026-01-01", "gross": 10}
        for i in (1, 2)
    ]
    lines = [
        {
            "document_id": i,
            "customer_id": i,
            "position": 1,
            "description": "x",
            "quantity": 1,
            "vat_rate": "23%",
            "net": 1,
            "vat": 1,
            "gross": 2,
        }
        for i in (1, 2)
    ]
    billing = make_anywhere(documents=documents, document_lines=lines, ledger=[entry(1, 1, -35)])
    with pytest.raises(NotFound):
        finance(billing).document("1", document_id)
    with contextlib.suppress(NotFound):
        assert finance(billing).document_lines("1", document_id) == ()


def test_a_new_customer_has_nothing_and_nothing_fails(make_anywhere: Make) -> None:
    billing = make_anywhere(
        ledger=[entry(1, 2, -1)],
        services=[{"id": 1, "customer_id": 2, "name": "x", "price": 1}],
        sellers=[{"id": 1, "name": "Sprzedawca"}],
    )
    assert billing.customers.profile("1").services == ()
    settlement = finance(billing).settlement("1")
    assert not settlement.balances
    assert not settlement.unpaid
    assert settlement.due("PLN") == Money(Decimal())
    assert whole_ledger(billing, "1") == []
    terms = finance(billing).terms("1")
    assert terms.seller is not None
    assert (terms.seller.name, terms.services, terms.accounts) == ("Sprzedawca", (), ())


def test_small_relations_keep_numbers_and_their_order(make_anywhere: Make) -> None:
    services = [
        {"id": i, "customer_id": 1, "name": f"n{i}", "price": price, "speed_down": 600000.0, "period": None}
        for i, price in ((100, 10.1), (9, "20.2"), (10, 30))
    ]
    found = make_anywhere(services=services).customers.profile("1").services
    assert [(s.id, s.price.amount, s.speed_down) for s in found] == [
        ("9", Decimal("20.2"), 600000),
        ("10", Decimal(30), 600000),
        ("100", Decimal("10.1"), 600000),
    ]


@pytest.mark.parametrize("ending", [";", " ;\n", " -- by the accountant", "\n/* old */ ;"])
def test_a_select_may_end_as_people_write_it(make_anywhere: Make, ending: str) -> None:
    select = "SELECT id, customer_id, booked_on, amount, description FROM ledger" + ending
    assert (
        len(whole_ledger(make_anywhere({"ledger": {"select": select}}, ledger=[entry(1, 1, -1)]), "1")) == 1
    )


def test_a_zero_can_mean_that_there_is_no_document(make_anywhere: Make) -> None:
    relations = {"ledger": {"table": "ledger", "types": {"document_id": "int zero_is_none"}}}
    billing = make_anywhere(
        relations, ledger=[entry(1, 1, -1, document_id=0), entry(2, 1, -1, document_id=5)]
    )
    assert [e.document_id for e in whole_ledger(billing, "1")] == ["5", None]


@pytest.mark.parametrize("login", ["1\x00", "\ud800", "x" * 300])
def test_a_login_that_no_database_can_hold_belongs_to_nobody(make_anywhere: Make, login: str) -> None:
    assert make_anywhere().customers.credentials(login) == ()

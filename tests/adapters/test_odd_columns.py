"""Columns that are not what one would expect: nothing is lost, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, finance, whole_ledger
from support.places import engine_of, new_urls

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.domain.finance import EntryKind, LedgerRequest
from wbok.errors import Unavailable

On = Callable[..., Billing]
SERVERS = ("postgresql", "mysql")
ALL = ("sqlite", *SERVERS)
PEOPLE = (
    "CREATE TABLE k (id INTEGER, nr VARCHAR(10), name VARCHAR(20))",
    "INSERT INTO k VALUES (1, '1', 'Anna'), (2, '2', 'Piotr')",
)
CREDENTIALS = {"select": "SELECT nr AS login, id AS customer_id, '4711' AS pin FROM k"}


@pytest.fixture
def on(tmp_path: Path) -> Iterator[On]:
    """A billing made by statements; two customers, 1 and 2, are there already."""
    places = []

    def build(dialect: str, *statements: str, **relations: Any) -> Billing:
        place = new_urls(dialect, tmp_path)
        places.append(place)
        url = place.__enter__()()
        with engine_of(url).begin() as connection:
            for statement in (*PEOPLE, *statements):
                connection.exec_driver_sql(statement)
        named = {"customers": "k", "credentials": CREDENTIALS, **relations}
        return connect({"url": url, "relations": named}, CONTEXT)

    yield build
    for place in places:
        place.__exit__(None, None, None)


def ledger_of(columns: str, *rows: str) -> tuple[str, str]:
    return f"CREATE TABLE l ({columns})", f"INSERT INTO l VALUES {', '.join(rows)}"


PLAIN = "id INTEGER, customer_id INTEGER, booked_on DATE, amount DECIMAL(12,2), description VARCHAR(20)"


def balances(billing: Billing, *, limit: int = 3) -> list[str]:
    return [str(e.balance_after.amount) for e in whole_ledger(billing, "1", limit=limit) if e.balance_after]


@pytest.mark.parametrize("dialect", ALL)
def test_a_translated_currency_is_that_of_the_sums_too(on: On, dialect: str) -> None:
    rows = ("(1, 1, '2026-01-01', -50, 'x', 'zł')", "(2, 1, '2026-01-02', 20, 'x', 'zł')")
    ledger = {"table": "l", "values": {"currency": {"zł": "PLN"}}}
    billing = on(dialect, *ledger_of(f"{PLAIN}, currency VARCHAR(5)", *rows), ledger=ledger)
    assert balances(billing) == ["-30.00", "-50.00"]
    assert str(finance(billing).settlement("1").due("PLN").amount) == "30.00"


def test_what_a_select_stumbles_over_itself_counts_on_nobody(on: On) -> None:
    select = {"select": "SELECT CAST(nr AS int) AS login, id AS customer_id, '1' AS pin FROM k"}
    billing = on("postgresql", "INSERT INTO k VALUES (3, 'A12', 'x')", credentials=select)
    with pytest.raises(Unavailable):
        billing.customers.credentials("1")


def test_an_amount_made_of_text_is_charged_or_paid_by_its_sign_in_sqlite(on: On) -> None:
    columns = "id INTEGER, customer_id INTEGER, booked_on TEXT, t TEXT, amt TEXT"
    rows = ("(1, 1, '2026-01-01', 'F', '50')", "(2, 1, '2026-01-02', 'W', '30')")
    select = (
        "SELECT id, customer_id, booked_on, t AS description, "
        "CASE t WHEN 'F' THEN '-' || amt ELSE amt END AS amount FROM l"
    )
    billing = on("sqlite", *ledger_of(columns, *rows), ledger={"select": select})
    assert [e.id for e in whole_ledger(billing, "1", kind=EntryKind.CHARGE)] == ["1"]
    assert [e.id for e in whole_ledger(billing, "1", kind=EntryKind.PAYMENT)] == ["2"]
    (totals,) = finance(billing).ledger_totals("1", LedgerRequest())
    assert (totals.charged.amount, totals.paid.amount) == (Decimal(50), Decimal(30))


def test_a_moment_with_a_zone_is_of_the_providers_day(on: On) -> None:
    columns = PLAIN.replace("booked_on DATE", "booked_on timestamptz")
    rows = (
        "(1, 1, '2026-03-01 00:00+01', -1, 'x')",
        "(2, 1, '2026-03-31 23:59+02', -1, 'x')",
        "(3, 1, '2026-04-01 00:00+02', -1, 'x')",
    )
    billing = on("postgresql", *ledger_of(columns, *rows), ledger="l")
    assert [e.booked_on for e in whole_ledger(billing, "1")][::-1] == [
        date(2026, 3, 1),
        date(2026, 3, 31),
        date(2026, 4, 1),
    ]
    march = whole_ledger(billing, "1", since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert [e.id for e in march] == ["2", "1"]


@pytest.mark.parametrize(
    ("dialect", "collation"),
    [("mysql", "VARCHAR(5) COLLATE utf8mb4_general_ci"), ("sqlite", "TEXT COLLATE NOCASE")],
)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_keys_that_are_one_to_the_database_are_all_turned_over(
    on: On, dialect: str, collation: str, limit: int
) -> None:
    keys = ("a", "A", "ą", "b", "B")
    rows = [f"('{key}', 1, '2026-01-01', -1, 'x')" for key in keys]
    columns = PLAIN.replace("id INTEGER", f"id {collation}", 1)
    ledger = {"table": "l", "types": {"id": "text"}}
    billing = on(dialect, *ledger_of(columns, *rows), ledger=ledger)
    found = [e.id for e in whole_ledger(billing, "1", limit=limit)]
    assert (sorted(found), len(found)) == (sorted(keys), 5)
    assert balances(billing, limit=limit) == [f"-{n}.00" for n in (5, 4, 3, 2, 1)]


@pytest.mark.parametrize("dialect", ALL)
@pytest.mark.parametrize("kind", ["DECIMAL(12,4)", "DOUBLE PRECISION"])
def test_balances_do_not_depend_on_the_length_of_a_page(on: On, dialect: str, kind: str) -> None:
    rows = [f"({i}, 1, '2026-01-{i:02}', -24.5877, 'x')" for i in range(1, 12)]
    billing = on(dialect, *ledger_of(PLAIN.replace("DECIMAL(12,2)", kind), *rows), ledger="l")
    pages = [balances(billing, limit=limit) for limit in (100, 3, 4, 1)]
    assert pages.count(pages[0]) == 4
    newest = whole_ledger(billing, "1")[-1]
    assert newest.balance_after == newest.amount


@pytest.mark.parametrize("dialect", SERVERS)
def test_amounts_in_a_column_for_text_are_amounts(on: On, dialect: str) -> None:
    rows = ("(1, 1, '2026-01-01', '-50.25', 'x')", "(2, 1, '2026-01-02', '20', 'x')")
    columns = PLAIN.replace("DECIMAL(12,2)", "VARCHAR(12)")
    billing = on(dialect, *ledger_of(columns, *rows), ledger="l")
    assert balances(billing) == ["-30.25", "-50.25"]
    assert [e.id for e in whole_ledger(billing, "1", kind=EntryKind.CHARGE)] == ["1"]


@pytest.mark.parametrize("dialect", SERVERS)
def test_keys_with_decimal_places_are_paged_by(on: On, dialect: str) -> None:
    rows = [f"({i}, 1, '2026-01-01', -1, 'x')" for i in range(1, 8)]
    columns = PLAIN.replace("id INTEGER", "id DECIMAL(12,0)", 1)
    billing = on(dialect, *ledger_of(columns, *rows), ledger="l")
    assert [e.id for e in whole_ledger(billing, "1")] == list("7654321")


@pytest.mark.parametrize("dialect", SERVERS)
def test_days_in_a_column_for_text_make_periods(on: On, dialect: str) -> None:
    rows = [f"({i}, 1, '2026-0{i}-15', -1, 'x')" for i in range(1, 8)]
    columns = PLAIN.replace("booked_on DATE", "booked_on VARCHAR(10)")
    billing = on(dialect, *ledger_of(columns, *rows), ledger="l")
    spring = whole_ledger(billing, "1", since=date(2026, 3, 1), until=date(2026, 5, 31))
    assert [e.id for e in spring] == ["5", "4", "3"]


@pytest.mark.parametrize("dialect", SERVERS)
def test_the_profile_reads_odd_numbers_as_every_other_page_does(on: On, dialect: str) -> None:
    services = "SELECT id, id AS customer_id, name, speed * 1000 AS speed_down, price FROM u"
    billing = on(
        dialect,
        "CREATE TABLE u (id INTEGER, name VARCHAR(5), speed DECIMAL(10,2), price DOUBLE PRECISION)",
        "INSERT INTO u VALUES (1, 'x', 100, 24.5877)",
        services={"select": services},
    )
    (service,) = billing.customers.profile("1").services
    assert (service.speed_down, service.price.amount) == (100_000, Decimal("24.59"))


def test_truth_is_translated_alike_in_a_row_and_in_a_union(on: On) -> None:
    select = "SELECT id, name, id = 1 AS status FROM k"
    values = {"status": {"True": "active", "False": "ended"}}
    billing = on("postgresql", customers={"select": select, "values": values})
    assert (
        billing.customers.customer("1").status == billing.customers.profile("1").customer.status == "active"
    )

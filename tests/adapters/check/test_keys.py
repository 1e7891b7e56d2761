"""Keys: NULL, there twice, of nobody, of another type than declared; and ids that no column can hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from support.billing import CONTEXT, Make, entry, finance, people
from support.findings import findings, told
from support.places import NewUrl, engine_of, write_typed_tables

from wbok.adapters.sql import connect
from wbok.domain.finance import LedgerRequest
from wbok.errors import BillingError, NotFound

AS_TEXT = {"customers": {"table": "customers", "types": {"id": "text"}}}
UUIDS = ["6f9619ff-8b86-d011-b42d-00c04fc964ff", "7f9619ff-8b86-d011-b42d-00c04fc964ff"]
SERVICE = {"id": 1, "customer_id": 1, "name": "x", "price": Decimal(1)}


def test_rows_of_nobody_and_of_unknown_customers_are_warnings(make_anywhere: Make) -> None:
    rows = [entry(1, None, -1), entry(2, 99, -1), entry(3, 1, 1), entry(4, 98, 1)]
    billing = make_anywhere(ledger=rows)
    assert told(billing) == [
        "warning ledger.customer_id [id 1] NULL (expected whose row it is)",
        "warning ledger.customer_id [id 2] a key that customers do not have (expected a key of customers)",
    ]
    unknown = [f for f in findings(billing) if f.expected == "a key of customers"]
    assert unknown[0].rows == 2
    assert finance(billing).ledger("1", LedgerRequest()).rows[0].id == "3"


def test_a_null_key_is_a_fault(make_anywhere: Make) -> None:
    assert told(make_anywhere(services=[SERVICE | {"id": None}, SERVICE])) == [
        "fault services.id NULL (expected a value (int))"
    ]


def test_a_key_that_is_there_twice_is_a_fault(make_anywhere: Make) -> None:
    rows = [SERVICE, SERVICE, SERVICE | {"customer_id": 2}]
    billing = make_anywhere(services=rows)
    assert told(billing) == [
        "fault services.id [id 1] a key that is there twice (expected each key once for each customer)"
    ]


def test_positions_may_repeat_from_document_to_document(make_anywhere: Make) -> None:
    line = {
        "customer_id": 1,
        "position": 1,
        "description": "x",
        "quantity": 1,
        "vat_rate": "23%",
        "net": 1,
        "vat": 0,
        "gross": 1,
    }
    lines = [line | {"document_id": 1}, line | {"document_id": 2}, line | {"document_id": 2}]
    found = findings(make_anywhere(document_lines=lines, ledger=[entry(1, 1, -1)]))
    (twice,) = [f for f in found if "twice" in f.found]
    assert (twice.key, twice.rows) == ("document_id 2, position 1", 2)


def test_two_customers_with_one_key_or_one_login_are_faults(make_anywhere: Make) -> None:
    tables = people(300)
    tables["customers"].append({"id": 250, "name": "drugi"})
    tables["credentials"] += [
        {"login": "260", "customer_id": 1, "pin": "1"},
        {"login": "261", "customer_id": 261, "pin": "1"},
    ]
    assert told(make_anywhere(**tables)) == [
        "fault customers.id 1 customers that are there twice (expected each key once)",
        "fault credentials.login 1 logins of several customers (expected each login of one customer)",
    ]


def test_keys_that_differ_only_in_case_or_blanks_are_a_warning(make_anywhere: Make) -> None:
    keys = ["ab", "AB", "cd "]
    billing = make_anywhere(
        AS_TEXT,
        customers=[{"id": key, "name": "x"} for key in keys],
        credentials=[{"login": str(i), "customer_id": key, "pin": "1"} for i, key in enumerate(keys, 1)],
    )
    assert told(billing) == [
        "warning customers.id [id cd ] a key with blanks at its end or beginning",
        "warning customers.id 1 keys that another customer has too, but for case or blanks",
    ]


def test_documents_and_sellers_that_do_not_exist_are_warnings(make_anywhere: Make) -> None:
    documents = [
        {
            "id": i,
            "customer_id": 1,
            "number": "x",
            "kind": "correction",
            "issued_on": date(2026, 1, 1),
            "gross": 1,
            "corrects_id": corrected,
        }
        for i, corrected in ((1, None), (2, 1), (3, 77))
    ]
    billing = make_anywhere(
        customers=[{"id": 1, "name": "x", "seller_id": 5}, {"id": 2, "name": "y", "seller_id": 1}],
        sellers=[{"id": 1, "name": "S"}],
        documents=documents,
        ledger=[entry(1, 1, -1, document_id=0), entry(2, 1, -1, document_id=3)],
    )
    assert told(billing) == [
        "warning customers.seller_id [id 1] a key that sellers do not have (expected a key of sellers)",
        "warning ledger.document_id [id 1] a key that documents do not have (expected a key of documents)",
        "warning documents.corrects_id [id 3] a key that documents do not have (expected a key of documents)",
    ]
    (zero,) = [f for f in findings(billing) if f.column == "document_id"]
    assert (
        zero.advice == 'If 0 means "none": billing.relations.ledger.types.document_id = "int zero_is_none".'
    )


@pytest.mark.parametrize(("kind", "keys"), [("int", [1, 2]), ("text", ["ab", "cd"]), ("uuid", UUIDS)])
def test_keys_of_every_type_can_be_in_order(make_anywhere: Make, kind: str, keys: list[Any]) -> None:
    billing = make_anywhere(
        {"customers": {"table": "customers", "types": {"id": kind}}},
        customers=[{"id": key, "name": "x"} for key in keys],
        credentials=[{"login": str(i), "customer_id": key, "pin": "1"} for i, key in enumerate(keys, 1)],
        ledger=[entry(i, keys[i % 2], Decimal((-1) ** i)) for i in range(10)],
    )
    assert told(billing) == []


def test_text_keys_that_are_declared_as_numbers_are_said_once(make_anywhere: Make) -> None:
    billing = make_anywhere(
        customers=[{"id": "a1", "name": "x"}],
        credentials=[{"login": "1", "customer_id": "a1", "pin": "1"}],
    )
    assert told(billing) == [
        "fault customers.id [id a1] text (expected int)",
    ]


def test_numbers_kept_as_text_but_declared_as_int_are_said(make_anywhere: Make) -> None:
    billing = make_anywhere(
        customers=[{"id": "7", "name": "x"}], credentials=[{"login": "1", "customer_id": "7", "pin": "1"}]
    )
    assert "warning customers.id text as key (expected int)" in told(billing)


def test_numbers_declared_as_text_are_said(make_anywhere: Make) -> None:
    billing = make_anywhere(AS_TEXT)
    assert "warning customers.id a whole number as key (expected text)" in told(billing)


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 2**32 + 1, 2**63 - 1, -(2**31) - 1, 2**63, 10**18])
def test_an_id_beyond_the_columns_numbers_is_not_found(new_url: NewUrl, number: int) -> None:
    url = new_url()
    tables: dict[str, Any] = {
        **people(1),
        "documents": [
            {
                "id": 1,
                "customer_id": 1,
                "number": "x",
                "kind": "invoice",
                "issued_on": date(2026, 1, 1),
                "gross": 1,
            }
        ],
        "ledger": [entry(1, 1, -1)],
    }
    write_typed_tables(url, tables)
    _narrow(url, tables)
    billing = connect({"url": url, "relations": {name: name for name in tables}}, CONTEXT)
    assert billing.customers.customer("1").id == "1"
    for ask in (
        lambda: billing.customers.customer(str(number)),
        lambda: billing.customers.profile(str(number)),
        lambda: finance(billing).document("1", str(number)),
        lambda: finance(billing).document(str(number), "1"),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(NotFound):
        finance(billing).terms(str(number))
    try:
        assert finance(billing).settlement(str(number)).balances == ()
        assert finance(billing).ledger(str(number), LedgerRequest()).rows == ()
    except BillingError as error:
        assert isinstance(error, NotFound)  # noqa: PT017 - either is right: there is nothing of him


def _narrow(url: str, tables: dict[str, Any]) -> None:
    """Keys of four bytes, as most billings have them; SQLite has one kind of numbers."""
    engine = engine_of(url)
    alter = {
        "postgresql": "ALTER TABLE {table} ALTER COLUMN {column} TYPE integer",
        "mysql": "ALTER TABLE {table} MODIFY {column} INT",
    }.get(engine.dialect.name)
    with engine.begin() as connection:
        for table, rows in tables.items():
            for column in rows[0]:
                if alter and column in ("id", "customer_id"):
                    connection.exec_driver_sql(alter.format(table=table, column=column))
    engine.dispose()

"""What the check says when a relation, or the whole database, cannot be read; and it goes on with the next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url
from support.accounts import reading_account
from support.billing import CONTEXT, Make, entry, people, write_tables
from support.findings import findings, told
from support.places import SERVERS, NewUrl, engine_of, write_typed_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing, Finding, Severity

NAMES = {name: name for name in ("customers", "credentials", "ledger")}
SLOW = {
    "sqlite": "SELECT l.* FROM ledger l WHERE (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 1000000000) SELECT max(i) FROM n) > 0",
    "postgresql": "SELECT l.* FROM ledger l, pg_sleep(9)",
    "mysql": "SELECT l.* FROM ledger l WHERE SLEEP(9) = 0",
}


def billing_at(url: str, relations: dict[str, Any] | None = None, **more: Any) -> Billing:
    return connect({"url": url, "relations": {**NAMES, **(relations or {})}, **more}, CONTEXT)


def filled(url: str) -> str:
    write_typed_tables(url, {**people(2), "ledger": [entry(1, 1, -1), entry(2, 1, 1)]})
    return url


def dialect_of(url: str) -> str:
    return make_url(url).get_backend_name()


def test_a_missing_table_is_said_with_those_that_are_there_and_the_rest_is_read(new_url: NewUrl) -> None:
    billing = billing_at(filled(new_url()), {"contacts": "kontakty"})
    (fault,) = [f for f in findings(billing) if f.severity is Severity.FAULT]
    assert fault.relation == "contacts"
    assert fault.found == "the database has no table or view kontakty"
    assert fault.advice == (
        "Correct the name in billing.relations.contacts. There are: credentials, customers, ledger."
    )
    assert billing.check is not None
    assert {c.relation: c.rows for c in billing.check(show_values=False)} == {
        "customers": 2,
        "credentials": 2,
        "contacts": None,
        "ledger": 2,
        None: None,
    }


def test_every_missing_column_is_said_and_an_unknown_one_does_not_matter(make_anywhere: Make) -> None:
    rows = [{"id": 1, "customer_id": 1, "data": "2026-01-01", "kwota": 1, "description": "x"}]
    billing = make_anywhere(ledger=rows)
    assert told(billing) == [
        "fault ledger.booked_on no such column; there are customer_id, data, description, id, kwota "
        "(expected when it was booked (date))",
        "fault ledger.amount no such column; there are customer_id, data, description, id, kwota "
        "(expected charge negative, payment positive (money:decimal))",
    ]


def test_absent_optional_columns_and_relations_are_notes(make_anywhere: Make) -> None:
    notes = told(make_anywhere(ledger=[entry(1, 1, -1)]), severities=(Severity.NOTE,))
    assert (
        "note ledger without currency (ISO 4217); document_id (the document that the entry comes from); "
        "balance_after (balance in this currency after this entry)"
    ) in notes
    assert notes[-1].startswith("note  without addresses, contacts")


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("SELECT id, klient AS customer_id FROM ledger", "the select names a column that is not there"),
        ("SELECT id FROM kasa", "the database has no such table or view"),
        ("SELECT FROM WHERE", "the database does not understand the select"),
    ],
)
def test_a_wrong_select_is_said_in_words(new_url: NewUrl, select: str, words: str) -> None:
    (fault,) = told(billing_at(filled(new_url()), {"ledger": {"select": select}}))
    assert fault.startswith(f"fault ledger {words}: ")


def test_a_select_that_uses_the_customer_inside_is_read_for_some_customers(new_url: NewUrl) -> None:
    select = "SELECT * FROM ledger WHERE customer_id = :customer_id"
    billing = billing_at(filled(new_url()), {"ledger": {"select": select}})
    assert told(billing) == []
    assert billing.check is not None
    assert [c.rows for c in billing.check(show_values=False) if c.relation == "ledger"] == [2]


def test_customers_that_can_only_be_asked_one_by_one_are_found_by_their_logins(new_url: NewUrl) -> None:
    inside = {"select": "SELECT * FROM customers WHERE id = :customer_id"}
    billing = billing_at(filled(new_url()), {"customers": inside})
    assert told(billing) == []
    assert billing.check is not None
    assert [c.rows for c in billing.check(show_values=False) if c.relation == "customers"] == [2]


def test_a_login_may_be_a_number(new_url: NewUrl) -> None:
    select = {"select": "SELECT id AS login, id AS customer_id, '4711' AS pin FROM customers"}
    billing = billing_at(filled(new_url()), {"credentials": select})
    assert told(billing) == []
    assert [c.customer_id for c in billing.customers.credentials("2")] == ["2"]
    for nobody in ("3", "999999999999999999", "abc", "\N{FOX FACE}"):
        assert billing.customers.credentials(nobody) == ()


def test_a_slow_select_is_stopped_and_said(new_url: NewUrl) -> None:
    url = filled(new_url())
    billing = billing_at(url, {"ledger": {"select": SLOW[dialect_of(url)]}}, timeout_seconds=0.2)
    assert told(billing) == ["fault ledger no answer within billing.timeout_seconds"]


@pytest.mark.parametrize("new_url", ["sqlite", "mysql"], indirect=True)
def test_a_zero_date_where_a_day_is_needed_is_a_fault(new_url: NewUrl) -> None:
    url = filled(new_url())
    with engine_of(url).begin() as connection:
        if dialect_of(url) == "mysql":
            connection.exec_driver_sql("SET SESSION sql_mode = ''")
            connection.exec_driver_sql("ALTER TABLE ledger MODIFY booked_on DATE")
        connection.exec_driver_sql("UPDATE ledger SET booked_on = '0000-00-00' WHERE id = 2")
    assert told(billing_at(url)) == [
        "fault ledger.booked_on [id 2] a zero date (0000-00-00) (expected a value (date))"
    ]


@pytest.mark.parametrize("new_url", ["postgresql", "mysql"], indirect=True)
def test_a_key_of_another_type_than_the_column_is_said(new_url: NewUrl) -> None:
    url = filled(new_url())
    billing = billing_at(url, {"customers": {"table": "customers", "types": {"id": "uuid"}}})
    lines = told(billing)
    assert "fault customers.id [id 1] a whole number (expected uuid)" in lines
    assert not any("ledger.customer_id" in line for line in lines)


@pytest.mark.parametrize(
    ("dialect", "changes", "words"),
    [
        ("mysql", {"username": "root", "password": "x"}, 'refuses the user "root" or the password'),
        ("postgresql", {"username": "nobody_here"}, 'refuses the user "nobody_here" or the password'),
        ("mysql", {"database": "nope"}, 'has no database "nope" for the user "root"'),
        ("postgresql", {"database": "nope"}, 'has no database "nope" for the user "postgres"'),
        ("mysql", {"port": 9}, "nothing answers at 127.0.0.1:9"),
        ("postgresql", {"port": 9}, "nothing answers at 127.0.0.1:9"),
        ("mysql", {"host": "db.invalid"}, 'there is no computer with the name "db.invalid"'),
        ("postgresql", {"host": "db.invalid"}, 'there is no computer with the name "db.invalid"'),
    ],
)
def test_a_server_that_cannot_be_reached_is_one_fault_in_words(
    dialect: str, changes: dict[str, Any], words: str
) -> None:
    url = make_url(SERVERS[dialect]).set(drivername=dialect, **changes)
    (fault,) = findings(billing_at(url.render_as_string(hide_password=False)))
    assert words in fault.found
    assert "billing.url" in fault.advice
    assert fault.severity is Severity.FAULT


def test_a_file_that_is_not_there_or_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("to nie jest baza " * 100)
    for name, words in (
        ("none.sqlite", "is not there or may not be read"),
        ("text.sqlite", "is not a database"),
    ):
        (fault,) = findings(billing_at(f"sqlite:///{tmp_path / name}"))
        assert words in fault.found
        assert name in fault.found


@pytest.mark.parametrize("new_url", ["postgresql", "mysql"], indirect=True)
def test_a_right_that_was_not_granted_is_said(new_url: NewUrl) -> None:
    url = filled(new_url())
    with reading_account(url) as account:
        if dialect_of(url) == "postgresql":
            account.run("REVOKE SELECT ON {place}.ledger FROM {user}")
        else:
            account.run("REVOKE SELECT ON {place}.* FROM {user}")
            account.run("GRANT SELECT ON {place}.customers TO {user}")
            account.run("GRANT SELECT ON {place}.credentials TO {user}")
        billing = billing_at(account.url)
        (fault,) = [f for f in findings(billing) if f.severity is Severity.FAULT]
        assert (fault.relation, fault.found) == ("ledger", f'the user "{account.name}" may not read it')


@pytest.mark.parametrize("new_url", ["postgresql"], indirect=True)
def test_a_select_that_would_write_is_refused_and_said(new_url: NewUrl) -> None:
    url = filled(new_url())
    with engine_of(url).begin() as connection:
        connection.exec_driver_sql("CREATE SEQUENCE tally")
    select = "SELECT l.* FROM ledger l WHERE nextval('tally') > 0"
    assert told(billing_at(url, {"ledger": {"select": select}})) == [
        "fault ledger the select would write, and the panel only reads"
    ]


def test_a_billing_without_customers_is_a_warning(new_url: NewUrl) -> None:
    url = filled(new_url())
    with engine_of(url).begin() as connection:
        for name in NAMES:
            connection.exec_driver_sql(f"DELETE FROM {name}")
    assert told(billing_at(url)) == [
        "warning customers there are no rows",
        "warning credentials there are no rows",
    ]


def test_missing_indexes_are_said_of_large_relations_only(new_url: NewUrl) -> None:
    url = new_url()
    moves = [entry(i, i % 2 + 1, (-1) ** i) for i in range(1, 1201)]
    write_typed_tables(url, {**people(2), "ledger": moves, "moves": moves, "few": moves[:9]})
    documents = """
        SELECT m.id, m.customer_id, 'n' AS number, 'correction' AS kind, m.booked_on AS issued_on, m.amount AS gross
        FROM moves m
    """
    relations = {"documents": {"select": documents}}
    assert [line for line in told(billing_at(url, relations)) if "booked_on" not in line] == [
        "warning ledger.customer_id no index of the table ledger begins with customer_id "
        "(expected an index that begins with the customer)",
        "warning documents.customer_id the database reads the whole of "
        f"{'moves' if dialect_of(url) == 'postgresql' else 'm'} for one customer "
        "(expected an index that begins with the customer)",
    ]
    (index,) = [f.advice for f in findings(billing_at(url)) if "index" in f.found]
    with engine_of(url).begin() as connection:
        connection.exec_driver_sql(index.removeprefix("In the database: ").rstrip(";"))
        connection.exec_driver_sql("CREATE INDEX moves_customer ON moves (customer_id)")
    if dialect_of(url) == "postgresql":
        with engine_of(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    assert [line for line in told(billing_at(url, {"ledger": "ledger"})) if "index" in line] == []
    assert told(billing_at(url, {"ledger": "few"})) == []


def test_a_view_is_looked_at_through_the_plan(tmp_path: Path) -> None:
    path = write_tables(
        tmp_path / "b.sqlite", **people(2), moves=[entry(i, i % 2 + 1, (-1) ** i) for i in range(1200)]
    )
    url = f"sqlite:///{path}"
    with engine_of(url).begin() as connection:
        connection.exec_driver_sql("CREATE VIEW ledger AS SELECT * FROM moves")
    assert told(billing_at(url)) == [
        "warning ledger.customer_id the database reads the whole of moves for one customer "
        "(expected an index that begins with the customer)"
    ]


@pytest.mark.parametrize("new_url", ["postgresql"], indirect=True)
def test_relations_that_are_quick_enough_alone_but_not_together_are_said(new_url: NewUrl) -> None:
    url = new_url()
    write_typed_tables(url, {**people(1), "ledger": [entry(1, 1, -1)]})
    kinds = {"contacts": "'email' AS kind, 'a@b.pl' AS value", "devices": "'router' AS name"}
    relations = {
        name: {"select": f"SELECT id, id AS customer_id, {columns} FROM customers, pg_sleep(0.4)"}
        for name, columns in kinds.items()
    }
    assert told(billing_at(url, relations, timeout_seconds=0.6)) == [
        "fault  customers, contacts, devices cannot be read together: no answer within billing.timeout_seconds"
    ]


@pytest.mark.parametrize("new_url", ["postgresql"], indirect=True)
def test_a_day_that_no_calendar_has_is_said(new_url: NewUrl) -> None:
    url = filled(new_url())
    select = "SELECT id, customer_id, CAST('infinity' AS date) AS booked_on, amount, description FROM ledger"
    (fault,) = findings_of_ledger(billing_at(url, {"ledger": {"select": select}}))
    assert fault.found == "a day that no calendar has"
    assert fault.advice == "Make it NULL in a select: NULLIF(column, 'infinity')."


@pytest.mark.parametrize("new_url", ["mysql"], indirect=True)
def test_bits_are_said_with_the_way_out(new_url: NewUrl) -> None:
    url = filled(new_url())
    select = "SELECT id, customer_id, booked_on, CAST('x' AS BINARY) AS amount, description FROM ledger"
    (fault,) = findings_of_ledger(billing_at(url, {"ledger": {"select": select}}))
    assert (fault.column, fault.found) == ("amount", "binary data")
    assert fault.advice == "Make a number or a text of it in a select, for example amount + 0."


def findings_of_ledger(billing: Billing) -> list[Finding]:
    return [f for f in findings(billing) if f.relation == "ledger" and f.severity is Severity.FAULT]


@pytest.mark.parametrize("new_url", ["mysql"], indirect=True)
def test_a_timestamp_of_mariadb_must_be_declared(new_url: NewUrl) -> None:
    url = filled(new_url())
    with engine_of(url).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE ledger MODIFY booked_on TIMESTAMP")
    (warning,) = told(billing_at(url))
    assert warning.startswith("warning ledger.booked_on a TIMESTAMP, which MariaDB gives in UTC")
    assert told(billing_at(url, {"ledger": {"table": "ledger", "types": {"booked_on": "instant:utc"}}})) == []

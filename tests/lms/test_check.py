"""`wbok check` over LMS: an empty database, somebody else's, one without rights, an older and a newer LMS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from support.accounts import Account, reading_account
from support.billing import CONTEXT
from support.clock import HandClock
from support.places import SERVERS, engine_of, new_urls

from wbok.adapters.lms import connect
from wbok.adapters.lms.tables import SCHEMA_VERSION
from wbok.billing.check import Checked, Finding, Severity


@pytest.fixture(params=SERVERS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with new_urls(request.param, tmp_path) as new_url:
        yield new_url()


@pytest.fixture
def url(own_url: str) -> str:
    """An LMS that the test may break."""
    return own_url


@pytest.fixture
def reader(url: str) -> Iterator[Account]:
    with reading_account(url) as account:
        yield account


def change(url: str, *statements: str) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def checking(url: str, **more: object) -> Iterator[Checked]:
    billing = connect({"url": url, **more}, replace(CONTEXT, clock=HandClock()))
    assert billing.check is not None
    return billing.check(show_values=False)


def checked(url: str, **more: object) -> list[Checked]:
    return list(checking(url, **more))


def of_lms(url: str, **more: object) -> list[Finding]:
    """What is said of LMS itself, before the relations."""
    return list(next(checking(url, **more)).findings)


def faults(findings: list[Finding]) -> list[str]:
    return [finding.found for finding in findings if finding.severity is Severity.FAULT]


def test_a_whole_lms_has_no_fault_and_its_relations_are_read(url: str) -> None:
    parts = checked(url)
    assert faults([finding for part in parts for finding in part.findings]) == []
    assert f"LMS's schema is of version {SCHEMA_VERSION}" in [finding.found for finding in parts[0].findings]
    assert {"customers", "credentials", "services", "devices"} <= {part.relation for part in parts}


def test_nobody_is_sent_to_a_configuration_that_has_no_relations(url: str) -> None:
    change(url, "UPDATE cash SET time = 0", "UPDATE divisions SET ten = '1234567890'")
    findings = [finding for part in checked(url)[1:] for finding in part.findings]
    assert {finding.column for finding in findings} >= {"booked_on", "tax_id"}
    for finding in findings:
        assert "select" not in finding.advice
        assert "billing." not in finding.advice


def test_an_empty_database(empty_url: str) -> None:
    (part,) = checked(empty_url)
    (finding,) = part.findings
    assert "is empty: it has no tables" in finding.found
    assert finding.severity is Severity.FAULT


def test_a_database_of_something_else(empty_url: str) -> None:
    change(empty_url, "CREATE TABLE customers (id INTEGER)", "CREATE TABLE wp_posts (id INTEGER)")
    (part,) = checked(empty_url)
    (finding,) = part.findings
    assert finding.found.endswith("it has customers, wp_posts, but no dbinfo, uiconfig")
    assert "is not that of LMS" in finding.found


def test_an_account_that_only_reads(reader: Account) -> None:
    found = of_lms(reader.url)
    assert faults(found) == []
    (note,) = [finding.found for finding in found if "only reads" in finding.found]
    assert note == f'the user "{reader.name}" only reads, and nothing is ever written into LMS'


def test_an_account_without_rights(reader: Account) -> None:
    if reader.engine.dialect.name == "postgresql":
        reader.run("REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM {user}")
        (rights,) = [found for found in faults(of_lms(reader.url)) if "may not read" in found]
        assert rights.startswith(f'the user "{reader.name}" may not read addresses, assignments, cash')
    else:
        reader.run("REVOKE SELECT ON {place}.* FROM {user}")
        (said,) = faults([finding for part in checked(reader.url) for finding in part.findings])
        assert said.endswith(f'has no database "{reader.place}" for the user "{reader.name}"')


def test_an_account_that_may_not_read_one_table(reader: Account) -> None:
    if reader.engine.dialect.name == "postgresql":
        reader.run("REVOKE SELECT ON {place}.voip_cdr FROM {user}")
        expected = f'the user "{reader.name}" may not read voip_cdr'
    else:
        # MariaDB tells nobody of tables that he may not see.
        reader.run("REVOKE SELECT ON {place}.* FROM {user}")
        for table in _tables(reader):
            if table != "voip_cdr":
                reader.run("GRANT SELECT ON {place}." + table + " TO {user}")
        expected = "LMS has no table voip_cdr"
    assert faults(of_lms(reader.url)) == [expected]


def _tables(account: Account) -> list[str]:
    with account.engine.connect() as connection:
        return [str(row[0]) for row in connection.exec_driver_sql(f"SHOW TABLES FROM {account.place}").all()]


def test_a_newer_lms_is_warned_of(url: str) -> None:
    change(url, "UPDATE dbinfo SET keyvalue = '2027010100' WHERE keytype = 'dbversion'")
    (warning,) = [finding for finding in of_lms(url) if finding.severity is Severity.WARNING]
    assert warning.found == "LMS's schema is of version 2027010100, newer than the panel knows"


@pytest.mark.parametrize("statement", ["DELETE FROM dbinfo", "UPDATE dbinfo SET keyvalue = 'x'"])
def test_an_lms_that_does_not_say_its_version(url: str, statement: str) -> None:
    change(url, statement)
    assert "LMS does not say the version of its schema" in [finding.found for finding in of_lms(url)]


def test_missing_tables_and_columns_are_named_and_the_rest_is_still_looked_at(url: str) -> None:
    change(url, "DROP TABLE macs", "ALTER TABLE customers DROP COLUMN pinlastchange")
    parts = checked(url)
    assert faults(list(parts[0].findings)) == [
        "LMS's table customers has no column pinlastchange",
        "LMS has no table macs",
    ]
    assert {"customers", "devices"} <= {part.relation for part in parts}


def test_what_is_only_written_is_no_fault_until_something_is_written(url: str) -> None:
    change(url, "DROP TABLE up_customers")
    assert faults(of_lms(url)) == []
    assert "LMS has no table up_customers" in faults(of_lms(url, write_url=url))


def test_an_account_that_shall_write_and_may_not(reader: Account, url: str) -> None:
    (said,) = faults(of_lms(url, write_url=reader.url))
    assert said.startswith("the user of write_url may not update messageitems, insert into rt")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("auth_type", "9", "LMS lets customers in by userpanel.auth_type 9, which the panel does not know"),
        ("allowed_customer_status", "conected", "userpanel.allowed_customer_status names conected"),
    ],
)
def test_settings_that_nobody_understands(url: str, variable: str, value: str, said: str) -> None:
    change(
        url,
        "DELETE FROM uiconfig WHERE section = 'userpanel'",
        f"INSERT INTO uiconfig (section, var, value) VALUES ('userpanel', '{variable}', '{value}')",
    )
    assert said in [finding.found for finding in of_lms(url)]


def test_a_server_that_does_not_answer() -> None:
    (part,) = checked("postgresql://nobody@127.0.0.1:1/lms")
    assert part.findings[0].found == "nothing answers at 127.0.0.1:1"

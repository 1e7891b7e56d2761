"""`wbok check` as it is typed: what it prints, its exit code, one customer's tabs, nothing personal unasked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click.testing
import pytest

from wbok.relations import CANONICAL

Run = Callable[..., click.testing.Result]
PERSONAL = ("Halina", "Brzozowska", "163.52", "66999000121234000000010427", "4271")


@pytest.fixture
def run(command: Run) -> Run:
    return partial(command, "check")


def change(config: Path, sql: str) -> None:
    connection = sqlite3.connect(config.parent / "billing.sqlite")
    with connection:
        connection.execute(sql)
    connection.close()


def test_warnings_alone_are_exit_code_0_and_every_relation_has_its_line(run: Run) -> None:
    answer = run()
    assert answer.exit_code == 0
    lines = answer.output.splitlines()
    assert [line.split()[0] for line in lines[: len(CANONICAL)]] == list(CANONICAL)
    assert re.fullmatch(r"customers +62 rows +\d+\.\d ms   ok", lines[0])
    assert lines[-1] == "5 warnings in 19 relations."


def test_a_fault_is_exit_code_1_and_the_rest_is_still_looked_at(run: Run, config: Path) -> None:
    change(config, "UPDATE addresses SET kind = 'pałac' WHERE id = 3")
    change(config, "DROP TABLE devices")
    answer = run()
    assert answer.exit_code == 1
    assert re.search(r"^devices +not read +1 fault$", answer.output, re.MULTILINE)
    assert "FAULT addresses.kind, row id 3\n  found     text\n" in answer.output
    assert answer.output.endswith("\n2 faults, 5 warnings in 19 relations.\n")
    assert answer.output.index("Note") < answer.output.index("Warning") < answer.output.index("FAULT")


def test_nobody_to_pay_to_is_said_with_the_setting_that_makes_accounts(run: Run, config: Path) -> None:
    said = "no account to pay to"
    assert said not in run().output
    change(config, "DELETE FROM accounts")
    assert said not in run().output, "a seller has one"
    change(config, "UPDATE sellers SET account = NULL")
    answer = run()
    assert f"Note billing\n  found     {said}" in answer.output
    assert "or set account_template." in answer.output
    assert (
        "  account        none to pay to, unless account_template makes it\n"
        in run("--customer", "10427").output
    )


def test_values_are_printed_only_when_asked_for(run: Run, config: Path) -> None:
    change(config, "UPDATE addresses SET kind = 'Brzozowa 7' WHERE id = 3")
    assert "Brzozowa" not in run().output
    assert 'found     text: "Brzozowa 7"' in run("--show-values").output


def test_it_needs_no_store(run: Run, config: Path) -> None:
    (config.parent / "store.sqlite").unlink()
    assert run().exit_code == 0


def test_what_is_logged_on_the_way_does_not_disturb_the_page(run: Run, config: Path) -> None:
    change(config, "DROP TABLE devices")
    assert run().stderr == ""


def test_a_customers_tabs_are_told_without_personal_data(run: Run) -> None:
    answer = run("--customer", "010427")
    assert answer.exit_code == 0
    assert answer.output.startswith("Customer 10427\n  name           (hidden; --show-values shows it)\n")
    for line in (
        "services       3, in force today: 3",
        "balance        below zero, PLN (hidden; --show-values shows it)",
        "unpaid         2 documents",
        "own account    (hidden; --show-values shows it), valid",
        "documents      24 (1 due, 1 overdue, 22 paid)",
    ):
        assert f"  {line}\n" in answer.output
    assert not [word for word in PERSONAL if word in answer.output]


def test_a_customers_tabs_are_told_with_values_but_without_the_pin(run: Run) -> None:
    output = run("--customer", "10427", "--show-values").output
    assert [word for word in PERSONAL if word in output] == list(PERSONAL[:-1])


def test_a_customer_whom_the_billing_does_not_have_is_exit_code_1(run: Run) -> None:
    answer = run("--customer", "99999")
    assert (answer.exit_code, answer.output) == (1, 'The billing has no customer "99999".\n')


def test_a_login_of_several_customers_is_said_and_shows_none_of_them(run: Run, config: Path) -> None:
    change(config, "CREATE TABLE shared AS SELECT * FROM credentials")
    change(config, "UPDATE shared SET login = '10427' WHERE rowid < 3")
    text = config.read_text()
    config.write_text(text.replace('credentials = "credentials"', 'credentials = "shared"'))
    answer = run("--customer", "10427")
    assert (answer.exit_code, answer.output) == (
        1,
        "The customer cannot be read: several customers have this login. Run wbok check without --customer.\n",
    )
    assert "FAULT credentials.login\n  found     1 logins of several customers\n" in run().output


def test_a_tab_that_cannot_be_read_is_said_and_the_others_are_shown(run: Run, config: Path) -> None:
    change(config, "DROP TABLE documents")
    answer = run("--customer", "10427")
    assert answer.exit_code == 1
    assert "  documents      cannot be read: no such table: documents\n" in answer.output
    assert "  ledger         25 entries on the first page, and more" in answer.output
    change(config, "DROP TABLE contacts")
    answer = run("--customer", "10427")
    assert answer.exit_code == 1
    assert answer.output.startswith("The customer cannot be read: ")


ADAPTER = """
from dataclasses import replace
from wbok.adapters.sql import connect as connect_sql

def connect(config, context):
    return replace(connect_sql(config, context), check=None)
"""


def test_an_adapter_without_a_check_can_still_show_a_customer(
    run: Run, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = config.parent / "site"
    (site / "strangers-1.dist-info").mkdir(parents=True)
    (site / "strangers-1.dist-info/METADATA").write_text("Name: strangers\nVersion: 1\n")
    (site / "strangers-1.dist-info/entry_points.txt").write_text(
        "[wbok.adapters]\nstrangers = strangers_billing:connect\n"
    )
    (site / "strangers_billing.py").write_text(ADAPTER)
    monkeypatch.syspath_prepend(site)
    config.write_text(config.read_text().replace('adapter = "sql"', 'adapter = "strangers"'))
    answer = run()
    assert answer.exit_code == 1
    assert "has no check of its own. Give --customer ID" in answer.output
    assert run("--customer", "10427").exit_code == 0

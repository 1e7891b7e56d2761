"""The commands, as the office types them."""

from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import click.testing
import pytest

from wbok.access.login import Blocked, Welcome
from wbok.cli.commands import wbok
from wbok.panel import Panel

Run = Callable[..., click.testing.Result]


@pytest.fixture
def run(command: Run) -> Run:
    return command


def lock(panel: Panel, login: str) -> None:
    for _ in range(3):
        panel.login.attempt(login, "9", address="10.0.0.1")


def test_the_office_unlocks_and_the_customer_gets_in(run: Run, panel: Panel) -> None:
    lock(panel, "10427")
    assert isinstance(panel.login.attempt("10427", "4271", address="10.0.0.1"), Blocked)
    assert run("locked").output.startswith("10427\t20")
    answer = run("unlock", "010427", "--reason", "przyszła z dowodem")
    assert (answer.exit_code, answer.output) == (0, "010427 is unlocked.\n")
    assert isinstance(panel.login.attempt("10427", "4271", address="10.0.0.1"), Welcome)
    assert run("locked").output == "Nobody is locked.\n"


def test_unlocking_is_audited_with_the_operators_name(
    run: Run, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "marta")
    lock(panel, "10427")
    run("unlock", "10427", "--reason", "dowód okazany")
    newest = panel.audit.of("10427")[0]
    assert (newest.action, newest.actor, newest.details) == ("unlocked", "office:marta", "dowód okazany")


def test_unlock_says_when_there_was_nothing_to_unlock(run: Run, panel: Panel) -> None:
    assert run("unlock", "10427", "--reason", "x").exit_code == 1
    assert run("unlock", "abc", "--reason", "x").exit_code == 1
    assert run("unlock", "10427").exit_code == 2
    panel.login.attempt("10427", "9", address="10.0.0.1")
    answer = run("unlock", "10427", "--reason", "x")
    assert (answer.exit_code, answer.output) == (0, "10427 was not locked; 1 wrong tries are set back.\n")


def test_a_login_that_nobody_has_can_be_unlocked_too(run: Run, panel: Panel) -> None:
    lock(panel, "99999")
    assert "nobody's login" in run("locked").output
    assert run("unlock", "99999", "--reason", "x").exit_code == 0
    assert run("locked").output == "Nobody is locked.\n"


def test_a_login_of_several_names_them_and_each_can_be_unlocked(run: Run, panel: Panel, config: Path) -> None:
    lock(panel, "11206")
    database = sqlite3.connect(config.parent / "billing.sqlite")
    database.executescript(
        "CREATE TABLE shared AS SELECT * FROM credentials; DROP TABLE credentials;"
        "ALTER TABLE shared RENAME TO credentials;"
        "UPDATE credentials SET login = '777777' WHERE login IN ('10427', '11206');"
    )
    database.close()
    answer = run("unlock", "777777", "--reason", "called")
    assert answer.exit_code == 1
    assert "777777 is the login of several customers. Name one of them: 10427, 11206." in answer.output
    assert run("unlock", "11206", "--reason", "called").output == "11206 is unlocked.\n"


def test_unlocking_works_while_the_billing_is_away(run: Run, panel: Panel, config: Path) -> None:
    lock(panel, "10427")
    (config.parent / "billing.sqlite").rename(config.parent / "away")
    answer = run("unlock", "10427", "--reason", "x")
    assert answer.exit_code == 0
    assert "the billing does not answer" in answer.stderr


def test_customer_shows_locks_sessions_and_the_audit(run: Run, panel: Panel) -> None:
    assert "Access\tnever failed" in run("customer", "10427").output
    lock(panel, "10427")
    panel.sessions.start(customer_id="10427", customer_name="Halina", address="10.0.0.1")
    output = run("customer", "10427").output
    assert "Access\tlocked since" in output
    assert "from 10.0.0.1" in output
    assert "wrong_pin" in output
    assert run("customer", "99999").exit_code == 1


TABS = ("notifications", "phone", "helpdesk")
NOT_LISTED = "".join(f"off  {tab}: panel.tabs does not list it\n" for tab in sorted(TABS))
ALL_ON = "".join(f"on   {tab}\n" for tab in ("info", "finance", *TABS))


def test_tabs_says_what_is_on_and_why_the_rest_is_off(run: Run, config: Path) -> None:
    assert run("tabs").output == ALL_ON
    text = config.read_text().replace(
        'name = "Światłonet"\n\n[office]', 'name = "S"\ntabs = ["info", "finance"]\n\n[office]'
    )
    config.write_text(text.replace('ledger = "ledger"\n', ""))
    assert run("tabs").output == "on   info\noff  finance: the billing has no finance\n" + NOT_LISTED
    config.write_text(text.replace('["info", "finance"]', '["info"]'))
    assert run("tabs").output == "on   info\noff  finance: panel.tabs does not list it\n" + NOT_LISTED


def test_init_writes_an_installation_that_the_other_commands_accept(tmp_path: Path) -> None:
    folder = tmp_path / "etc" / "wbok"
    runner = click.testing.CliRunner()
    answer = runner.invoke(wbok, ["init", str(folder)])
    assert answer.exit_code == 0, answer.output
    for name in ("session", "pin"):
        key = folder / "keys" / name
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert len(key.read_text().strip()) >= 32
    config = str(folder / "wbok.toml")
    assert runner.invoke(wbok, ["--config", config, "tabs"]).output == ALL_ON
    assert runner.invoke(wbok, ["--config", config, "locked"]).exit_code == 0
    assert runner.invoke(wbok, ["--config", config, "db", "upgrade"]).exit_code == 0
    again = runner.invoke(wbok, ["init", str(folder)])
    assert again.exit_code != 0
    assert "already there" in str(again.exception)


def test_a_store_of_an_older_version_says_what_to_run(run: Run, panel: Panel) -> None:
    with panel.store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    assert "wbok db upgrade" in str(run("locked").exception)


def test_faults_are_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from wbok.cli import main

    monkeypatch.delenv("WBOK_CONFIG", raising=False)
    for arguments in ([], ["--config", str(tmp_path / "none.toml")]):
        monkeypatch.setattr(sys, "argv", ["wbok", *arguments, "locked"])
        with pytest.raises(SystemExit, match=r"^wbok: "):
            main()

"""`wbok lms grants` and `wbok lms indexes`, run on real servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect, text
from support.accounts import Account, reading_account
from support.billing import CONTEXT
from support.clock import HandClock
from support.desk import QUESTION, RULES
from support.files import upload
from support.places import engine_of

from bench.lms.odd import Odd
from wbok.adapters.lms import commands, connect
from wbok.billing import Attempt
from wbok.billing.check import Severity
from wbok.domain.desk import NewReply

Run = Callable[..., str]


@pytest.fixture
def url(own_url: str) -> str:
    return own_url


@pytest.fixture
def run(url: str) -> Run:
    def run(*arguments: str, **more: object) -> str:
        config = {"url": url, **more}
        done = CliRunner().invoke(commands(config, CONTEXT), arguments)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def only_granted(account: Account, statements: str) -> None:
    """Takes everything from the account, and gives what the SQL says."""
    if account.engine.dialect.name == "postgresql":
        account.run("REVOKE ALL ON ALL TABLES IN SCHEMA {place} FROM {user}")
        account.run("REVOKE ALL ON SCHEMA {place} FROM {user}")
    else:
        account.run("REVOKE SELECT ON {place}.* FROM {user}")
    with account.engine.connect() as connection:
        for line in statements.splitlines():
            if line.startswith("GRANT"):
                connection.execute(text(line.rstrip(";")))


def part(output: str, *, writing: bool) -> str:
    reading, _, rest = output.partition("-- Writing")
    return rest if writing else reading


def test_with_what_is_granted_for_reading_everything_is_read(url: str, run: Run) -> None:
    with reading_account(url) as account:
        grants = run("grants", "--user", account.name, "--host", "127.0.0.1")
        only_granted(account, part(grants, writing=False))
        billing = connect({"url": account.url}, replace(CONTEXT, clock=HandClock()))
        assert billing.customers.profile(f"{Odd.FULL:d}").services
        assert billing.check is not None
        findings = [finding for one in billing.check(show_values=False) for finding in one.findings]
        assert [finding.found for finding in findings if finding.severity is Severity.FAULT] == []


def test_who_only_reads_need_not_see_what_is_only_written(url: str, run: Run) -> None:
    """MariaDB shows no table to whom it gives no right."""
    with reading_account(url) as account:
        grants = run("grants", "--user", account.name, "--host", "127.0.0.1")
        only_granted(account, part(grants, writing=False))
        config = {"url": account.url, "write_url": url}
        billing = connect(config, replace(CONTEXT, clock=HandClock()))
        assert billing.check is not None
        first = next(billing.check(show_values=False))
        assert [finding.found for finding in first.findings if finding.severity is Severity.FAULT] == []


def test_with_what_is_granted_for_writing_logins_are_recorded_and_nothing_else(url: str, run: Run) -> None:
    with reading_account(url) as account:
        grants = run("grants", "--write-user", account.name, "--host", "127.0.0.1")
        only_granted(account, part(grants, writing=True))
        config = {"url": url, "write_url": account.url, "record_logins": True}
        billing = connect(config, replace(CONTEXT, clock=HandClock()))
        assert billing.login_recorder is not None
        billing.login_recorder.succeeded("1", address="10.0.0.7")
        billing.login_recorder.failed("1", address="10.0.0.8")
        assert billing.check is not None
        first = next(billing.check(show_values=False))
        assert [finding.found for finding in first.findings if finding.severity is Severity.FAULT] == []
        engine = engine_of(account.url)
        for forbidden in ("UPDATE customers SET pin = '1'", "DELETE FROM rttickets", "SELECT * FROM cash"):
            with pytest.raises(Exception, match="denied"), engine.begin() as connection:
                connection.execute(text(forbidden))
        engine.dispose()


def test_with_what_is_granted_a_ticket_with_a_file_is_opened_and_answered(
    url: str, run: Run, tmp_path: Path
) -> None:
    with reading_account(url) as account:
        grants = run("grants", "--write-user", account.name, "--host", "127.0.0.1")
        only_granted(account, part(grants, writing=True))
        clock = HandClock()
        config = {"url": url, "write_url": account.url, "tickets_dir": str(tmp_path)}
        desk = connect(config, replace(CONTEXT, clock=clock)).helpdesk
        assert desk is not None
        question = replace(QUESTION, uploads=(upload(),))
        customer = f"{Odd.FULL:d}"
        number = desk.open(customer, question, attempt=Attempt("0" * 64, clock()), rules=RULES)
        attempt = Attempt("1" * 64, clock())
        desk.reply(customer, number, NewReply("H", "Już", (upload(),)), attempt=attempt, rules=RULES)
        assert len(desk.thread(customer, number).entries) >= 2


@pytest.mark.parametrize("writing", [False, True])
def test_only_columns_are_granted_and_no_password_that_the_panel_does_not_need(
    run: Run, writing: bool
) -> None:
    lines = [line for line in part(run("grants"), writing=writing).splitlines() if "GRANT SELECT" in line]
    assert lines
    for line in lines:
        assert "SELECT (" in line
        assert not ("passwd" in line and "nodes" not in line)
        assert not (writing and (" pin" in line or "passwd" in line))


def test_the_users_are_those_of_the_configuration(run: Run, url: str) -> None:
    output = run("grants", write_url=url.replace("postgres@", "pisarz@").replace("root@", "pisarz@"))
    assert "pisarz" in part(output, writing=True)
    assert "pisarz" not in part(output, writing=False)


def test_indexes_that_lms_lacks_are_named_until_they_are_there(url: str, run: Run) -> None:
    before = run("indexes")
    assert "up_customers (customerid)" in before
    assert "customerextids" not in before
    engine = engine_of(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for line in before.splitlines():
            connection.execute(text(line.partition(";")[0]))
    assert run("indexes") == "-- Every index that the panel would use is there.\n"
    engine.dispose()


def test_an_index_for_logging_in_is_advised_where_customers_log_in_so(run: Run) -> None:
    documents = run("indexes", settings={"userpanel.auth_type": 3})
    assert "ON documents (fullnumber);" in documents


def test_nothing_is_created(url: str, run: Run) -> None:
    def indexes() -> list[str | None]:
        engine = engine_of(url)
        found = [index["name"] for index in inspect(engine).get_indexes("cash")]
        engine.dispose()
        return found

    before = indexes()
    run("indexes")
    assert indexes() == before

"""`wbok helpdesk` where the tickets live in an LMS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click.testing
import pytest
from support.clock import HandClock
from support.desk import QUESTION, RULES
from support.kept import Kept
from support.lms_desk import LmsOffice, lent_lms
from support.places import SERVERS

from wbok.domain.clock import system_clock
from wbok.panel import Panel

Run = Callable[..., click.testing.Result]


@pytest.fixture(params=SERVERS)
def lms(
    request: pytest.FixtureRequest, kept_databases: Kept, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LmsOffice]:
    """What LMS is, as the environment says it; made before the panel that is asked."""
    with lent_lms(kept_databases, request.param, HandClock(system_clock()), people=(10427,)) as office:
        section = f'{{adapter = "lms", url = "{office.url}", write_url = "{office.url}"}}'
        monkeypatch.setenv("WBOK_BILLING__HELPDESK", section)
        monkeypatch.setenv("WBOK_TABS__HELPDESK__DESK", "billing")
        monkeypatch.setenv("SUDO_USER", "marta")
        yield office


@pytest.fixture
def its_panel(lms: LmsOffice, panel: Panel) -> Panel:
    """Of that environment."""
    assert lms
    return panel


def test_watch_says_how_much_is_new_and_the_audit_who_looked(
    lms: LmsOffice, its_panel: Panel, command: Run
) -> None:
    assert command("helpdesk", "watch").stdout == "Tickets with something new: 0.\n"
    number = its_panel.desk.customer.open("10427", QUESTION, key="k", rules=RULES)
    lms.resolve(number, "Gotowe.")
    assert command("helpdesk", "watch").stdout == "Tickets with something new: 1.\n"
    assert command("helpdesk", "watch").stdout == "Tickets with something new: 0.\n"
    shown = command("customer", "10427").stdout
    assert f"Ticket\t{number}\tsolved" in shown


@pytest.mark.parametrize("arguments", [("list",), ("show", "B-1"), ("answer", "P-1", "x"), ("solve", "1")])
def test_the_office_is_sent_to_the_billing(
    its_panel: Panel, command: Run, arguments: tuple[str, ...]
) -> None:
    done = command("helpdesk", *arguments)
    assert done.exit_code == 1
    assert "tickets live in the billing (tabs.helpdesk.desk): work on them there" in done.stderr


def test_watch_says_when_the_billing_does_not_answer(lms: LmsOffice, command: Run) -> None:
    with lms.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE rtmessages RENAME TO away")
    done = command("helpdesk", "watch")
    assert done.exit_code == 1
    assert "the billing does not answer" in done.stderr


def test_there_is_nothing_to_watch_at_the_panels_own_desk(command: Run) -> None:
    done = command("helpdesk", "watch")
    assert done.exit_code == 1
    assert "nothing to watch" in done.stderr

"""`wbok helpdesk …`, as the office types it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click.testing
import pytest

from wbok.cli.commands import wbok
from wbok.domain.desk import TicketStatus
from wbok.panel import Panel

Run = Callable[..., click.testing.Result]
QUESTION, TO_DO = "Zmiana adresu do korespondencji", "Internet zwalnia wieczorem"


@pytest.fixture
def run(command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SUDO_USER", "marta")
    return partial(command, "helpdesk")


def number(run: Run, title: str, *options: str) -> str:
    rows = [row.split("\t") for row in run("list", *options).stdout.splitlines()]
    return next(row[0] for row in rows if row[-1] == title)


def status(panel: Panel, ticket: str) -> TicketStatus:
    return panel.desk.office.ticket(ticket).ticket.status


def test_the_list_is_filtered_by_queue_status_age_and_clerk(run: Run) -> None:
    assert QUESTION in run("list").stdout
    assert "Brak sygnału" not in run("list").stdout
    assert "Brak sygnału" in run("list", "--status", "solved").stdout
    technical = run("list", "--queue", "technical").stdout
    assert TO_DO in technical
    assert QUESTION not in technical
    assert TO_DO in run("list", "--older-than", "2d").stdout
    assert TO_DO not in run("list", "--older-than", "5d").stdout
    assert QUESTION not in run("list", "--older-than", "48h").stdout
    found = number(run, TO_DO)
    assert run("assign", found, "paweł").stdout == f"{found} is paweł's.\n"
    assert run("list", "--assigned", "paweł").stdout.count("\n") == 1
    assert "There are more" in run("list", "--limit", "1").stderr
    assert run("assign", found, "-").stdout == f"{found} is nobody's.\n"
    assert "There is no such ticket." in run("list", "--assigned", "paweł").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--queue", "sales"),
        ("list", "--older-than", "yesterday"),
        ("list", "--status", "lost"),
        ("show", "P-999"),
        ("show", "x"),
        ("answer", "P-999", "x"),
        ("answer", "P-1", " "),
        ("answer", "P-1", "x" * 10_001),
        ("answer", "P-1", "x", "--file", "y"),
        ("answer", "P-1", "--file", "/nowhere"),
        ("status", "P-1", "received"),
        ("status", "P-1", "solved"),
        ("assign", "P-1", ""),
        ("assign", "P-1", "\u200b"),
        ("assign", "P-1", "ola\udcff"),
        ("answer", "P-1", "\u200b\u3164"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    run: Run, panel: Panel, arguments: tuple[str, ...]
) -> None:
    before = panel.desk.office.ticket("P-1")
    done = run(*arguments)
    assert done.exit_code != 0
    assert done.stderr
    assert panel.desk.office.ticket("P-1") == before


def test_the_name_of_a_clerk_is_one_line(run: Run, panel: Panel) -> None:
    assert run("assign", "P-1", "ola\nP-2 is solved").exit_code == 0
    assert panel.desk.office.ticket("P-1").assignee == "ola P-2 is solved"


def test_an_answer_is_unread_by_the_customer_and_audited(run: Run, panel: Panel) -> None:
    found = number(run, QUESTION)
    done = run("answer", found.removeprefix("P-"), "Dzień dobry, wystarczy telefon.")
    assert (done.exit_code, done.stdout) == (0, f"{found} is answered.\n")
    ticket = panel.desk.customer.thread("10427", found).ticket
    assert (ticket.is_unread, ticket.status) == (True, TicketStatus.IN_PROGRESS)
    newest = panel.audit.of("10427")[0]
    assert (newest.action, newest.actor, newest.details) == ("ticket_answered", "office:marta", found)


def test_the_text_may_come_from_a_file_or_be_typed(run: Run, tmp_path: Path) -> None:
    found, text = number(run, QUESTION), tmp_path / "text"
    text.write_text("Z pliku\x1b[31m\n")
    assert run("answer", found, "--file", str(text)).exit_code == 0
    assert run("answer", found, typed="Z klawiatury\n").exit_code == 0
    shown = run("show", found).stdout
    assert "    Z pliku[31m\n" in shown
    assert "    Z klawiatury\n" in shown
    assert run("answer", found, typed="").exit_code != 0


def test_show_has_the_thread_and_the_notes(run: Run, panel: Panel) -> None:
    found = number(run, TO_DO)
    assert run("note", found, "Zadzwonić przed wizytą").exit_code == 0
    shown = run("show", found).stdout
    for words in (TO_DO, "ID Klienta\t10427", "Router wyłączałam", "office: Marta Zielonka", "note: marta"):
        assert words in shown
    assert "Zadzwonić" not in repr(panel.desk.customer.thread("10427", found))


def test_solving_tells_the_customer_and_is_done_once(run: Run, panel: Panel) -> None:
    found = number(run, TO_DO)
    done = run("solve", found, "Złącze {wymienione}.")
    assert (done.exit_code, done.stdout) == (0, f"{found} is solved; the customer is told.\n")
    assert status(panel, found) is TicketStatus.SOLVED
    token = panel.sessions.start(customer_id="10427", customer_name="H", address="10.0.0.1")
    visit = panel.visits.find(token)
    assert visit
    assert f"Zgłoszenie {found} zostało rozwiązane" in [h.title for h in visit.signals.headlines]
    assert [t.number for t in visit.signals.tickets if t.is_unread] == [found]
    again = run("solve", found)
    assert again.exit_code == 1
    assert "is solved; that is not possible" in again.stderr


def test_statuses_are_set_as_they_follow(run: Run, panel: Panel) -> None:
    found = number(run, QUESTION)
    for word in ("waiting", "in_progress", "to_do", "closed"):
        assert run("status", found, word).stdout == f"{found} is {word}.\n"
        assert status(panel, found) == word
    assert run("status", found, "closed").exit_code == 1
    assert run("status", found, "in_progress").exit_code == 0


def test_wbok_customer_shows_tickets(config: Path) -> None:
    done = click.testing.CliRunner().invoke(wbok, ["--config", str(config), "customer", "10427"])
    assert "to_do\t20" in done.output
    assert TO_DO in done.output


def test_the_demo_names_a_ticket_that_waits_for_an_answer(config: Path, panel: Panel) -> None:
    found = (config.parent / "ticket.txt").read_text()
    assert status(panel, found) is TicketStatus.RECEIVED

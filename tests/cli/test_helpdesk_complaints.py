"""Complaints and expected days, as the office types them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import click.testing
import pytest
from pypdf import PdfReader
from support.clock import START
from support.desk import RULES

from wbok.domain.complaints import Complaint, Decision, Filing
from wbok.domain.desk import Detail, NewTicket, TicketKind, TicketStatus
from wbok.panel import Panel
from wbok_helpdesk.settings import HelpdeskSettings

Run = Callable[..., click.testing.Result]
COMPLAINT, QUESTION = "Trzy dni bez telefonu", "Zmiana adresu do korespondencji"


@pytest.fixture
def run(command: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SUDO_USER", "marta")
    return partial(command, "helpdesk")


def number(run: Run, title: str) -> str:
    rows = [row.split("\t") for row in run("list").stdout.splitlines()]
    return next(row[0] for row in rows if row[-1] == title)


def test_complaints_that_wait_are_listed_with_the_days_left(run: Run) -> None:
    (row,) = [row.split("\t") for row in run("list", "--due").stdout.splitlines()]
    assert (row[0], row[2:]) == (
        number(run, COMPLAINT),
        ["24 days left", "received", "10427", COMPLAINT],
    )
    assert run("list", "--due", "--queue", "office").exit_code != 0


def test_a_complaint_is_answered_with_amount_and_day_and_leaves_the_list(run: Run, panel: Panel) -> None:
    found = number(run, COMPLAINT)
    assert found in run("show", found).stdout
    assert "Żądana kwota w złotych: 12,00" in run("show", found).stdout
    paid = panel.today + timedelta(days=14)
    options = ("--amount", "12,00 zł", "--paid-by", f"{paid}", "--position", "specjalistka")
    done = run("decide", found, "accepted", "Zwracamy za trzy dni.", *options)
    assert done.stdout == f"{found} is answered (accepted); the customer is told.\n", done.stderr
    assert run("list", "--due").stdout == ""
    complaint = panel.desk.customer.complaint("10427", found)
    assert complaint.answer
    answer = complaint.answer
    assert (answer.decision, answer.author, answer.paid_by) == (Decision.ACCEPTED, "marta", paid)
    assert f"{answer.amount}" == "Money(amount=Decimal('12.00'), currency='PLN')"
    assert panel.desk.office.ticket(found).ticket.status is TicketStatus.SOLVED
    assert "complaint_answered" in {entry.action for entry in panel.audit.of("10427")}
    again = run("decide", found, "rejected", "Jednak nie.")
    assert (again.exit_code, "answered already" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("email", "asked for the answer by e-mail to h.b@poczta.example: wbok helpdesk paper P-"),
        ("letter", "asked for the answer by letter: wbok helpdesk paper P-"),
        ("panel", ""),
    ],
)
def test_the_clerk_hears_how_else_the_answer_is_wanted(
    run: Run, panel: Panel, choice: str, said: str
) -> None:
    details = (Detail("reply_by", "x", "x", choice), Detail("email", "E-mail", "h.b@poczta.example"))
    new = NewTicket(
        kind=TicketKind.COMPLAINT,
        category="complaint",
        queue="office",
        title="Druga",
        body="Tak.",
        author="Halina",
        details=details,
        answer_due=panel.today + timedelta(days=30),
    )
    found = panel.desk.customer.open("10427", new, key="k", rules=RULES)
    done = run("decide", found, "rejected", "Nie.")
    assert done.exit_code == 0, done.stderr
    assert said in done.stderr
    assert ("asked for" in done.stderr) == bool(said)


@pytest.mark.parametrize(
    ("desk", "number", "link"),
    [
        ("panel", "P-1", "/helpdesk/P-1"),
        ("billing", "B-1", "/helpdesk/B-1"),
        ("billing", "P-1", "/helpdesk/P-1/answer.pdf"),
    ],
)
def test_who_complained_before_tickets_moved_is_led_to_the_paper(desk: str, number: str, link: str) -> None:
    filing = Filing(category="complaint", title="x", body="x", author="x")
    complaint = Complaint(number, "1", START, START.date(), filing)
    assert HelpdeskSettings.model_validate({"desk": desk}).answered(complaint).link == link


def test_the_paper_is_the_confirmation_until_there_is_an_answer(run: Run, tmp_path: Path) -> None:
    found = number(run, COMPLAINT)
    for words in ("Potwierdzenie złożenia reklamacji", "Odpowiedź na reklamację"):
        folder = tmp_path / words
        folder.mkdir()
        done = run("paper", found, "--output", str(folder))
        assert done.exit_code == 0, done.stderr
        (path,) = folder.iterdir()
        assert words in PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()
        assert run("paper", found, "--output", str(path)).exit_code == 1
        run("decide", found, "rejected", "Nie.")


def test_a_day_is_expected_and_taken_back(run: Run, panel: Panel) -> None:
    found, day = number(run, QUESTION), panel.today + timedelta(days=3)
    assert run("expect", found, f"{day}").stdout == f"{found} is expected to be done by {day}.\n"
    assert f"Expected\t{day}" in run("show", found).stdout
    assert panel.desk.customer.thread("10427", found).ticket.expected_on == day
    assert run("expect", found, "-").stdout == f"{found} is expected on no day.\n"
    assert panel.desk.customer.thread("10427", found).ticket.expected_on is None


def test_what_cannot_be_done_is_said_and_changes_nothing(run: Run, panel: Panel) -> None:
    complaint, question = number(run, COMPLAINT), number(run, QUESTION)
    before = [panel.desk.office.ticket(one) for one in (complaint, question)]
    yesterday = panel.today - timedelta(days=1)
    for arguments, words in (
        (("solve", complaint, "Już."), "without an answer"),
        (("status", complaint, "closed"), "without an answer"),
        (("decide", question, "accepted", "Tak."), "there is no complaint"),
        (("decide", "P-999", "accepted", "Tak."), "there is no complaint"),
        (("decide", complaint, "accepted", " "), "there is no text"),
        (("decide", complaint, "maybe", "Tak."), "maybe"),
        (("decide", complaint, "accepted", "Tak.", "--amount", "dużo"), "is no amount"),
        (("decide", complaint, "rejected", "Nie.", "--amount", "5"), "has no --amount"),
        (("decide", complaint, "accepted", "Tak.", "--paid-by", f"{yesterday}"), "is over"),
        (("expect", question, f"{yesterday}"), "is over"),
        (("expect", question, "piątek"), "is no day"),
        (("paper", question, "--output", "x"), "there is no complaint"),
    ):
        done = run(*arguments)
        assert done.exit_code != 0, arguments
        assert words in done.stderr, arguments
    assert [panel.desk.office.ticket(one) for one in (complaint, question)] == before
    assert panel.desk.office.complaint(complaint).answer is None

"""`wbok helpdesk …`: the office's side of the desk. What is done is written into the audit with who did it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from wbok.api import (
    BillingError,
    Complaint,
    ComplaintAnswer,
    Decision,
    DeskKind,
    Money,
    NotFound,
    OfficeDesk,
    OfficeTicket,
    Panel,
    Refusal,
    TicketFilter,
    TicketKind,
    TicketRefused,
    TicketStatus,
    is_blank,
    office_actor,
    operator,
    pass_panel,
    typed_day,
)
from wbok_helpdesk.forms import MAX_BODY
from wbok_helpdesk.papers import answer_pdf, confirmation_pdf
from wbok_helpdesk.printed import due_line, line, lines
from wbok_helpdesk.settings import HelpdeskSettings
from wbok_helpdesk.typed import clean, one_line, typed_amount

AGE = re.compile(r"([0-9]{1,5})([hd])", re.ASCII)
SET_BY_HAND = [
    status for status in TicketStatus if status not in {TicketStatus.RECEIVED, TicketStatus.SOLVED}
]
ANY_STATUS = click.Choice([status.value for status in TicketStatus])
TEXT_FILE = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Text; - is stdin.",
)


@click.group()
def helpdesk() -> None:
    """Tickets of customers: list, show, answer, note, assign, status, expect, solve; complaints; files."""


class Age(click.ParamType[timedelta]):
    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        found = AGE.fullmatch(str(value))
        if found is None:
            self.fail(f'"{value}" is no age; write it like 48h or 3d.', param, ctx)
        return timedelta(**{{"h": "hours", "d": "days"}[found[2]]: int(found[1])})


@helpdesk.command("list")
@click.option("--queue", help="Only of this queue.")
@click.option("--status", multiple=True, type=ANY_STATUS, help="Only these; else whatever has not ended.")
@click.option("--older-than", type=Age(), help="Received longer ago than that: 48h, 3d.")
@click.option("--assigned", metavar="NAME", help="Only of this clerk.")
@click.option("--due", is_flag=True, help="Complaints without an answer, the most urgent first.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@pass_panel
def list_tickets(
    panel: Panel,
    *,
    due: bool,
    queue: str | None,
    status: tuple[str, ...],
    older_than: timedelta | None,
    assigned: str | None,
    limit: int,
) -> None:
    """List tickets, the oldest first."""
    if due:
        if queue or status or older_than or assigned:
            raise click.UsageError("--due lists all complaints that wait; leave the other choices out.")
        _list_due(panel, limit=limit)
        return
    office = _office(panel)
    _check_queue(panel, queue)
    wanted = TicketFilter(
        statuses=tuple(TicketStatus(one) for one in status),
        queue=queue,
        assignee=assigned,
        before=None if older_than is None else panel.clock() - older_than,
        limit=limit + 1,
    )
    found = office.find(wanted)
    for ticket in found[:limit]:
        click.echo(line(ticket, zone=panel.zone))
    if not found:
        click.echo("There is no such ticket.", err=True)
    _say_more(len(found), limit=limit)


def _list_due(panel: Panel, *, limit: int) -> None:
    office = panel.desk.office
    found = office.complaints(limit=limit + 1)
    for complaint in found[:limit]:
        click.echo(due_line(complaint, _state(office, complaint), today=panel.today))
    if not found:
        click.echo("No complaint waits for its answer.", err=True)
    _say_more(len(found), limit=limit)


def _state(office: OfficeDesk, complaint: Complaint) -> str:
    """Of a ticket that lives in the billing the billing knows it."""
    try:
        return office.ticket(complaint.number).ticket.status
    except NotFound:
        return "-"


def _say_more(found: int, *, limit: int) -> None:
    if found > limit:
        click.echo(f"There are more; --limit shows more than {limit}.", err=True)


@helpdesk.command()
@click.argument("number")
@pass_panel
def show(panel: Panel, number: str) -> None:
    """Show ticket NUMBER with its thread and the office's notes."""
    office, ticket = panel.desk.office, _ticket(panel, number)
    thread, notes = office.entries(ticket.ticket.number), office.notes(ticket.ticket.number)
    for text in lines(ticket, thread, notes, zone=panel.zone):
        click.echo(text)


@helpdesk.command()
@click.argument("number")
@click.argument("attachment_id", metavar="ID")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, or a folder in which it gets its own name; nothing is written over.",
)
@pass_panel
def attachment(panel: Panel, number: str, attachment_id: str, output: Path) -> None:
    """Write attachment ID of ticket NUMBER, as `show` lists it, into a file."""
    ticket = _ticket(panel, number)
    try:
        content = panel.desk.office.attachment(ticket.ticket.number, attachment_id)
    except NotFound:
        raise click.ClickException(f"{ticket.ticket.number} has no attachment {attachment_id}.") from None
    path = _write(content.chunks, output, name=content.attachment.name)
    written = f"attachment {attachment_id}"
    _done(panel, ticket, "ticket_attachment", f"{written} is in {path}", details=written)


@helpdesk.command()
@click.argument("number")
@click.argument("text", required=False)
@TEXT_FILE
@pass_panel
def answer(panel: Panel, number: str, text: str | None, file: Path | None) -> None:
    """Answer ticket NUMBER with TEXT, with the text of --file, or with what is typed (stdin)."""
    ticket, said = _ticket(panel, number), _said(text, file)
    _do(lambda: panel.desk.office.answer(ticket, author=operator(), text=said), ticket)
    _done(panel, ticket, "ticket_answered", "is answered")


@helpdesk.command()
@click.argument("number")
@click.argument("text", required=False)
@TEXT_FILE
@pass_panel
def note(panel: Panel, number: str, text: str | None, file: Path | None) -> None:
    """Write a note to ticket NUMBER that no customer sees."""
    ticket, said = _ticket(panel, number), _said(text, file)
    panel.desk.office.note(ticket, author=operator(), text=said)
    _done(panel, ticket, "ticket_noted", "has a new note")


@helpdesk.command()
@click.argument("number")
@click.argument("name")
@pass_panel
def assign(panel: Panel, number: str, name: str) -> None:
    """Give ticket NUMBER to the clerk NAME; "-" is nobody."""
    ticket, assignee = _ticket(panel, number), one_line(name)
    if is_blank(assignee) or len(assignee) > 100:
        raise click.ClickException("the name must have 1 to 100 characters.")
    to = None if assignee == "-" else assignee
    _do(lambda: panel.desk.office.assign(ticket, assignee=to), ticket)
    _done(panel, ticket, "ticket_assigned", f"is {to}'s" if to else "is nobody's", details=to or "")


@helpdesk.command()
@click.argument("number")
@click.argument("status", type=click.Choice([one.value for one in SET_BY_HAND]))
@pass_panel
def status(panel: Panel, number: str, status: str) -> None:
    """Set the STATUS of ticket NUMBER; what is solved is told with: solve."""
    ticket = _ticket(panel, number)
    if TicketStatus(status).has_ended:
        _check_no_complaint_waits(panel, ticket)
    _do(lambda: panel.desk.office.set_status(ticket, TicketStatus(status)), ticket)
    _done(panel, ticket, "ticket_status", f"is {status}", details=status)


@helpdesk.command()
@click.argument("number")
@click.argument("text", required=False)
@TEXT_FILE
@pass_panel
def solve(panel: Panel, number: str, text: str | None, file: Path | None) -> None:
    """Say that ticket NUMBER is solved, with TEXT as the answer; the customer gets a message."""
    ticket = _ticket(panel, number)
    _check_no_complaint_waits(panel, ticket)
    said = None if text is None and file is None else _said(text, file)
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    solution = settings.solution(ticket.ticket)
    _do(lambda: panel.desk.office.solve(ticket, author=operator(), text=said, solution=solution), ticket)
    _done(panel, ticket, "ticket_solved", "is solved; the customer is told")


@helpdesk.command()
@click.argument("number")
@click.argument("day")
@pass_panel
def expect(panel: Panel, number: str, day: str) -> None:
    """Tell the customer by which DAY (2026-12-03) ticket NUMBER is expected to be done; "-" takes it back."""
    ticket, expected_on = _ticket(panel, number), _coming_day(panel, day)
    _do(lambda: panel.desk.office.expect(ticket, expected_on), ticket)
    words = f"is expected to be done by {expected_on}" if expected_on else "is expected on no day"
    _done(panel, ticket, "ticket_expected", words, details=f"{expected_on or '-'}")


@helpdesk.command()
@click.argument("number")
@click.argument("decision", type=click.Choice([one.value for one in Decision]))
@click.argument("text", required=False)
@TEXT_FILE
@click.option("--amount", help="What is paid back or credited, in the billing's currency: 49.90.")
@click.option("--paid-by", metavar="DAY", help="Until when it is paid: 2026-12-31.")
@click.option("--position", help="What the clerk is, as it stands on the paper.")
@pass_panel
def decide(
    panel: Panel,
    number: str,
    decision: str,
    text: str | None,
    *,
    file: Path | None,
    amount: str | None,
    paid_by: str | None,
    position: str | None,
) -> None:
    """Answer the complaint NUMBER, once: DECISION, and TEXT with its reasons. The customer gets it as PDF, too."""
    complaint = _complaint(panel, number)
    if decision == Decision.REJECTED and (amount or paid_by):
        raise click.UsageError("a complaint that is rejected has no --amount and no --paid-by.")
    answer = ComplaintAnswer(
        decision=Decision(decision),
        text=_said(text, file),
        author=operator(),
        position=one_line(position or "")[:100] or None,
        amount=None if amount is None else _amount(panel, amount),
        paid_by=None if paid_by is None else _coming_day(panel, paid_by),
    )
    is_ours = complaint.number.startswith("P-")
    seen = panel.desk.office.ticket(complaint.number) if is_ours else None
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    try:
        panel.desk.office.decide(complaint, answer, seen=seen, solution=settings.answered(complaint))
    except TicketRefused as refusal:
        raise click.ClickException(_refused(refusal.reason, complaint.number)) from None
    panel.audit.record(
        "complaint_answered",
        actor=office_actor(),
        customer_id=complaint.customer_id,
        details=f"{complaint.number} {decision}",
    )
    click.echo(f"{complaint.number} is answered ({decision}); the customer is told.")
    if seen is None:
        click.echo("Its ticket lives in the billing: close it there.", err=True)


@helpdesk.command()
@click.argument("number")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, or a folder in which it gets its own name; nothing is written over.",
)
@pass_panel
def paper(panel: Panel, number: str, output: Path) -> None:
    """Write the answer to the complaint NUMBER as PDF, to be sent by post; without one, its confirmation."""
    complaint, language = _complaint(panel, number), panel.settings.panel.language
    draw, name = (confirmation_pdf, "reklamacja") if complaint.answer is None else (answer_pdf, "odpowiedz")
    path = _write([draw(panel, complaint, language=language)], output, name=f"{name}-{complaint.number}.pdf")
    panel.audit.record(
        "complaint_paper",
        actor=office_actor(),
        customer_id=complaint.customer_id,
        details=complaint.number,
    )
    click.echo(f"{complaint.number}: the paper is in {path}.")


@helpdesk.command()
@pass_panel
def watch(panel: Panel) -> None:
    """Look what the office answered and solved in the billing, and tell the customers; for a timer."""
    if panel.desk.watch is None:
        raise click.ClickException("the panel keeps the tickets itself: there is nothing to watch.")
    try:
        news = panel.desk.watch()
    except BillingError as error:
        raise click.ClickException(
            f"the billing does not answer: {error}. What was noticed is kept."
        ) from None
    if news:
        panel.audit.record("tickets_noticed", actor=office_actor(), details=str(news))
    click.echo(f"Tickets with something new: {news}.")


def _ticket(panel: Panel, typed: str) -> OfficeTicket:
    """By its number as it is shown, or by the digits alone."""
    office = _office(panel)
    try:
        return office.ticket(_number(panel, typed))
    except NotFound:
        raise click.ClickException(f"there is no ticket {typed}.") from None


def _number(panel: Panel, typed: str) -> str:
    letter = {DeskKind.PANEL: "P", DeskKind.BILLING: "B"}[panel.desk.kind]
    return f"{letter}-{typed}" if typed.isdecimal() else typed.upper()


def _complaint(panel: Panel, typed: str) -> Complaint:
    """Wherever its ticket lives."""
    try:
        return panel.desk.office.complaint(_number(panel, typed))
    except NotFound:
        raise click.ClickException(f"there is no complaint {typed}.") from None


def _check_no_complaint_waits(panel: Panel, ticket: OfficeTicket) -> None:
    """Without an answer in time a complaint counts as accepted: none may end unseen."""
    number = ticket.ticket.number
    if ticket.ticket.kind is not TicketKind.COMPLAINT or _complaint(panel, number).answer:
        return
    raise click.ClickException(
        f"{number} is a complaint without an answer. Give it first: wbok helpdesk decide {number} DECISION TEXT"
    )


def _coming_day(panel: Panel, typed: str) -> date | None:
    if typed == "-":
        return None
    day = typed_day(typed)
    if day is None:
        raise click.ClickException(f'"{typed}" is no day; write it like 2026-12-03.')
    if day < panel.today:
        raise click.ClickException(f"{day} is over; today is {panel.today}.")
    return day


def _amount(panel: Panel, typed: str) -> Money:
    amount = typed_amount(typed)
    if amount is None:
        raise click.ClickException(f'"{typed}" is no amount; write it like 49.90.')
    return Money(amount, panel.billing.currency)


def _write(chunks: Iterable[bytes], output: Path, *, name: str) -> Path:
    path = output / name if output.is_dir() else output
    try:
        with path.open("xb") as file:
            file.writelines(chunks)
    except FileExistsError:
        raise click.ClickException(f"{path} is already there; nothing was written.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    return path


def _office(panel: Panel) -> OfficeDesk:
    if panel.desk.kind is DeskKind.BILLING:
        raise click.ClickException("tickets live in the billing (tabs.helpdesk.desk): work on them there.")
    return panel.desk.office


def _said(text: str | None, file: Path | None) -> str:
    """What was given on the line, in the file, or typed."""
    if text is not None and file is not None:
        raise click.UsageError("give the text or --file, not both.")
    if text is None:
        try:
            with click.open_file(str(file or "-"), encoding="utf-8") as source:
                text = source.read()
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(f"the text cannot be read: {error}.") from None
    said = clean(text)
    if is_blank(said):
        raise click.ClickException("there is no text; nothing was written.")
    if len(said) > MAX_BODY:
        raise click.ClickException(f"the text has {len(said)} characters; {MAX_BODY} are the most.")
    return said


def _check_queue(panel: Panel, queue: str | None) -> None:
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    known = [one.name for one in settings.queues]
    if queue is not None and queue not in known:
        raise click.ClickException(f'there is no queue "{queue}". There are: {", ".join(known)}.')


def _do(change: Callable[[], None], ticket: OfficeTicket) -> None:
    try:
        change()
    except TicketRefused as refusal:
        known = f"{ticket.ticket.number} is {ticket.ticket.status}; that is not possible from there."
        raise click.ClickException(_refused(refusal.reason, ticket.ticket.number, known)) from None


def _refused(reason: Refusal, number: str, otherwise: str = "") -> str:
    if reason is Refusal.CHANGED_MEANWHILE:
        return f"{number} was changed meanwhile; nothing was written. Look again: wbok helpdesk show {number}"
    if reason is Refusal.ANSWERED_ALREADY:
        return f"{number} is answered already; nothing was written. Add to it with: wbok helpdesk answer {number}"
    return otherwise or f"{number}: nothing was written ({reason})."


def _done(panel: Panel, ticket: OfficeTicket, action: str, words: str, *, details: str = "") -> None:
    number = ticket.ticket.number
    panel.audit.record(
        action,
        actor=office_actor(),
        customer_id=ticket.ticket.customer_id,
        details=f"{number} {details}".strip(),
    )
    click.echo(f"{number} {words}.")

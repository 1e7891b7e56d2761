"""`wbok helpdesk …`: the office's side of the desk. What is done is written into the audit with who did it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from wbok.api import (
    BillingError,
    NotFound,
    Panel,
    TicketFilter,
    TicketStatus,
    is_blank,
    office_actor,
    operator,
    pass_panel,
)
from wbok_helpdesk.clerk import (
    OUTPUT,
    TEXT_FILE,
    check_no_complaint_waits,
    coming_day,
    do,
    done,
    office_of,
    said_text,
    say_more,
    ticket_of,
    write_file,
)
from wbok_helpdesk.complaint_commands import decide, list_due, paper
from wbok_helpdesk.printed import line, lines
from wbok_helpdesk.settings import HelpdeskSettings
from wbok_helpdesk.typed import one_line

AGE = re.compile(r"([0-9]{1,5})([hd])", re.ASCII)
SET_BY_HAND = [
    status for status in TicketStatus if status not in {TicketStatus.RECEIVED, TicketStatus.SOLVED}
]
ANY_STATUS = click.Choice([status.value for status in TicketStatus])


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
        list_due(panel, limit=limit)
        return
    office = office_of(panel)
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
    say_more(len(found), limit=limit)


@helpdesk.command()
@click.argument("number")
@pass_panel
def show(panel: Panel, number: str) -> None:
    """Show ticket NUMBER with its thread and the office's notes."""
    office, ticket = panel.desk.office, ticket_of(panel, number)
    thread, notes = office.entries(ticket.ticket.number), office.notes(ticket.ticket.number)
    for text in lines(ticket, thread, notes, zone=panel.zone):
        click.echo(text)


@helpdesk.command()
@click.argument("number")
@click.argument("attachment_id", metavar="ID")
@OUTPUT
@pass_panel
def attachment(panel: Panel, number: str, attachment_id: str, output: Path) -> None:
    """Write attachment ID of ticket NUMBER, as `show` lists it, into a file."""
    ticket = ticket_of(panel, number)
    try:
        content = panel.desk.office.attachment(ticket.ticket.number, attachment_id)
    except NotFound:
        raise click.ClickException(f"{ticket.ticket.number} has no attachment {attachment_id}.") from None
    path = write_file(content.chunks, output, name=content.attachment.name)
    written = f"attachment {attachment_id}"
    done(panel, ticket, "ticket_attachment", f"{written} is in {path}", details=written)


@helpdesk.command()
@click.argument("number")
@click.argument("text", required=False)
@TEXT_FILE
@pass_panel
def answer(panel: Panel, number: str, text: str | None, file: Path | None) -> None:
    """Answer ticket NUMBER with TEXT, with the text of --file, or with what is typed (stdin)."""
    ticket, said = ticket_of(panel, number), said_text(text, file)
    do(lambda: panel.desk.office.answer(ticket, author=operator(), text=said), ticket)
    done(panel, ticket, "ticket_answered", "is answered")


@helpdesk.command()
@click.argument("number")
@click.argument("text", required=False)
@TEXT_FILE
@pass_panel
def note(panel: Panel, number: str, text: str | None, file: Path | None) -> None:
    """Write a note to ticket NUMBER that no customer sees."""
    ticket, said = ticket_of(panel, number), said_text(text, file)
    panel.desk.office.note(ticket, author=operator(), text=said)
    done(panel, ticket, "ticket_noted", "has a new note")


@helpdesk.command()
@click.argument("number")
@click.argument("name")
@pass_panel
def assign(panel: Panel, number: str, name: str) -> None:
    """Give ticket NUMBER to the clerk NAME; "-" is nobody."""
    ticket, assignee = ticket_of(panel, number), one_line(name)
    if is_blank(assignee) or len(assignee) > 100:
        raise click.ClickException("the name must have 1 to 100 characters.")
    to = None if assignee == "-" else assignee
    do(lambda: panel.desk.office.assign(ticket, assignee=to), ticket)
    done(panel, ticket, "ticket_assigned", f"is {to}'s" if to else "is nobody's", details=to or "")


@helpdesk.command()
@click.argument("number")
@click.argument("status", type=click.Choice([one.value for one in SET_BY_HAND]))
@pass_panel
def status(panel: Panel, number: str, status: str) -> None:
    """Set the STATUS of ticket NUMBER; what is solved is told with: solve."""
    ticket = ticket_of(panel, number)
    if TicketStatus(status).has_ended:
        check_no_complaint_waits(panel, ticket)
    do(lambda: panel.desk.office.set_status(ticket, TicketStatus(status)), ticket)
    done(panel, ticket, "ticket_status", f"is {status}", details=status)


@helpdesk.command()
@click.argument("number")
@click.argument("text", required=False)
@TEXT_FILE
@pass_panel
def solve(panel: Panel, number: str, text: str | None, file: Path | None) -> None:
    """Say that ticket NUMBER is solved, with TEXT as the answer; the customer gets a message."""
    ticket = ticket_of(panel, number)
    check_no_complaint_waits(panel, ticket)
    said = None if text is None and file is None else said_text(text, file)
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    solution = settings.solution(ticket.ticket)
    do(lambda: panel.desk.office.solve(ticket, author=operator(), text=said, solution=solution), ticket)
    done(panel, ticket, "ticket_solved", "is solved; the customer is told")


@helpdesk.command()
@click.argument("number")
@click.argument("day")
@pass_panel
def expect(panel: Panel, number: str, day: str) -> None:
    """Tell the customer by which DAY (2026-12-03) ticket NUMBER is expected to be done; "-" takes it back."""
    ticket, expected_on = ticket_of(panel, number), coming_day(panel, day)
    do(lambda: panel.desk.office.expect(ticket, expected_on), ticket)
    words = f"is expected to be done by {expected_on}" if expected_on else "is expected on no day"
    done(panel, ticket, "ticket_expected", words, details=f"{expected_on or '-'}")


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


def _check_queue(panel: Panel, queue: str | None) -> None:
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    known = [one.name for one in settings.queues]
    if queue is not None and queue not in known:
        raise click.ClickException(f'there is no queue "{queue}". There are: {", ".join(known)}.')


helpdesk.add_command(decide)
helpdesk.add_command(paper)

"""What the office's commands have in common: which ticket, which text, and why something is not done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import click

from wbok.api import (
    Complaint,
    DeskKind,
    NotFound,
    OfficeDesk,
    OfficeTicket,
    Panel,
    Refusal,
    TicketKind,
    TicketRefused,
    is_blank,
    office_actor,
    typed_day,
)
from wbok_helpdesk.forms import MAX_BODY
from wbok_helpdesk.typed import clean

TEXT_FILE = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Text; - is stdin.",
)
OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, or a folder in which it gets its own name; nothing is written over.",
)


def ticket_of(panel: Panel, typed: str) -> OfficeTicket:
    """By its number as it is shown, or by the digits alone."""
    office = office_of(panel)
    try:
        return office.ticket(_number(panel, typed))
    except NotFound:
        raise click.ClickException(f"there is no ticket {typed}.") from None


def _number(panel: Panel, typed: str) -> str:
    letter = {DeskKind.PANEL: "P", DeskKind.BILLING: "B"}[panel.desk.kind]
    return f"{letter}-{typed}" if typed.isdecimal() else typed.upper()


def complaint_of(panel: Panel, typed: str) -> Complaint:
    """Wherever its ticket lives."""
    try:
        return panel.desk.office.complaint(_number(panel, typed))
    except NotFound:
        raise click.ClickException(f"there is no complaint {typed}.") from None


def check_no_complaint_waits(panel: Panel, ticket: OfficeTicket) -> None:
    """Without an answer in time a complaint counts as accepted: none may end unseen."""
    number = ticket.ticket.number
    if ticket.ticket.kind is not TicketKind.COMPLAINT or complaint_of(panel, number).answer:
        return
    raise click.ClickException(
        f"{number} is a complaint without an answer. Give it first: wbok helpdesk decide {number} DECISION TEXT"
    )


def coming_day(panel: Panel, typed: str) -> date | None:
    if typed == "-":
        return None
    day = typed_day(typed)
    if day is None:
        raise click.ClickException(f'"{typed}" is no day; write it like 2026-12-03.')
    if day < panel.today:
        raise click.ClickException(f"{day} is over; today is {panel.today}.")
    return day


def write_file(chunks: Iterable[bytes], output: Path, *, name: str) -> Path:
    path = output / name if output.is_dir() else output
    try:
        with path.open("xb") as file:
            file.writelines(chunks)
    except FileExistsError:
        raise click.ClickException(f"{path} is already there; nothing was written.") from None
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from None
    return path


def office_of(panel: Panel) -> OfficeDesk:
    if panel.desk.kind is DeskKind.BILLING:
        raise click.ClickException("tickets live in the billing (tabs.helpdesk.desk): work on them there.")
    return panel.desk.office


def said_text(text: str | None, file: Path | None) -> str:
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


def do(change: Callable[[], None], ticket: OfficeTicket) -> None:
    try:
        change()
    except TicketRefused as refusal:
        known = f"{ticket.ticket.number} is {ticket.ticket.status}; that is not possible from there."
        raise click.ClickException(refused(refusal.reason, ticket.ticket.number, known)) from None


def refused(reason: Refusal, number: str, otherwise: str = "") -> str:
    if reason is Refusal.CHANGED_MEANWHILE:
        return f"{number} was changed meanwhile; nothing was written. Look again: wbok helpdesk show {number}"
    if reason is Refusal.ANSWERED_ALREADY:
        return f"{number} is answered already; nothing was written. Add to it with: wbok helpdesk answer {number}"
    return otherwise or f"{number}: nothing was written ({reason})."


def done(panel: Panel, ticket: OfficeTicket, action: str, words: str, *, details: str = "") -> None:
    number = ticket.ticket.number
    panel.audit.record(
        action,
        actor=office_actor(),
        customer_id=ticket.ticket.customer_id,
        details=f"{number} {details}".strip(),
    )
    click.echo(f"{number} {words}.")


def say_more(found: int, *, limit: int) -> None:
    if found > limit:
        click.echo(f"There are more; --limit shows more than {limit}.", err=True)

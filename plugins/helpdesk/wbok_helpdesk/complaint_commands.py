"""`wbok helpdesk list --due`, `decide`, `paper`: complaints, wherever their tickets live."""

from __future__ import annotations

from pathlib import Path

import click

from wbok.api import (
    Complaint,
    ComplaintAnswer,
    Decision,
    Money,
    NotFound,
    OfficeDesk,
    Panel,
    TicketRefused,
    office_actor,
    operator,
    output_option,
    pass_panel,
    ticket_place,
    write_output,
)
from wbok_helpdesk.clerk import (
    TEXT_FILE,
    coming_day,
    complaint_of,
    refused,
    said_text,
    say_more,
)
from wbok_helpdesk.papers import answer_pdf, confirmation_pdf
from wbok_helpdesk.printed import due_line
from wbok_helpdesk.settings import HelpdeskSettings
from wbok_helpdesk.typed import one_line, typed_amount


def list_due(panel: Panel, *, limit: int) -> None:
    office = panel.desk.office
    found = office.complaints(limit=limit + 1)
    for complaint in found[:limit]:
        click.echo(due_line(complaint, _state(office, complaint), today=panel.today))
    if not found:
        click.echo("No complaint waits for its answer.", err=True)
    say_more(len(found), limit=limit)


def _state(office: OfficeDesk, complaint: Complaint) -> str:
    """Of a ticket that lives in the billing the billing knows it."""
    try:
        return office.ticket(complaint.number).ticket.status
    except NotFound:
        return "-"


@click.command()
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
    complaint = complaint_of(panel, number)
    if decision == Decision.REJECTED and (amount or paid_by):
        raise click.UsageError("a complaint that is rejected has no --amount and no --paid-by.")
    answer = ComplaintAnswer(
        decision=Decision(decision),
        text=said_text(text, file),
        author=operator(),
        position=one_line(position or "")[:100] or None,
        amount=None if amount is None else _amount(panel, amount),
        paid_by=None if paid_by is None else coming_day(panel, paid_by),
    )
    is_ours = ticket_place(complaint.number) is not None
    seen = panel.desk.office.ticket(complaint.number) if is_ours else None
    settings: HelpdeskSettings = panel.tab_settings("helpdesk")
    try:
        panel.desk.office.decide(complaint, answer, seen=seen, solution=settings.answered(complaint))
    except TicketRefused as refusal:
        raise click.ClickException(refused(refusal.reason, complaint.number)) from None
    panel.audit.record(
        "complaint_answered",
        actor=office_actor(),
        customer_id=complaint.customer_id,
        details=f"{complaint.number} {decision}",
    )
    click.echo(f"{complaint.number} is answered ({decision}); the customer is told.")
    wanted = _wanted(complaint)
    if wanted is not None:
        click.echo(
            f"He asked for the answer {wanted}: wbok helpdesk paper {complaint.number} --output FILE",
            err=True,
        )
    if seen is None:
        click.echo("Its ticket lives in the billing: close it there.", err=True)


def _wanted(complaint: Complaint) -> str | None:
    """How he asked to be answered besides the page, which the panel does not do by itself."""
    filed = {detail.name: detail for detail in complaint.filing.details}
    how = filed["reply_by"].choice if "reply_by" in filed else None
    if how == "email":
        return f"by e-mail to {filed['email'].value}" if "email" in filed else "by e-mail"
    return "by letter" if how == "letter" else None


@click.command()
@click.argument("number")
@output_option
@pass_panel
def paper(panel: Panel, number: str, output: Path) -> None:
    """Write the answer to the complaint NUMBER as PDF, to be sent by post; without one, its confirmation."""
    complaint, language = complaint_of(panel, number), panel.settings.panel.language
    draw, name = (confirmation_pdf, "reklamacja") if complaint.answer is None else (answer_pdf, "odpowiedz")
    path = write_output(
        [draw(panel, complaint, language=language)], output, name=f"{name}-{complaint.number}.pdf"
    )
    panel.audit.record(
        "complaint_paper",
        actor=office_actor(),
        customer_id=complaint.customer_id,
        details=complaint.number,
    )
    click.echo(f"{complaint.number}: the paper is in {path}.")


def _amount(panel: Panel, typed: str) -> Money:
    amount = typed_amount(typed)
    if amount is None:
        raise click.ClickException(f'"{typed}" is no amount; write it like 49.90.')
    return Money(amount, panel.billing.currency)

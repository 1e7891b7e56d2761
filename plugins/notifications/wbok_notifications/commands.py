"""What the office does: `wbok notifications send`."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from wbok.api import CustomerStatus, Draft, MessageKind, MessageRefused, Panel, office_actor, pass_panel
from wbok_notifications.audience import Chosen
from wbok_notifications.moments import read_moment

KINDS = [kind.value for kind in MessageKind]
STATUSES = [status.value for status in CustomerStatus]


@click.group()
def notifications() -> None:
    """Messages of the panel's own to customers."""


@notifications.command()
@click.option("--all", "to_all", is_flag=True, help="To everybody, also to who becomes a customer later.")
@click.option(
    "--to", "ids", multiple=True, metavar="ID", help="To this customer; may be given several times."
)
@click.option(
    "--list",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="To the customers of a file, one ID Klienta a line.",
)
@click.option("--service", help="To who has this service today, by its name or tariff.")
@click.option("--status", type=click.Choice(STATUSES), help="To who has this status.")
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--title", required=True, help="One line.")
@click.option("--text", help="The text; an empty line parts paragraphs.")
@click.option("--text-file", type=click.File("r", encoding="utf-8"), help="The text from a file, or from - .")
@click.option("--urgent", is_flag=True, help="On top of every page until it is confirmed.")
@click.option(
    "--valid-from", metavar="MOMENT", help="Not shown before; like 2026-11-24 or '2026-11-24 18:00'."
)
@click.option("--valid-to", metavar="MOMENT", help="In the archive afterwards; a day counts as a whole.")
@click.option("--key", help="A name of your own: what is sent twice under it is one message.")
@click.option("--dry-run", is_flag=True, help="Only count who would get it.")
@pass_panel
def send(
    panel: Panel,
    to_all: bool,
    ids: tuple[str, ...],
    file: Path | None,
    service: str | None,
    status: str | None,
    kind: str,
    title: str,
    text: str | None,
    text_file: TextIO | None,
    urgent: bool,
    valid_from: str | None,
    valid_to: str | None,
    key: str | None,
    dry_run: bool,
) -> None:
    """Send a message to everybody, to named customers, to a list, or to who has a service or a status."""
    chosen = Chosen(to_all=to_all, ids=ids, file=file, service=service, status=status)
    draft = Draft(
        kind=MessageKind(kind),
        title=title,
        body=_body(text, text_file),
        recipients=chosen.recipients(panel),
        urgent=urgent,
        valid_from=read_moment(valid_from, zone=panel.zone),
        valid_to=read_moment(valid_to, zone=panel.zone, at_end=True),
        key=key,
    )
    try:
        click.echo(_sent(panel, draft, dry_run=dry_run))
    except MessageRefused as error:
        raise click.ClickException(f"{error} Nothing was sent.") from error


def _sent(panel: Panel, draft: Draft, *, dry_run: bool) -> str:
    """What was done, in words. Raises MessageRefused."""
    whom = "everybody" if draft.recipients is None else _customers(len(draft.recipients))
    if dry_run:
        known = panel.messages.known(draft)
        return f"It would go to {whom}; nothing was sent." if known is None else _sent_already(known)
    sent = panel.messages.deliver(draft)
    if not sent.is_first:
        return _sent_already(sent.message_id)
    panel.audit.record(
        "message sent", actor=office_actor(), details=f"P-{sent.message_id} to {whom}: {draft.title}"
    )
    copies = f" Copies by e-mail: {sent.copies}." if sent.copies else ""
    return f"Sent to {whom}, as P-{sent.message_id}.{copies}"


def _sent_already(message_id: str) -> str:
    return f"It was sent already under this key, as P-{message_id}; nothing was sent."


def _body(text: str | None, file: TextIO | None) -> str:
    if text is not None and file is not None:
        raise click.ClickException("give --text or --text-file, not both.")
    if file is None:
        return text or ""
    try:
        return str(file.read())
    except UnicodeDecodeError as error:
        raise click.ClickException(f"the text is not UTF-8: {error}.") from error


def _customers(number: int) -> str:
    return "1 customer" if number == 1 else f"{number} customers"

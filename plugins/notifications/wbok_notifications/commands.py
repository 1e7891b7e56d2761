"""What the office does: `wbok notifications send`; the other commands have modules of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from wbok.api import Draft, MessageKind, MessageRefused, Panel, office_actor, office_document, pass_panel
from wbok_notifications.audience import Chosen, to_whom, whom_in_words
from wbok_notifications.enclosing import read_attachments
from wbok_notifications.moments import read_moment
from wbok_notifications.outage_command import outage
from wbok_notifications.receipts import attachment, status

KINDS = [kind.value for kind in MessageKind]


@click.group()
def notifications() -> None:
    """Messages of the panel's own to customers, and outages that are known."""


@notifications.command()
@to_whom
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--title", required=True, help="One line.")
@click.option("--text", help="The text in Markdown; an empty line parts paragraphs.")
@click.option("--text-file", type=click.File("r", encoding="utf-8"), help="The text from a file, or from - .")
@click.option("--plain", is_flag=True, help="The text is no Markdown: every sign is shown as it is typed.")
@click.option(
    "--attach",
    "paths",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A PDF or picture that goes with it; may be given several times.",
)
@click.option(
    "--legal",
    is_flag=True,
    help="Hands over its text as a PDF that stays as it is; --all then means all customers of today.",
)
@click.option("--urgent", is_flag=True, help="On top of every page until it is confirmed.")
@click.option(
    "--valid-from", metavar="MOMENT", help="Not shown before; like 2026-11-24 or '2026-11-24 18:00'."
)
@click.option("--valid-to", metavar="MOMENT", help="In the archive afterwards; a day counts as a whole.")
@click.option(
    "--key", help="A name of your own: what is sent twice under it, to the same customers, is one message."
)
@click.option("--dry-run", is_flag=True, help="Only count who would get it; with --place also by street.")
@pass_panel
def send(
    panel: Panel,
    chosen: Chosen,
    kind: str,
    title: str,
    text: str | None,
    text_file: TextIO | None,
    plain: bool,
    paths: tuple[Path, ...],
    legal: bool,
    urgent: bool,
    valid_from: str | None,
    valid_to: str | None,
    key: str | None,
    dry_run: bool,
) -> None:
    """Send a message to customers: all, named ones, or those of a list, a service, a status or a place."""
    if legal and plain:
        raise click.ClickException("the document of --legal is made of Markdown: leave --plain out.")
    body, begins = _body(text, text_file), read_moment(valid_from, zone=panel.zone)
    written_at = begins or panel.clock()
    draft = Draft(
        kind=MessageKind(kind),
        title=title,
        body=body,
        recipients=chosen.recipients(panel, by_name=legal),
        urgent=urgent,
        valid_from=begins,
        valid_to=read_moment(valid_to, zone=panel.zone, at_end=True),
        key=key,
        markdown=not plain,
        attachments=read_attachments(paths, panel.settings.attachments.limits),
        legal=office_document(panel.settings, title=title, text=body, at=written_at) if legal else None,
    )
    try:
        click.echo(_sent(panel, draft, dry_run=dry_run))
    except MessageRefused as error:
        raise click.ClickException(f"{error} Nothing was sent.") from error
    for line in chosen.streets(panel, draft.recipients) if dry_run else ():
        click.echo(line)


def _sent(panel: Panel, draft: Draft, *, dry_run: bool) -> str:
    """What was done, in words. Raises MessageRefused."""
    whom = whom_in_words(draft.recipients)
    if dry_run:
        known = panel.messages.known(draft)
        return f"It would go to {whom}; nothing was sent." if known is None else _sent_already(known)
    sent = panel.messages.deliver(draft)
    if not sent.is_first:
        return _sent_already(sent.message_id)
    # Beside the store's own table the audit too knows what was handed over.
    digest = f", SHA-256 {draft.legal.digest}" if draft.legal else ""
    panel.audit.record(
        "message sent", actor=office_actor(), details=f"P-{sent.message_id} to {whom}{digest}: {draft.title}"
    )
    copies = f" Copies by e-mail: {sent.copies}." if sent.copies else ""
    document = f" SHA-256 of its document: {draft.legal.digest}." if draft.legal else ""
    return f"Sent to {whom}, as P-{sent.message_id}.{copies}{document}"


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


for command in (outage, status, attachment):
    notifications.add_command(command)

"""`wbok notifications status` and `attachment`: who received a message and read it, and what went with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from wbok.api import (
    BillingError,
    KeptFileUnusable,
    MessageFile,
    NotFound,
    Panel,
    Reader,
    Receipt,
    office_actor,
    office_directory,
    output_option,
    pass_panel,
    write_output,
)
from wbok_notifications.audience import in_words
from wbok_notifications.moments import MOMENT

NEWEST_SHOWN = 20


@click.command()
@click.argument("message", required=False, metavar="P-…")
@click.option(
    "--customers", "lists", is_flag=True, help="Each recipient: when he first read and confirmed it."
)
@pass_panel
def status(panel: Panel, message: str | None, lists: bool) -> None:
    """Who received message P-… and read it, with the digests of its files; without one: the newest messages."""
    if message is None:
        for receipt in panel.receipts.newest(limit=NEWEST_SHOWN):
            click.echo(f"P-{receipt.message_id}\t{_said(panel, receipt)}\t{receipt.title}")
        return
    receipt = _receipt(panel, message)
    click.echo(f"{receipt.title}\n{_said(panel, receipt)}")
    changed = [
        file for file in panel.message_files.of(receipt.message_id) if not _is_unchanged(panel, receipt, file)
    ]
    if lists:
        _list(panel, receipt)
    if changed:
        names = ", ".join(file.attachment.name for file in changed)
        raise click.ClickException(f"this is not what was sent: {names}. Restore the store from a backup.")


@click.command()
@click.argument("message", metavar="P-…")
@click.argument("attachment_id", metavar="ID")
@output_option
@pass_panel
def attachment(panel: Panel, message: str, attachment_id: str, output: Path) -> None:
    """Write file ID of message P-…, as `status` lists it."""
    receipt = _receipt(panel, message)
    try:
        content = panel.message_files.of_office(receipt.message_id, attachment_id)
    except NotFound:
        raise click.ClickException(f"P-{receipt.message_id} has no file {attachment_id}.") from None
    except KeptFileUnusable as error:
        raise click.ClickException(f"{error}. Restore the store from a backup.") from None
    click.echo(f"The file is in {write_output(content.chunks, output, name=content.attachment.name)}.")


def _receipt(panel: Panel, typed: str) -> Receipt:
    try:
        return panel.receipts.of(typed.strip().removeprefix("P-"))
    except NotFound:
        raise click.ClickException(f"there is no message {typed}. See: wbok notifications status") from None


def _said(panel: Panel, receipt: Receipt) -> str:
    whom = in_words(receipt.recipients)
    legal = "\tlegal" if receipt.is_legal else ""
    at = _moment(panel, receipt.sent_at)
    return f"{at}\tto {whom}, read by {receipt.read}, confirmed by {receipt.confirmed}{legal}"


def _is_unchanged(panel: Panel, receipt: Receipt, file: MessageFile) -> bool:
    """Reads the file and says what it is."""
    one = file.attachment
    try:
        panel.message_files.of_office(receipt.message_id, one.id)
        state = "unchanged"
    except (NotFound, KeptFileUnusable):
        state = "CHANGED"
    kind = "document" if file.is_legal else "attachment"
    click.echo(f"{kind} {one.id}\t{one.name}\t{one.size} bytes\tSHA-256 {file.digest}\t{state}")
    return state == "unchanged"


def _list(panel: Panel, receipt: Receipt) -> None:
    panel.audit.record("receipts read", actor=office_actor(), details=f"P-{receipt.message_id}")
    for reader in panel.receipts.readers(receipt.message_id, _everybody(panel, receipt)):
        click.echo("\t".join(_cells(panel, reader)))


def _everybody(panel: Panel, receipt: Receipt) -> Iterator[str]:
    """Who is a customer today, by whom the store's readers are named."""
    try:
        directory = office_directory(panel, reason=f"receipts of P-{receipt.message_id}")
        yield from directory.customers(on=panel.today)
    except BillingError as error:
        click.echo(f"wbok: the billing cannot name everybody: {error}.", err=True)


def _cells(panel: Panel, reader: Reader) -> Iterator[str]:
    yield reader.customer_id or "?"
    mark = reader.mark
    yield "not read" if mark is None else f"read {_moment(panel, mark.read_at)}"
    if mark is not None and mark.confirmed_at is not None:
        yield f"confirmed {_moment(panel, mark.confirmed_at)}"


def _moment(panel: Panel, at: datetime) -> str:
    return f"{at.astimezone(panel.zone):{MOMENT}}"

"""`wbok notifications outage`: customers are told of an outage before they report it."""

from __future__ import annotations

from datetime import datetime

import click

from wbok.api import MessageRefused, NotFound, Panel, ReportedOutage, office_actor, pass_panel
from wbok_notifications.audience import Chosen, in_words, to_whom, whom_in_words
from wbok_notifications.moments import MOMENT, read_moment

NUMBER = click.IntRange(1, 2**31 - 1)


@click.command()
@click.argument("text", required=False)
@to_whom
@click.option("--until", metavar="MOMENT", help="When it should be over; a day counts as a whole.")
@click.option("--end", "ended", type=NUMBER, metavar="NUMBER", help="Outage NUMBER is over.")
@click.option(
    "--prolong", "prolonged", type=NUMBER, metavar="NUMBER", help="Outage NUMBER lasts until --until."
)
@click.option("--dry-run", is_flag=True, help="Only count who would be told; with --place also by street.")
@pass_panel
def outage(
    panel: Panel,
    chosen: Chosen,
    text: str | None,
    until: str | None,
    ended: int | None,
    prolonged: int | None,
    dry_run: bool,
) -> None:
    """Tell customers on every page of an outage, end or prolong it; without arguments: list those of now."""
    asked = (text is not None, ended is not None, prolonged is not None)
    if sum(asked) > 1:
        raise click.ClickException("give a text, --end or --prolong, one at a time.")
    if chosen.is_given and text is None:
        raise click.ClickException("what has failed? Give a text with it.")
    if not any(asked):
        _list(panel)
        return
    try:
        if ended is not None:
            click.echo(_ended(panel, ended))
            return
        end = _end(panel, until)
        if prolonged is not None:
            click.echo(_prolonged(panel, prolonged, until=end))
        else:
            click.echo(_reported(panel, text or "", chosen, until=end, dry_run=dry_run))
    except MessageRefused as error:
        raise click.ClickException(f"{error} Nothing was changed.") from error
    except NotFound:
        raise click.ClickException(
            f"there is no outage {ended or prolonged} now. See: wbok notifications outage"
        ) from None


def _reported(panel: Panel, text: str, chosen: Chosen, *, until: datetime, dry_run: bool) -> str:
    recipients = chosen.recipients(panel)
    whom = whom_in_words(recipients)
    if dry_run:
        panel.outages.check(text, recipients, until=until)
        told = f"It would be told to {whom}; nothing was changed."
        return "\n".join([told, *chosen.streets(panel, recipients)])
    number = panel.outages.report(text, recipients, until=until)
    said = f"outage {number} for {whom}, until {_moment(panel, until)}"
    panel.audit.record("outage reported", actor=office_actor(), details=f"{said}: {text}")
    return f"Reported {said}. When it is over: wbok notifications outage --end {number}"


def _ended(panel: Panel, number: int) -> str:
    panel.outages.end(number)
    panel.audit.record("outage ended", actor=office_actor(), details=f"outage {number}")
    return f"Outage {number} is over; nobody is told of it any more."


def _prolonged(panel: Panel, number: int, *, until: datetime) -> str:
    panel.outages.prolong(number, until=until)
    said = f"outage {number} until {_moment(panel, until)}"
    panel.audit.record("outage prolonged", actor=office_actor(), details=said)
    return f"Prolonged {said}."


def _list(panel: Panel) -> None:
    current = panel.outages.current()
    for one in current:
        click.echo(_line(panel, one))
    if not current:
        click.echo("No outage is reported.")


def _line(panel: Panel, one: ReportedOutage) -> str:
    whom = in_words(one.customers)
    began, until = (_moment(panel, at) for at in (one.outage.began_at, one.outage.until))
    return f"{one.outage.number}\t{began}\tuntil {until}\t{whom}\t{one.outage.text}"


def _end(panel: Panel, until: str | None) -> datetime:
    end = read_moment(until, zone=panel.zone, at_end=True)
    if end is None:
        raise click.ClickException('until when? Give --until, like "2026-11-24 18:00".')
    return end


def _moment(panel: Panel, at: datetime) -> str:
    return f"{at.astimezone(panel.zone):{MOMENT}}"

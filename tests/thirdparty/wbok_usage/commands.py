"""What the office does: `wbok usage show`."""

from __future__ import annotations

import click

from wbok.api import BillingError, Panel, pass_panel
from wbok_usage.month import read_month


@click.group()
def usage() -> None:
    """Data that customers used."""


@usage.command()
@click.argument("customer")
@pass_panel
def show(panel: Panel, customer: str) -> None:
    """Print this month of CUSTOMER, a line for each day: bytes down and up."""
    try:
        month = read_month(panel, customer, panel.today.replace(day=1))
    except BillingError as error:
        raise click.ClickException(f"customer {customer}: {error}.") from error
    for day in month.days:
        click.echo(f"{day.day}\t{day.down}\t{day.up}")
    click.echo(f"total\t{month.total}")

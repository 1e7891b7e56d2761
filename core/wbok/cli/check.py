"""`wbok check`: what is right and wrong with the billing, readable on a terminal at night. It needs no store."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from textwrap import fill

import click

from wbok.access.pins import PinCheck
from wbok.billing import Billing, Checked, Finding, Severity
from wbok.cli.preview import Preview
from wbok.connections import connect_billing
from wbok.domain.clock import system_clock
from wbok.office import Context

HEADINGS = {Severity.FAULT: "FAULT", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
WIDTH = 110
NO_CHECK = "this adapter has no check of its own. Give --customer ID to see what it tells of a customer."


@click.command()
@click.option("--customer", metavar="ID", help="Print what each tab would show to this customer instead.")
@click.option("--show-values", is_flag=True, help="With the values found, which may be personal data.")
@click.pass_obj
def check(context: Context, customer: str | None, show_values: bool) -> None:
    """Read the billing as the panel does, and say what is wrong and what to do."""
    # Everything that is logged on the way is said better here.
    logging.getLogger("wbok").addHandler(logging.NullHandler())
    settings = context.settings
    billing = connect_billing(settings, PinCheck(settings.keys.pin.encode()))
    with billing.reading():
        if customer is not None:
            today = system_clock().astimezone(settings.zone).date()
            preview = Preview(billing, today=today, show_values=show_values)
            faults = _echo(preview.lines(customer))
        else:
            faults = _check(billing, show_values=show_values)
    if faults:
        sys.exit(1)


def _echo(lines: Iterable[tuple[str, bool]]) -> int:
    faults = 0
    for line, is_fault in lines:
        click.echo(line)
        faults += is_fault
    return faults


def _check(billing: Billing, *, show_values: bool) -> int:
    if billing.check is None:
        raise click.ClickException(NO_CHECK)
    looked_at = []
    for checked in billing.check(show_values=show_values):
        looked_at.append(checked)
        if checked.relation is not None:
            click.echo(_line(checked))
    findings = [finding for checked in looked_at for finding in checked.findings]
    # A terminal shows the end: there stands the worst, and the tally beneath it.
    for severity in reversed(Severity):
        for finding in findings:
            if finding.severity is severity:
                click.echo("\n" + "\n".join(_finding(finding)))
    relations = sum(checked.relation is not None for checked in looked_at)
    click.echo(f"\n{_tally(findings)} in {_count(relations, 'relation')}.")
    return sum(finding.severity is Severity.FAULT for finding in findings)


def _line(checked: Checked) -> str:
    rows = "not read" if checked.rows is None else _count(checked.rows, "row")
    time = "" if checked.milliseconds is None else f"{checked.milliseconds:.1f} ms"
    well = "ok" if time or not checked.rows else "nobody to ask for"
    return f"{checked.relation:<18}{rows:>9}{time:>11}   {_tally(checked.findings, nothing=well)}"


def _finding(finding: Finding) -> Iterator[str]:
    place = ".".join(part for part in (finding.relation or "billing", finding.column) if part)
    yield f"{HEADINGS[finding.severity]} {place}{_rows(finding)}"
    yield fill(
        finding.found,
        WIDTH,
        initial_indent="  found     ",
        subsequent_indent=" " * 12,
        break_long_words=False,
        break_on_hyphens=False,
    )
    if finding.expected:
        yield f"  expected  {finding.expected}"
    yield f"  to do     {finding.advice}"


def _rows(finding: Finding) -> str:
    if not finding.rows:
        return ""
    if finding.key is None:
        return f", {_count(finding.rows, 'row')}"
    more = f" and {_count(finding.rows - 1, 'row')} more" if finding.rows > 1 else ""
    return f", row {finding.key}{more}"


def _tally(findings: Iterable[Finding], *, nothing: str = "No faults, no warnings") -> str:
    severities = [finding.severity for finding in findings]
    counts = [
        _count(severities.count(severity), severity.value)
        for severity in (Severity.FAULT, Severity.WARNING)
        if severity in severities
    ]
    return ", ".join(counts) or nothing


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

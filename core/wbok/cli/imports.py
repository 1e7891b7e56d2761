"""`wbok import`: takes exported files in, all of them or nothing."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from wbok.billing.imports import ImportReport, Step
from wbok.errors import ConfigError, StoreUnavailable
from wbok.office import Context, office_actor
from wbok.store.audit import Audit


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, change nothing.")
@click.option("--allow-shrink", is_flag=True, help="Also when more than 20 % of the rows are gone.")
@click.pass_obj
def import_files(context: Context, path: Path, dry_run: bool, allow_shrink: bool) -> None:
    """Take in the exported files in the folder PATH."""
    importer = context.unchecked_panel.billing.importer
    if importer is None:
        adapter = context.settings.billing["adapter"]
        raise ConfigError(
            f'billing.adapter: "{adapter}" reads the billing itself; nothing is imported into it.'
        )
    # Before anything is imported: what happened must be written down.
    audit = None if dry_run else context.panel.audit
    with Display() as display:
        report = importer(path, dry_run=dry_run, allow_shrink=allow_shrink, progress=display)
    counts = ", ".join(f"{one.relation} {one.rows}" for one in report.loaded)
    for line in _summary(report):
        click.echo(line)
    if audit is not None:
        _write_down(audit, f"{report.generation}: {counts}")


def _write_down(audit: Audit, details: str) -> None:
    try:
        audit.record("imported", actor=office_actor(), details=details)
    except StoreUnavailable as error:
        raise click.ClickException(
            f"the import is served, but could not be written into the audit: {error}"
        ) from error


def _summary(report: ImportReport) -> list[str]:
    lines = []
    for one in report.loaded:
        before = "" if one.before is None else f" ({one.rows - one.before:+,})"
        lines.append(f"{one.relation}\t{one.rows:,} rows{before}")
    if report.generation is None:
        return [*lines, "No fault was found. It was a dry run: nothing was imported."]
    return [*lines, f"Imported: {report.generation} is served from now on."]


class Display:
    """A bar on a terminal, else one line for each file; both with the rows a second."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._file: str | None = None
        self._begun = time.monotonic()
        self._speed = ""

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def __call__(self, step: Step) -> None:
        self._speed = (
            f"{step.rows:,} rows, {step.rows / max(time.monotonic() - self._begun, 1e-3):,.0f} a second"
        )
        if step.file != self._file:
            self._open(step)
        if self._bar is not None:
            self._bar.update(step.done - self._bar.pos)
        if step.finished:
            self._close()
            if not sys.stderr.isatty():
                click.echo(f"{step.file}: {self._speed}", err=True)
            self._begun = time.monotonic()

    def _open(self, step: Step) -> None:
        self._close()
        self._file = step.file
        if sys.stderr.isatty():
            self._bar = click.progressbar(
                length=step.size, label=step.file, file=sys.stderr, item_show_func=lambda _item: self._speed
            )
            self._bar.__enter__()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
        self._bar, self._file = None, None

"""`wbok new`: a distribution of one's own to begin with."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import click

from wbok import connections, plugins
from wbok.scaffold import Kind, write_distribution


@click.group()
def new() -> None:
    """Write a package of your own, with tests that pass at once."""


@new.command()
@click.argument("name")
def adapter(name: str) -> None:
    """Write the adapter NAME, for a billing of your own, into the folder wbok-NAME."""
    _write("adapter", name, taken={entry.name for entry in entry_points(group=connections.GROUP)})


@new.command()
@click.argument("name")
def tab(name: str) -> None:
    """Write the tab NAME into the folder wbok-NAME."""
    _write("tab", name, taken={*plugins.installed(), *plugins.RESERVED})


def _write(kind: Kind, name: str, *, taken: set[str]) -> None:
    folder = write_distribution(kind, name, into=Path.cwd(), taken=taken)
    click.echo(f"Written: {folder}")
    click.echo("Next:")
    click.echo(f"  1. cd {folder.name}")
    click.echo("  2. pip install -e '.[test]'")
    click.echo("  3. pytest")
    click.echo("  4. README.md says what to change.")

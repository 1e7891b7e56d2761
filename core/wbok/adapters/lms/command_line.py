"""`wbok lms …`: what whoever looks after LMS's database may want to do for the panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from wbok.adapters.lms.address import lms_address
from wbok.adapters.lms.grants import Grants
from wbok.adapters.lms.indexes import create_index, lacking_indexes
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.settings import timeout_seconds
from wbok.adapters.sql.database import open_database
from wbok.billing import AdapterContext


def commands(config: Mapping[str, Any], context: AdapterContext) -> click.Group:
    """Over the section of the configuration that names LMS. Connects only when a command must."""

    @click.group()
    def lms() -> None:
        """The database of LMS."""

    @lms.command()
    @click.option("--user", help="The account that reads; by default the user of url.")
    @click.option("--write-user", help="The account that writes; by default the user of write_url.")
    @click.option("--host", help="Where the panel runs, as MariaDB names it; by default from url.")
    def grants(user: str | None, write_user: str | None, host: str | None) -> None:
        """Print the rights that the panel's accounts need. They are for an administrator; nothing is run."""
        url = lms_address(config, "url", where=context.section)
        click.echo("-- Reading: url")
        for line in Grants(url, user=user or url.username or "wbok", host=host).reading():
            click.echo(line)
        writer = write_user
        if "write_url" in config:
            writer = writer or lms_address(config, "write_url", where=context.section).username
        click.echo("\n-- Writing: write_url. Leave it out, and nothing is ever written into LMS.")
        for line in Grants(url, user=writer or "wbok_writer", host=host).writing():
            click.echo(line)

    @lms.command()
    def indexes() -> None:
        """Print indexes that LMS lacks and the panel would use. It works without them; nothing is run."""
        where = context.section
        url = lms_address(config, "url", where=where)
        database = open_database(url, timeout=timeout_seconds(config, where=where), zone=context.zone)
        settings = LmsSettings(
            database,
            config.get("settings", {}),
            clock=lambda: int(context.clock().timestamp()),
            where=f"{where}.settings",
        )
        lacking = tuple(lacking_indexes(database, settings))
        for wanted in lacking:
            click.echo(f"{create_index(wanted, database.dialect)}  -- {wanted.reason}")
        if not lacking:
            click.echo("-- Every index that the panel would use is there.")

    return lms

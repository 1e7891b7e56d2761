"""Writes the demo's provider into an empty database of PostgreSQL or MariaDB, in the tables of LMS."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from support.exports import typed_rows
from support.places import engine_of

from bench.lms.tickets import write_helpdesk
from bench.lms.writer import Writer
from lms_demo import messages, money, people, telephone
from lms_demo.differences import fits
from lms_demo.provider import Provider, owner_of
from wbok.adapters.lms.tables import SCHEMA_VERSION, metadata
from wbok.adapters.lms.tables.settings import dbinfo, uiconfig
from wbok.relations import CANONICAL

SETTINGS = {
    ("userpanel", "auth_type"): "1",
    ("finances", "pay_title"): "Abonament, ID %CID%",
}


def fill(url: str, demo: Path, *, customers: Collection[str], now: datetime) -> None:
    """`demo`: the file of `wbok_demo.build_billing`; of its customers only these are written, and whatever is
    everybody's. `now`: aware; who is online was so a minute before.
    """
    rows = {
        name: [
            row for row in typed_rows(demo, name) if fits(row) and owner_of(name, row) in {None, *customers}
        ]
        for name in CANONICAL
    }
    engine = engine_of(url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        provider = Provider(rows, Writer(connection, tuple(metadata.sorted_tables)), now=now)
        provider.add(dbinfo, keytype="dbversion", keyvalue=str(SCHEMA_VERSION))
        for (section, variable), value in SETTINGS.items():
            provider.add(uiconfig, section=section, var=variable, value=value)
        people.write(provider)
        money.write(provider)
        telephone.write(provider)
        messages.write(provider)
        write_helpdesk(provider.writer)
        provider.writer.finish()
    engine.dispose()

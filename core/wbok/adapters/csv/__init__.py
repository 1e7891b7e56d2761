"""Adapter `csv`: exported files, checked and taken in by `wbok import`, then read like any database.

[billing]
adapter = "csv"
folder = "/var/lib/wbok/csv"

[billing.files]
customers = "customers.csv"
credentials = { file = "pins.csv", columns = { login = "Nr", customer_id = "Nr", pin = "PIN" } }
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from wbok.adapters.csv.generations import Generations
from wbok.adapters.csv.importer import CsvImporter
from wbok.adapters.csv.mapping import read_mappings
from wbok.adapters.csv.serving import Serving
from wbok.adapters.originals import SETTINGS as FILES
from wbok.adapters.originals import read_originals
from wbok.adapters.settings import refuse_unknown, timeout_seconds
from wbok.adapters.sql.bundle import billing_over
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.database import Database
from wbok.billing import AdapterContext, Billing
from wbok.errors import ConfigError

__all__ = ["connect"]

SETTINGS = ("folder", "files", "timeout_seconds", *FILES)


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """A Billing over `[billing]` of the configuration. Works from the first import on. Raises ConfigError."""
    if context.section != "billing":
        raise ConfigError(f"{context.section}: the adapter csv can only be that of the whole [billing].")
    refuse_unknown(config, SETTINGS, adapter="csv", where="billing")
    folder = config.get("folder")
    if not isinstance(folder, str) or not Path(folder).is_absolute():
        raise ConfigError(
            'billing.folder is missing: where imported data are kept. Write it like "/var/lib/wbok/csv".'
        )
    mappings = read_mappings(config.get("files"))
    generations = Generations(Path(folder))
    serving = Serving(generations, timeout=timeout_seconds(config, where="billing"))
    database = Database(serving.engine, dialect="sqlite", shape=serving.shape)
    sources = {name: mapping.source for name, mapping in mappings.items()}
    return billing_over(
        database,
        sources,
        context,
        pin_format="hmac",
        address=Address(URL.create("sqlite", database=folder), context.section),
        originals=read_originals(config, where="billing"),
        reading=serving.reading,
        importer=CsvImporter(generations, mappings, context),
    )

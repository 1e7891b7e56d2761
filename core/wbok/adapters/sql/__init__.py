"""Adapter `sql`: each relation is a table, a view or a SELECT of the provider's database, named in the config.

[billing]
adapter = "sql"
url = "sqlite:////srv/billing.sqlite"

[billing.relations]
customers = "customers"
ledger = { select = "SELECT …", types = { amount = "money:grosze" } }
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.originals import SETTINGS as FILES
from wbok.adapters.originals import read_originals
from wbok.adapters.settings import refuse_unknown, timeout_seconds
from wbok.adapters.sql.bundle import billing_over
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.database import open_database
from wbok.adapters.sql.source import read_sources
from wbok.billing import PIN_FORMATS, AdapterContext, Billing
from wbok.databases import database_url
from wbok.errors import ConfigError

__all__ = ["connect"]

SETTINGS = {"url", "relations", "pin_format", "timeout_seconds", *FILES}


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """A Billing over `[billing]` of the configuration. Does not connect yet. Raises ConfigError."""
    where = context.section
    refuse_unknown(config, SETTINGS, adapter="sql", where=where)
    if not isinstance(config.get("url"), str):
        raise ConfigError(f'{where}.url is missing. Write it like "sqlite:////srv/billing.sqlite".')
    pin_format = config.get("pin_format", "plain")
    if pin_format not in PIN_FORMATS:
        raise ConfigError(
            f"{where}.pin_format: {pin_format} is unknown. There are: {', '.join(PIN_FORMATS)}."
        )
    relations = config.get("relations")
    if not isinstance(relations, Mapping):
        raise ConfigError(f"{where}.relations is missing: it names the table of each relation.")
    timeout = timeout_seconds(config, where=where)
    url = database_url(config["url"], where=f"{where}.url")
    database = open_database(url, timeout=timeout, zone=context.zone)
    sources = read_sources(relations, where=f"{where}.relations", needed=_needed(context.only))
    return billing_over(
        database,
        sources,
        context,
        pin_format=pin_format,
        address=Address(url, context.section),
        originals=read_originals(config, where=where),
    )


def _needed(only: str | None) -> tuple[str, ...]:
    """The relations without which there is nothing to show."""
    needed = {"finance": ("ledger",), "phone": ("calls",), "notifications": ("notices",)}
    return needed.get(only or "", ("customers", "credentials"))

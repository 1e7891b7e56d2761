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

from wbok.adapters.sql.check import SqlCheck
from wbok.adapters.sql.customers import SqlCustomers
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.finance import SqlFinance
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.source import read_sources
from wbok.billing import PIN_FORMATS, AdapterContext, Billing
from wbok.errors import ConfigError

__all__ = ["connect"]

MAX_TIMEOUT_SECONDS = 60
SETTINGS = {"url", "relations", "pin_format", "timeout_seconds"}


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """A Billing over `[billing]` of the configuration. Does not connect yet. Raises ConfigError."""
    for name in config:
        if name not in SETTINGS:
            raise ConfigError(f"billing.{name}: the adapter sql does not know this setting.")
    if not isinstance(config.get("url"), str):
        raise ConfigError('billing.url is missing. Write it like "sqlite:////srv/billing.sqlite".')
    pin_format = config.get("pin_format", "plain")
    if pin_format not in PIN_FORMATS:
        raise ConfigError(
            f"billing.pin_format: {pin_format} is unknown. There are: {', '.join(PIN_FORMATS)}."
        )
    relations = config.get("relations")
    if not isinstance(relations, Mapping):
        raise ConfigError("billing.relations is missing: it names the table of each relation.")
    database = Database(config["url"], timeout=_seconds(config.get("timeout_seconds", 5)))
    sources = read_sources(relations)
    reader = Reader(database, sources, zone=context.zone, currency=context.currency)
    return Billing(
        customers=SqlCustomers(reader, pin_format=pin_format),
        finance=SqlFinance(reader) if reader.has("ledger") else None,
        currency=context.currency,
        check=SqlCheck(database, sources, reader, zone=context.zone, pin_format=pin_format),
    )


def _seconds(value: object) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0
    if not 0 < seconds <= MAX_TIMEOUT_SECONDS:
        raise ConfigError(f"billing.timeout_seconds: {value} is no time; write seconds, 0.1 to 60.")
    return seconds

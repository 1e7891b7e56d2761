"""What an adapter gives to the panel when its relations are read by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.originals import Originals
from wbok.adapters.sql.check import SqlCheck
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.customers import SqlCustomers
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.directory import SqlDirectory
from wbok.adapters.sql.finance import SqlFinance
from wbok.adapters.sql.notifications import SqlNotifications
from wbok.adapters.sql.phone import SqlPhone
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.source import Source
from wbok.billing import AdapterContext, Billing


def billing_over(
    database: Database,
    sources: Mapping[str, Source],
    context: AdapterContext,
    *,
    pin_format: str | None,
    address: Address,
    originals: Originals,
    **more: Any,
) -> Billing:
    """Each capability that these relations have; `more` are further parts of the Billing, or other ones.

    `pin_format` is None where each PIN says its own.
    """
    reader = Reader(database, sources, context=context)
    parts: dict[str, Any] = {
        "customers": SqlCustomers(reader, pin_format=pin_format or "plain"),
        "finance": SqlFinance(reader, originals) if reader.has("ledger") else None,
        "phone": SqlPhone(reader) if reader.has("calls") else None,
        "notifications": SqlNotifications(reader) if reader.has("notices") else None,
        "directory": SqlDirectory(database, sources, zone=context.zone),
        "currency": context.currency,
        "check": SqlCheck(
            database,
            sources,
            reader,
            zone=context.zone,
            pin_format=pin_format,
            address=address,
            originals=originals,
        ),
    }
    return Billing(**parts | more)

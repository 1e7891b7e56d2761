"""Small billing databases, written as real files, and a Billing over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wbok.billing import AdapterContext, Billing, Finance
from wbok.domain.finance import LedgerEntry, LedgerRequest

Rows = Iterable[Mapping[str, Any]]
Make = Callable[..., Billing]
CONTEXT = AdapterContext(zone=ZoneInfo("Europe/Warsaw"), currency="PLN")


def write_tables(path: Path, **tables: Rows) -> Path:
    """One table for each name, its columns those of the first row, without declared types."""
    connection = sqlite3.connect(path)
    with connection:
        for name, rows in tables.items():
            rows = list(rows)
            columns = list(rows[0])
            connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            marks = ", ".join("?" for _ in columns)
            connection.executemany(
                f"INSERT INTO {name} VALUES ({marks})", [tuple(row[c] for c in columns) for row in rows]
            )
    connection.close()
    return path


def people(number: int, *, pin: str = "4711") -> dict[str, list[dict[str, Any]]]:
    """`customers` and `credentials` 1 … number, all with one PIN."""
    ids = range(1, number + 1)
    return {
        "customers": [{"id": i, "name": f"Klient {i}"} for i in ids],
        "credentials": [{"login": str(i), "customer_id": i, "pin": pin} for i in ids],
    }


def finance(billing: Billing) -> Finance:
    assert billing.finance is not None
    return billing.finance


def entry(number: int, customer: Any, amount: Any, day: Any = "2026-11-01", **more: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "customer_id": customer,
        "booked_on": day,
        "amount": amount,
        "description": f"n{number}",
    }
    return row | more


def whole_ledger(billing: Billing, customer_id: str, *, limit: int = 3, **more: Any) -> list[LedgerEntry]:
    """All entries, newest first, read page by page."""
    entries: list[LedgerEntry] = []
    after = None
    while True:
        page = finance(billing).ledger(customer_id, LedgerRequest(after=after, limit=limit, **more))
        assert len(page.rows) <= limit
        entries += page.rows
        after = page.next
        if after is None:
            return entries

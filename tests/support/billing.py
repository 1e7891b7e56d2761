"""Small billing databases, written as real files, and a Billing over them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from wbok.billing import Billing, Finance
from wbok.domain.finance import LedgerEntry, LedgerRequest
from wbok.testing import adapter_context

Rows = Iterable[Mapping[str, Any]]
Make = Callable[..., Billing]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
CONTEXT = adapter_context()


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
                f"INSERT INTO {name} VALUES ({marks})",
                [tuple(_cell(row[c]) for c in columns) for row in rows],
            )
    connection.close()
    return path


def _cell(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


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


def _moment(text: Any) -> Any:
    """A day or a moment, where the text is one: a server's columns have types."""
    if isinstance(text, str) and DAY.fullmatch(text):
        return date.fromisoformat(text)
    if isinstance(text, str) and MOMENT.fullmatch(text):
        return datetime.fromisoformat(text)
    return text


def entry(number: int, customer: Any, amount: Any, day: Any = "2026-11-01", **more: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "customer_id": customer,
        "booked_on": _moment(day),
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

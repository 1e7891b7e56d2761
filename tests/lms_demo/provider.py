"""The rows of the canonical relations, and where they are written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table

from bench.lms.writer import Writer
from wbok.relations import CANONICAL

Row = dict[str, Any]
WARSAW = ZoneInfo("Europe/Warsaw")
MORNING, AFTERNOON, LAST = time(8), time(15), time(23, 59, 59)


class Provider:
    def __init__(self, rows: Mapping[str, list[Row]], writer: Writer, *, now: datetime) -> None:
        self.rows = rows
        self.writer = writer
        self.now = now

    def add(self, table: Table, **values: object) -> int:
        return self.writer.add(table, **values)

    def of_customer(self, name: str, customer_id: int) -> Iterable[Row]:
        return (row for row in self.rows[name] if row["customer_id"] == customer_id)


def epoch(day: date | None, at: time = time(0)) -> int:
    """By the clock on the provider's wall; 0 for no day, as LMS has it."""
    return int(datetime.combine(day, at, WARSAW).timestamp()) if day else 0


def epoch_of(moment: datetime) -> int:
    """`moment`: naive, by the clock on the provider's wall."""
    return int(moment.replace(tzinfo=WARSAW).timestamp())


def owner_of(relation: str, row: Row) -> str | None:
    """Whose row it is; None for what is everybody's."""
    owner = CANONICAL[relation].owner
    return str(row[owner]) if owner and row[owner] is not None else None

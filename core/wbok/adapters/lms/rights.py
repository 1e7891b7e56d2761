"""What the panel does with each table of LMS: everything is read that `tables` names, little is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wbok.adapters.lms.tables import metadata


@dataclass(frozen=True, slots=True)
class Writes:
    """`updates`: the columns that are changed. What is inserted is inserted whole."""

    inserts: bool = False
    updates: tuple[str, ...] = ()


WRITES: Mapping[str, Writes] = {
    "messageitems": Writes(updates=("status", "lastdate", "lastreaddate")),
    "rtattachments": Writes(inserts=True),
    "rtmessages": Writes(inserts=True),
    "rttickets": Writes(inserts=True, updates=("state", "modtime")),
    "rtticketcategories": Writes(inserts=True),
    "up_customers": Writes(
        inserts=True,
        updates=("lastlogindate", "lastloginip", "failedlogindate", "failedloginip", "enabled"),
    ),
}
NOT_READ = frozenset({"up_customers"})
"""Whoever only reads needs nothing of these."""

LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "customercontacts": ("id", "customerid", "contact", "type"),
    "customers": ("id", "deleted"),
    "rtcategories": ("id",),
    "rtqueues": ("id", "deleted"),
}
"""What is read in the transactions that write: no PIN is among it."""


def read_tables() -> tuple[str, ...]:
    return tuple(sorted(set(metadata.tables) - NOT_READ))


def written_tables() -> tuple[str, ...]:
    return tuple(sorted(set(WRITES) & set(metadata.tables)))


def columns_of(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in metadata.tables[table].columns)


def is_numbered(table: str) -> bool:
    """Whether the database numbers its rows: on PostgreSQL that is a sequence with rights of its own."""
    return "id" in metadata.tables[table].columns

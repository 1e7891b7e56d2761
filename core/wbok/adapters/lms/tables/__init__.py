"""The tables of LMS that the panel reads and writes: the columns that it needs, their types and their indexes.

As schema version 2026081100 has them. An index is named only where LMS has one, so that a database made from here
is as fast, and as slow, as a real one.
"""

from __future__ import annotations

from wbok.adapters.lms.tables import finance, messages, people, phone, settings, tariffs, tickets
from wbok.adapters.lms.tables.columns import metadata

__all__ = [
    "SCHEMA_VERSION",
    "finance",
    "messages",
    "metadata",
    "people",
    "phone",
    "settings",
    "tariffs",
    "tickets",
]

SCHEMA_VERSION = 2026081100

"""What a column is in the database itself, where that changes how it must be asked.

SQLite types values and not columns, so nothing is known there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Native(StrEnum):
    TEXT = "text"
    FLOAT = "float"
    STAMP = "moment in the session's zone"
    """MariaDB's TIMESTAMP, which looks like a DATETIME and is one in UTC."""
    OTHER = "other"


# The driver's type codes: oids of PostgreSQL, field types of MariaDB.
CODES: Mapping[str, Mapping[int, Native]] = {
    "postgresql": {
        **dict.fromkeys((18, 19, 25, 1042, 1043), Native.TEXT),
        **dict.fromkeys((700, 701), Native.FLOAT),
    },
    "mysql": {
        **dict.fromkeys((15, 249, 250, 251, 252, 253, 254), Native.TEXT),
        **dict.fromkeys((4, 5), Native.FLOAT),
        7: Native.STAMP,
    },
}


def native_of(dialect: str, code: object) -> Native:
    known = CODES.get(dialect, {})
    return known.get(code, Native.OTHER) if isinstance(code, int) else Native.OTHER

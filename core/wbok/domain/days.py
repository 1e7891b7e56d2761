"""Days as they come from a form."""

from __future__ import annotations

import re
from datetime import date

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)


def typed_day(text: str) -> date | None:
    """`2026-11-24`, as a date field sends it; None for what is no day, or none that a billing could know."""
    if not DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None

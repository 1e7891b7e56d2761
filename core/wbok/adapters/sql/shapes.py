"""How days and moments must lie where they are compared as the texts or numbers that they are.

That is so in SQLite, and in columns for text anywhere.

Another shape would be put in a wrong place, and the customer would see a wrong period without anybody noticing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from wbok.relations import NativeType

DAY = re.compile(r"\d{4}-\d\d-\d\d(\D.*)?", re.ASCII | re.DOTALL)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` is None for numbers."""

    words: str
    advice: str
    pattern: re.Pattern[str] | None

    def fits(self, raw: Any) -> bool:
        """A moment as the database's own type always does; so does nothing at all."""
        if isinstance(raw, str):
            return self.pattern is not None and self.pattern.fullmatch(raw) is not None
        return self.pattern is None or not isinstance(raw, int | float | bytes)


DAYS = Shape(
    "text as 2026-11-01",
    "declare instant:epoch_s for seconds since 1970; for another text write a select with date(column)",
    DAY,
)
MOMENTS = Shape(
    "text as 2026-11-01 10:00:00",
    "write a select with datetime(column), or unixepoch(column) and the type instant:epoch_s",
    MOMENT,
)
NUMBERS = Shape("a number", "write a select with CAST(column AS INTEGER)", None)


def shape_of(kind: NativeType) -> Shape | None:
    """None for what is neither a day nor a moment."""
    if kind.spec == "date":
        return DAYS
    if kind.spec.startswith("instant:epoch"):
        return NUMBERS
    return MOMENTS if kind.spec.startswith("instant:") else None

"""A moment in a file, by the provider's clock, becomes the text that a generation holds: `2026-11-12 09:14:33`."""

from __future__ import annotations

import re
from datetime import datetime

from wbok.adapters.rules import Refused

FIRST_YEAR = 1900
NO_DAY = "0000-00-00"
CLOCK = r"[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?"
ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){CLOCK}", re.ASCII)
DOTTED = re.compile(rf"([0-9]{{1,2}})\.([0-9]{{1,2}})\.([0-9]{{4}}),?{CLOCK}", re.ASCII)
NOT_ONE = (
    "is not a moment like 12.11.2026 09:14:33 or 2026-11-12 09:14:33, by the clock and without a time zone; "
    "another order is declared with format"
)


def moment(text: str) -> str | None:
    """Raises Refused."""
    text = text.strip()
    if not text or text.startswith(NO_DAY):
        return None
    if found := ISO.fullmatch(text):
        year, month, day, hour, minute, second = found.groups()
    elif found := DOTTED.fullmatch(text):
        day, month, year, hour, minute, second = found.groups()
    else:
        raise Refused(NOT_ONE)
    try:
        read = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001
    except ValueError:
        raise Refused("is not a moment: there is no such day or hour") from None
    return _kept(read)


def moment_in(moment_format: str, text: str) -> str | None:
    """Raises Refused."""
    text = text.strip()
    if not text:
        return None
    try:
        read = datetime.strptime(text, moment_format)  # noqa: DTZ007 - by the provider's clock
    except ValueError:
        raise Refused(f'is not a moment in the format "{moment_format}"') from None
    return _kept(read.replace(tzinfo=None, microsecond=0))


def _kept(read: datetime) -> str:
    if read.year < FIRST_YEAR:
        raise Refused(f"is not a moment: the year is before {FIRST_YEAR}")
    return read.isoformat(sep=" ")

"""Moments as the office types them: a day, or a day with the hour, by the provider's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"
YEARS = range(2000, 2200)


def read_moment(typed: str | None, *, zone: ZoneInfo, at_end: bool = False) -> datetime | None:
    """A day alone is its beginning, or with `at_end` its end. Raises click.ClickException."""
    if typed is None:
        return None
    for pattern in (MOMENT, DAY):
        try:
            read = datetime.strptime(typed.strip(), pattern).replace(tzinfo=zone)
        except ValueError:
            continue
        if read.year not in YEARS:
            break
        return read + timedelta(days=1) if at_end and pattern == DAY else read
    raise click.ClickException(f'"{typed}" is no moment. Write it like "2026-11-24" or "2026-11-24 18:00".')

"""Pages of the billing in memory: a mark names the last row that was shown."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Protocol, TypeVar

from wbok.domain.page import Page
from wbok.errors import Rejected


class HasId(Protocol):
    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=HasId)


def behind(kind: str, rows: Sequence[Row], mark: str | None) -> Sequence[Row]:
    """A mark names the last row that was shown; only one of the customer's own rows is a place in his list."""
    if mark is None:
        return rows
    last = _read_mark(kind, mark)
    for place, row in enumerate(rows, start=1):
        if row.id == last:
            return rows[place:]
    raise Rejected("page mark")


def page_of(kind: str, rows: Sequence[Row], limit: int) -> Page[Row]:
    shown = tuple(rows[:limit])
    return Page(shown, _write_mark(kind, shown[-1].id) if len(rows) > limit else None)


def _write_mark(kind: str, row_id: str) -> str:
    return base64.urlsafe_b64encode(f"{kind} {row_id}".encode()).decode().rstrip("=")


def _read_mark(kind: str, mark: str) -> str:
    try:
        text = base64.b64decode(mark + "=" * (-len(mark) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise Rejected("page mark") from error
    if not text.startswith(f"{kind} "):
        raise Rejected("page mark")
    return text.removeprefix(f"{kind} ")

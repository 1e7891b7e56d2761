"""The mark between two pages: the place of the last row in the order. Opaque to everybody else.

It says nothing but a place: sent to another customer, it only begins that customer's own list elsewhere. It is
sealed by the panel, so a database is never asked for a place that somebody made up.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from wbok.billing import Seal
from wbok.errors import Rejected, Unavailable

MAX_MARK = 4000
TAGS = {date: "d", datetime: "t", UUID: "u", Decimal: "n"}
READ: Mapping[str, Callable[[str], Any]] = {
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
    "u": UUID,
    "n": Decimal,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """`sort` and `key` as the driver gave them."""

    sort: Any
    key: Any


class Marks:
    """Of one relation each: a mark of another one is none."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def write(self, relation: str, mark: Mark) -> str:
        """Raises Unavailable for a row by which nobody can page."""
        body = [_tagged(mark.sort), _tagged(mark.key)]
        text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
        place = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        return f"{place}.{self._seal(f'{relation} {place}')}"

    def read(self, relation: str, text: str) -> Mark:
        """Raises Rejected."""
        place, _, seal = text.partition(".")
        if len(text) > MAX_MARK or not text.isascii() or not self._is_ours(relation, place, seal):
            raise Rejected("page mark")
        body = json.loads(base64.b64decode(place + "=" * (-len(place) % 4), altchars=b"-_", validate=True))
        return Mark(*(_untagged(part) for part in body))

    def _is_ours(self, relation: str, place: str, seal: str) -> bool:
        return hmac.compare_digest(seal, self._seal(f"{relation} {place}"))


def _tagged(value: Any) -> Any:
    tag = TAGS.get(type(value))
    if tag is not None:
        return [tag, value.isoformat() if isinstance(value, date) else str(value)]
    if isinstance(value, int | float | str):
        return value
    raise Unavailable(f"a list cannot be paged by a {type(value).__name__}")


def _untagged(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    tag, text = value
    return READ[tag](text)

"""The mark between two pages: the place of the last row in the order. Opaque to everybody else.

It is neither secret nor signed, so it says nothing but a place: whatever is forged, or sent to another customer,
only begins that customer's own list elsewhere. What is no mark of ours is `Rejected`.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wbok.errors import Rejected, Unavailable
from wbok.relations.types import MAX_INT

MAX_MARK = 4000
TAGS = {date: "d", datetime: "t", UUID: "u"}


@dataclass(frozen=True, slots=True)
class Mark:
    """`sort` and `key` as the driver gave them."""

    sort: Any
    key: Any


def write_mark(mark: Mark) -> str:
    """Raises Unavailable for a row by which nobody can page."""
    body = [_tagged(mark.sort), _tagged(mark.key)]
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(text: str) -> Mark:
    """Raises Rejected."""
    if len(text) > MAX_MARK or not text.isascii():
        raise Rejected("page mark")
    try:
        body = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        sort, key = body
        return Mark(_untagged(sort), _untagged(key))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise Rejected("page mark") from error


def _tagged(value: Any) -> Any:
    tag = TAGS.get(type(value))
    if tag is not None:
        return [tag, str(value) if tag == "u" else value.isoformat()]
    if isinstance(value, int | float | str):
        return value
    raise Unavailable(f"a list cannot be paged by a {type(value).__name__}")


def _untagged(value: Any) -> Any:
    if isinstance(value, bool):
        raise Rejected("page mark")
    if isinstance(value, int) and abs(value) <= MAX_INT:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, str) and "\x00" not in value:
        value.encode()
        return value
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
        raise Rejected("page mark")
    tag, text = value
    if tag == "d":
        return date.fromisoformat(text)
    if tag == "t":
        return datetime.fromisoformat(text)
    if tag == "u":
        return UUID(text)
    raise Rejected("page mark")

"""The mark between two pages: the last row's place in the order, and the balance at which the next page opens.

Opaque to everybody else. It is not secret and not signed: it is only ever used within the customer's own
rows, so whoever forges one sees a senseless page of his own. What is no mark of ours is `Rejected`.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from wbok.errors import Rejected
from wbok.relations.types import MAX_INT

MAX_MARK = 1000
MAX_CURRENCIES = 20
MAX_BALANCE_DIGITS = 15
TAGS = {date: "d", datetime: "t", Decimal: "n", UUID: "u"}


@dataclass(frozen=True, slots=True)
class Mark:
    """`sort` and `key` as the driver gave them; `balances` by currency, before the next page's first row."""

    sort: Any
    key: Any
    balances: Mapping[str, Decimal] = field(default_factory=dict)


def write_mark(mark: Mark) -> str:
    body = [_tagged(mark.sort), _tagged(mark.key), {c: str(b) for c, b in mark.balances.items()}]
    return base64.urlsafe_b64encode(json.dumps(body, separators=(",", ":")).encode()).decode().rstrip("=")


def read_mark(text: str) -> Mark:
    """Raises Rejected."""
    if len(text) > MAX_MARK or not text.isascii():
        raise Rejected("page mark")
    try:
        body = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        sort, key, balances = body
        if not isinstance(balances, dict) or len(balances) > MAX_CURRENCIES:
            raise Rejected("page mark")
        return Mark(_untagged(sort), _untagged(key), {str(c): _balance(b) for c, b in balances.items()})
    except (binascii.Error, ValueError, TypeError, InvalidOperation, RecursionError) as error:
        raise Rejected("page mark") from error


def _tagged(value: Any) -> Any:
    tag = TAGS.get(type(value))
    if tag is None:
        return value
    return [tag, value.isoformat() if tag in "dt" else str(value)]


def _untagged(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INT:
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
    if tag == "n":
        return _balance(text)
    raise Rejected("page mark")


def _balance(text: object) -> Decimal:
    value = Decimal(str(text))
    # The exponents come first: arithmetic on a number of a billion digits would never end.
    if not value.is_finite() or value.adjusted() >= MAX_BALANCE_DIGITS or value.as_tuple().exponent < -9:  # type: ignore[operator]
        raise Rejected("page mark")
    return value

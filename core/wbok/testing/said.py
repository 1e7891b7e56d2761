"""How the kit shows what it asked and got: only what matters, for somebody who reads it for the first time."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from enum import Enum
from typing import Any

from wbok.domain.money import Money


def shown(value: Any) -> str:
    """A request, a row, an amount: without fields that have their default."""
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = [f"{name}={shown(part)}" for name, part in _told(value)]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, tuple | list):
        return f"({', '.join(map(shown, value))})"
    return repr(value)


def differences(row: Any, other: Any) -> str:
    """Where two rows of one kind differ: `balance_after is 30.00 PLN, there 124.99 PLN`."""
    if not dataclasses.is_dataclass(row) or type(row) is not type(other):
        return f"is {shown(row)}, there {shown(other)}"
    return "; ".join(
        f"{field.name} is {shown(mine)}, there {shown(theirs)}"
        for field in dataclasses.fields(row)
        if (mine := getattr(row, field.name)) != (theirs := getattr(other, field.name))
    )


def _told(value: Any) -> list[tuple[str, Any]]:
    fields = dataclasses.fields(value)
    return [(f.name, part) for f in fields if (part := getattr(value, f.name)) != f.default]

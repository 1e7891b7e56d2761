"""Columns of ours that need more than one cell of a row: differences, keys of several columns, hashes of PINs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wbok.adapters.csv.cells import Cell
from wbok.adapters.csv.values import EMPTY, grosze
from wbok.adapters.rules import Refused, check_pin
from wbok.billing import HashPin
from wbok.relations import Column
from wbok.relations.types import MAX_TEXT_KEY

OfRow = Callable[[Sequence[str]], Any]
ROOM_FOR_ORDINAL = 10


def hashed_pin(cell: Cell, at: int, whose: OfRow, hash_pin: HashPin) -> OfRow:
    """PIN and customer → what is kept. No message shows the PIN."""

    def hashed(row: Sequence[str]) -> str:
        pin = row[at].strip()
        try:
            check_pin(pin)
        except Refused as refused:
            raise Refused(str(refused), header=cell.label) from None
        return hash_pin(pin, customer_id=whose(row))

    return hashed


def difference(column: Column, cell: Cell, at: Sequence[int]) -> OfRow:
    """The first amount minus the second; an empty one of the two is nothing."""

    def read(row: Sequence[str], which: int) -> int | None:
        text = row[at[which]]
        try:
            return grosze(text)
        except Refused as refused:
            raise Refused(str(refused), header=cell.headers[which], value=text.strip()) from None

    def subtracted(row: Sequence[str]) -> int | None:
        first, second = read(row, 0), read(row, 1)
        if first is None and second is None:
            _refuse_needed(column, cell)
            return None
        found = (first or 0) - (second or 0)
        return -found if cell.negate else found

    return subtracted


def joined_key(column: Column, cell: Cell, at: Sequence[int]) -> OfRow:
    """One text for the cells, the same for the same cells only."""

    def joined(row: Sequence[str]) -> str | None:
        parts = [row[place].strip() for place in at]
        if not any(parts):
            _refuse_needed(column, cell)
            return None
        key = "|".join(_escaped(part) for part in parts)
        if len(key) > MAX_TEXT_KEY - ROOM_FOR_ORDINAL:
            raise Refused("is too long for a key", header=cell.label, value=key)
        return key

    return joined


def _escaped(part: str) -> str:
    """`|` parts the cells, and `#` stands before the ordinal of what occurs again."""
    for sign in "\\|#":
        part = part.replace(sign, f"\\{sign}")
    return part


def _refuse_needed(column: Column, cell: Cell) -> None:
    if column.needs_value:
        raise Refused(EMPTY, header=cell.label)

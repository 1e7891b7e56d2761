"""A cell's text becomes the value that a generation holds: as people write it in Poland, or as computers do.

`1 234,56 zł` and `1234.56` become grosze, `12.11.2026` and `2026-11-12` a day in ISO. Each function is made once
for a column; what repeats from row to row is remembered, keys and free texts are not.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from wbok.adapters.csv.cells import Cell
from wbok.adapters.csv.moments import FIRST_YEAR, NO_DAY, moment, moment_in
from wbok.adapters.rules import RULES, Refused
from wbok.errors import NotFound
from wbok.relations import Column, ConversionError, Family, NativeType, Rule, parse_type

Convert = Callable[[str], Any]

REMEMBERED = 65_536
ZONELESS = ZoneInfo("UTC")
AMOUNT = parse_type("money:text")
BOOL = parse_type("bool")
BOOL_WORDS = {"tak": "1", "nie": "0", "yes": "1", "no": "0"}
EMPTY = "is empty, but it is needed"
MOST_DIGITS = 18
MOST_GROSZE = 10**14 - 1
USUAL_AMOUNT = re.compile(r"-?[0-9]{1,12}[.,][0-9]{2}", re.ASCII).fullmatch
WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
CLOCK = r"(?:[ T][0-9]{1,2}:[0-9]{2}.*)?"
ISO_DAY = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){CLOCK}", re.ASCII)
DOTTED_DAY = re.compile(rf"([0-9]{{1,2}})\.([0-9]{{1,2}})\.([0-9]{{4}}){CLOCK}", re.ASCII)


def converter(column: Column, kind: NativeType, cell: Cell, *, currency: str) -> Convert:
    """Text → value; None for an empty one. The function raises Refused. `currency`: the one of empty cells."""
    if _is_free_text(column, cell) and column.rule in (None, Rule.PIN):
        return str.strip if column.needs_value else _stripped
    if column.family is Family.KEY and kind.spec == "int":
        return _needed_int_key if column.needs_value else _int_key
    read = _required(column, _reader(column, kind, cell, currency))
    if column.family in (Family.KEY, Family.INSTANT) or _is_free_text(column, cell):
        return read
    return Remembered(read).__getitem__


class Remembered(dict[str, Any]):
    """What was converted before; a dict alone is faster than any function. It stops growing at some size."""

    def __init__(self, read: Convert) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        value = self._read(text)
        if len(self) < REMEMBERED:
            self[text] = value
        return value


def _is_free_text(column: Column, cell: Cell) -> bool:
    return column.family is Family.TEXT and not (column.words or cell.values or column.rule is Rule.CURRENCY)


def _reader(column: Column, kind: NativeType, cell: Cell, currency: str) -> Convert:
    if column.family is Family.KEY:
        return _login_key if column.rule is Rule.LOGIN else partial(_other_key, kind)
    if column.family is Family.TEXT:
        return _text_reader(column, cell, empty=currency if column.rule is Rule.CURRENCY else "")
    if column.family is Family.BOOL:
        return partial(_bool, cell.values)
    if column.family is Family.WHEN:
        return partial(_day_in, cell.format) if cell.format else _day
    if column.family is Family.INSTANT:
        return partial(moment_in, cell.format) if cell.format else moment
    if column.family in (Family.MONEY, Family.SUMMABLE):
        return lambda text: grosze(text, negate=cell.negate)
    if column.family is Family.NUMBER:
        return lambda text: number(text, negate=cell.negate)
    return _count


def _required(column: Column, read: Convert) -> Convert:
    """An empty text is shown as nothing; anything else that is needed and empty cannot be taken."""
    if not column.needs_value:
        return read
    if column.family is Family.TEXT and not column.words and column.rule is None:
        return lambda text: read(text) or ""

    def needed(text: str) -> Any:
        value = read(text)
        if value is None:
            raise Refused(EMPTY)
        return value

    return needed


def _stripped(text: str) -> str | None:
    return text.strip() or None


def _needed_int_key(text: str) -> int:
    # The fast way for what nearly every cell is.
    if text.isdigit() and text.isascii() and len(text) <= MOST_DIGITS:
        return int(text)
    key = _int_key(text)
    if key is None:
        raise Refused(EMPTY)
    return key


def _int_key(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not WHOLE.fullmatch(text):
        raise Refused('is not a whole number; if keys are texts, write types = { id = "text" }')
    return int(text)


def _other_key(kind: NativeType, text: str) -> str | None:
    text = text.strip()
    if not text:
        return None
    try:
        return str(kind.key(text.lower() if kind.spec == "uuid" else text))
    except NotFound:
        raise Refused("is not a uuid" if kind.spec == "uuid" else "is too long for a key") from None


def _login_key(text: str) -> str | None:
    text = text.strip()
    return RULES[Rule.LOGIN](text) if text else None


def _text_reader(column: Column, cell: Cell, *, empty: str) -> Convert:
    check = RULES.get(column.rule) if column.rule else None

    def read(text: str) -> str | None:
        text = text.strip()
        if cell.values:
            text = _translated(cell.values, text)
        text = text or empty
        if not text:
            return None
        if column.words and text not in column.words:
            raise Refused(f"is none of: {', '.join(column.words)}; translate it with values")
        return check(text) if check else text

    return read


def _translated(values: Mapping[str, str], text: str) -> str:
    if text in values or not text:
        return values.get(text, "")
    raise Refused(f"is not in values, which knows: {', '.join(values)}")


def _bool(values: Mapping[str, str], text: str) -> int | None:
    text = text.strip()
    text = _translated(values, text) if values else BOOL_WORDS.get(text.lower(), text)
    if not text:
        return None
    try:
        return int(BOOL.read(text, zone=ZONELESS))
    except ConversionError:
        raise Refused("is neither yes nor no; write 1 or 0, or translate it with values") from None


def _day(text: str) -> str | None:
    text = text.strip()
    if not text or text.startswith(NO_DAY):
        return None
    if found := ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := DOTTED_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Refused("is not a date like 12.11.2026 or 2026-11-12; another order is declared with format")
    return _iso(int(year), int(month), int(day))


def _day_in(day_format: str, text: str) -> str | None:
    text = text.strip()
    if not text:
        return None
    try:
        year, month, day = time.strptime(text, day_format)[:3]
    except ValueError:
        raise Refused(f'is not a date in the format "{day_format}"') from None
    return _iso(year, month, day)


def _iso(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Refused("is not a date: there is no such day") from None
    if found.year < FIRST_YEAR:
        raise Refused(f"is not a date: the year is before {FIRST_YEAR}")
    return found.isoformat()


def grosze(text: str, *, negate: bool = False) -> int | None:
    """A whole number of grosze: so the database adds up exactly."""
    if USUAL_AMOUNT(text):
        # As below, for what nearly every cell is.
        whole = int(text[:-3] + text[-2:])
        return -whole if negate else whole
    amount = _decimal(text, "an amount")
    if amount is None:
        return None
    scaled = amount * 100
    if scaled != int(scaled):
        raise Refused("is not an amount in whole grosze: it has more than two decimal places")
    whole = int(-scaled if negate else scaled)
    if abs(whole) > MOST_GROSZE:
        raise Refused("is too large: amounts go up to 999 999 999 999,99")
    return whole


def number(text: str, *, negate: bool = False) -> str | None:
    """Without an exponent, so that it is read back as it is."""
    value = _decimal(text, "a number")
    return None if value is None else f"{-value if negate else value:f}"


def _decimal(text: str, what: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        amount: Decimal = AMOUNT.read(text, zone=ZONELESS)
    except ConversionError:
        raise Refused(f"is not {what}") from None
    return amount


def _count(text: str) -> int | None:
    text = "".join(text.split())
    if not text:
        return None
    if not WHOLE.fullmatch(text) or text.startswith("-"):
        raise Refused("is not a whole number of 0 or more")
    return int(text)

"""What PHP's serialize() wrote, as far as LMS keeps it: numbers, texts and arrays. Never an object.

The text comes from a database and may be anything: its length, its depth and the number of its values are limited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

MAX_BYTES = 10_000
MAX_DEPTH = 4
MAX_VALUES = 200
INT = re.compile(rb"-?[0-9]{1,18}")
FLOAT = re.compile(rb"-?[0-9]{1,18}(\.[0-9]{1,20})?(E[+-]?[0-9]{1,2})?")
LENGTH = re.compile(rb"[0-9]{1,5}")

Value = None | bool | int | Decimal | str | Mapping[int | str, "Value"]


class Unreadable(Exception):
    """It is not what serialize() writes, or more than we read. The text does not quote it."""


def unserialized(text: str) -> Value:
    """Numbers with places as Decimal; an array as a mapping of its keys. Raises Unreadable."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise Unreadable("not a text") from None
    if len(raw) > MAX_BYTES:
        raise Unreadable("too long")
    reading = _Reading(raw)
    value = reading.value(depth=0)
    if reading.at != len(raw):
        raise Unreadable("something stands behind its end")
    return value


class _Reading:
    """One pass over the bytes; lengths of texts are counted in them. `at` is where it stands."""

    def __init__(self, raw: bytes) -> None:
        self.at = 0
        self._raw = raw
        self._left = MAX_VALUES
        self._kinds: Mapping[bytes, Callable[[int], Value]] = {
            b"N;": lambda _depth: None,
            b"b:": lambda _depth: self._bool(),
            b"i:": lambda _depth: self._int(),
            b"d:": lambda _depth: Decimal(self._matched(FLOAT, b";").decode()),
            b"s:": lambda _depth: self._text(),
            b"a:": self._array,
        }

    def value(self, *, depth: int) -> Value:
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            raise Unreadable("too deep, or too many values")
        kind = self._kinds.get(self._raw[self.at : self.at + 2])
        if kind is None:
            raise Unreadable("neither number, text nor array")
        self.at += 2
        return kind(depth)

    def _bool(self) -> bool:
        number = self._int()
        if number not in (0, 1):
            raise Unreadable("neither true nor false")
        return bool(number)

    def _int(self) -> int:
        return int(self._matched(INT, b";"))

    def _text(self) -> str:
        length = int(self._matched(LENGTH, b':"'))
        found = self._raw[self.at : self.at + length]
        self.at += len(found)
        self._expect(b'";')
        try:
            return found.decode()
        except UnicodeDecodeError:
            raise Unreadable("a text of another alphabet") from None

    def _array(self, depth: int) -> Mapping[int | str, Value]:
        length = int(self._matched(LENGTH, b":{"))
        if length > self._left:
            raise Unreadable("too many values")
        found: dict[int | str, Value] = {}
        for _place in range(length):
            key = self.value(depth=depth + 1)
            if isinstance(key, bool) or not isinstance(key, int | str):
                raise Unreadable("a key that is neither number nor text")
            found[key] = self.value(depth=depth + 1)
        self._expect(b"}")
        return found

    def _matched(self, pattern: re.Pattern[bytes], end: bytes) -> bytes:
        match = pattern.match(self._raw, self.at)
        if match is None:
            raise Unreadable("a number is missing")
        self.at = match.end()
        self._expect(end)
        return match.group()

    def _expect(self, mark: bytes) -> None:
        if not self._raw.startswith(mark, self.at):
            raise Unreadable("cut off, or not what serialize() writes")
        self.at += len(mark)

"""The closed list of column types: how a value lies in a provider's database, and how we read and bind it.

    int  text  uuid  bool  date  seconds  bytes  count  number  binary
    instant:epoch_s  instant:epoch_ms  instant:utc  instant:local  instant:aware
    money:decimal  money:grosze  money:text

A type may be followed by `zero_is_none` (0 and '0' mean "not set"), for example `"instant:epoch_s zero_is_none"`.
Values are read from whatever a driver gives: SQLite has text where PostgreSQL has a date.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from wbok.domain.money import to_grosze
from wbok.errors import ConfigError, NotFound

MAX_INT = 2**63 - 1
MAX_TEXT_KEY = 255
MAX_DIGITS = 15
WORDS = ("text", "int", "uuid")
"""What `values` translates from these is a word of ours; from any other type it is written as that type is."""
# Blanks only between thousands, the currency only at the end; a spreadsheet's 1,23E+05 has lost its last digits.
POLISH_AMOUNT = re.compile(
    r"(?P<sign>[+−-]?)\s*(?P<whole>[0-9]+|[0-9]{1,3}(?:\s[0-9]{3})+|(?=[.,][0-9]))"
    r"(?:[.,](?P<places>[0-9]*))?\s*(?:zł|PLN)?"
)
TRUTH = frozenset({"True", "False", "true", "false"})
INT_KEY = re.compile(r"(?:0|-?[1-9][0-9]{0,18})", re.ASCII)


class ConversionError(Exception):
    """A value that is not of the declared type. `found` is the value itself: personal data, not for logs."""

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(f"expected {expected}, found a {type(found).__name__}")
        self.expected = expected
        self.found = found


class Family(StrEnum):
    """What a column means, whatever way it is written: only types of its family may be declared for it."""

    KEY = "key"
    TEXT = "text"
    WHEN = "when"
    INSTANT = "instant"
    MONEY = "money"
    SUMMABLE = "summable money"
    COUNT = "count"
    NUMBER = "number"
    BOOL = "bool"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class NativeType:
    """One declared type. `spec` is what stands in the configuration."""

    spec: str
    zero_is_none: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    def read(self, raw: object, *, zone: ZoneInfo) -> Any:
        """The value in our terms; None for NULL, for empty text and, if declared so, for zero.

        Raises ConversionError.
        """
        if self.is_unset(raw):
            return None
        if self.values:
            raw = self._translated(raw)
            if self.spec in WORDS:
                return raw
        try:
            return READERS[self.spec](raw, zone)
        except (ValueError, TypeError, OverflowError, OSError, ArithmeticError) as error:
            raise ConversionError(self.spec, raw) from error

    def is_unset(self, raw: object) -> bool:
        """NULL, or a zero that was declared to mean the same."""
        return raw is None or (self.zero_is_none and raw in (0, "0"))

    def key(self, text: str) -> Any:
        """Our id as a value to bind. What cannot be such a key belongs to nobody: NotFound."""
        if self.spec == "int":
            return _int_key(text)
        if self.spec == "uuid":
            return _uuid_key(text)
        if not text or len(text) > MAX_TEXT_KEY or not _storable(text):
            raise NotFound("not a key")
        return text

    def key_text(self, raw: object) -> str:
        """A key of the database as our id."""
        if self.spec == "int":
            return str(_int(raw))
        if self.spec == "uuid":
            return str(raw if isinstance(raw, uuid.UUID) else uuid.UUID(str(raw)))
        return str(raw)

    def day_starts(self, day: date, *, zone: ZoneInfo) -> Any:
        """The beginning of a day of the provider's zone, as a limit to compare this column with."""
        if self.spec == "date":
            return day
        return self._instant(datetime.combine(day, time(), tzinfo=zone), zone=zone)

    def _instant(self, when: datetime, *, zone: ZoneInfo) -> Any:
        if self.spec == "instant:epoch_s":
            return int(when.timestamp())
        if self.spec == "instant:epoch_ms":
            return int(when.timestamp() * 1000)
        if self.spec == "instant:utc":
            return when.astimezone(UTC).replace(tzinfo=None)
        if self.spec == "instant:local":
            return when.astimezone(zone).replace(tzinfo=None)
        return when.astimezone(UTC)

    def _translated(self, raw: object) -> str:
        """Truth is written True or true, as the driver or a union gives it."""
        for written in (str(raw), str(raw).lower(), str(raw).capitalize()):
            if written in self.values and (written == str(raw) or written in TRUTH):
                return self.values[written]
        raise ConversionError("one of " + ", ".join(sorted(self.values)), raw)


def parse_type(spec: str, *, values: Mapping[str, str] | None = None) -> NativeType:
    """`"instant:epoch_s zero_is_none"` → NativeType. Raises ConfigError that lists what there is."""
    name, *flags = spec.split()
    if name not in READERS or any(flag != "zero_is_none" for flag in flags):
        raise ConfigError(
            f'"{spec}" is not a column type. There are: {", ".join(READERS)}; with zero_is_none'
        )
    return NativeType(name, zero_is_none=bool(flags), values=dict(values or {}))


def family_types(family: Family) -> tuple[str, ...]:
    """The types that may be declared for a column of that family."""
    return FAMILIES[family]


def _int(raw: object) -> int:
    if isinstance(raw, float | Decimal) and raw != int(raw):
        raise ValueError("not whole")
    if isinstance(raw, str):
        return _int_of_text(raw.strip())
    return int(raw)  # type: ignore[call-overload, no-any-return]


def _int_of_text(text: str) -> int:
    """Also 100000.00, as a union writes a number of a column with decimal places."""
    whole, _, places = text.partition(".")
    if not text.isascii() or places.strip("0"):
        raise ValueError("not whole")
    return int(whole)


def _int_key(text: str) -> int:
    if not INT_KEY.fullmatch(text) or abs(int(text)) > MAX_INT:
        raise NotFound("not a key")
    return int(text)


def _uuid_key(text: str) -> uuid.UUID:
    try:
        key = uuid.UUID(text)
    except ValueError:
        raise NotFound("not a key") from None
    if str(key) != text:
        raise NotFound("not a key")
    return key


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _text(raw: object, _zone: ZoneInfo) -> str | None:
    if isinstance(raw, float) and raw.is_integer():
        # A PIN or a phone number in a column for numbers: nobody wrote the ".0".
        raw = int(raw)
    text = raw.decode() if isinstance(raw, bytes) else str(raw)
    return text.replace("\x00", "").strip() or None


def _bool(raw: object, _zone: ZoneInfo) -> bool:
    known = {"1": True, "0": False, "true": True, "false": False, "t": True, "f": False}
    try:
        return known[str(raw).strip().lower()]
    except KeyError:
        raise ValueError("neither true nor false") from None


def _date(raw: object, zone: ZoneInfo) -> date | None:
    if isinstance(raw, datetime):
        return (raw.astimezone(zone) if raw.tzinfo else raw).date()
    if isinstance(raw, date):
        return raw
    text = str(raw).strip()
    if not text or text.startswith("0000-00-00"):
        return None
    return date.fromisoformat(text[:10])


def _epoch(raw: object, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(_int(raw), zone)


def _epoch_ms(raw: object, zone: ZoneInfo) -> datetime:
    # In UTC: arithmetic in a zone goes by its clock, which summer time moves.
    return (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=_int(raw))).astimezone(zone)


def _moment(raw: object) -> datetime | None:
    if isinstance(raw, datetime):
        return raw
    text = str(raw).strip()
    if not text or text.startswith("0000-00-00"):
        return None
    return datetime.fromisoformat(text)


def _with_zone(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _utc(raw: object, zone: ZoneInfo) -> datetime | None:
    moment = _moment(raw)
    return moment and _with_zone(moment, UTC).astimezone(zone)


def _local(raw: object, zone: ZoneInfo) -> datetime | None:
    moment = _moment(raw)
    return moment and _with_zone(moment, zone)


def _aware(raw: object, zone: ZoneInfo) -> datetime | None:
    moment = _moment(raw)
    if moment is not None and moment.tzinfo is None:
        raise ValueError("without a time zone")
    return moment and moment.astimezone(zone)


def _decimal(raw: object, _zone: ZoneInfo) -> Decimal:
    return _finite(to_grosze(raw) if isinstance(raw, float) else Decimal(str(raw)))


def _grosze(raw: object, _zone: ZoneInfo) -> Decimal:
    return Decimal(_int(raw)) / 100


def _polish_amount(raw: object, _zone: ZoneInfo) -> Decimal:
    found = POLISH_AMOUNT.fullmatch(str(raw).strip())
    if found is None:
        raise InvalidOperation("not an amount")
    sign, whole = found["sign"].replace("−", "-"), re.sub(r"\s", "", found["whole"])
    places = f".{found['places']}" if found["places"] else ""
    return _finite(Decimal(f"{sign}{whole or 0}{places}"))


def _number(raw: object, _zone: ZoneInfo) -> Decimal:
    return _finite(Decimal(repr(raw) if isinstance(raw, float) else str(raw)))


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite() or value.adjusted() >= MAX_DIGITS:
        raise InvalidOperation("not an amount")
    return value


def _natural(raw: object, _zone: ZoneInfo) -> int:
    value = _int(raw)
    if value < 0:
        raise ValueError("negative")
    return value


def _binary(raw: object, _zone: ZoneInfo) -> bytes | None:
    if not isinstance(raw, bytes | bytearray | memoryview):
        raise TypeError("not bytes")
    return bytes(raw) or None


READERS: Mapping[str, Callable[[object, ZoneInfo], Any]] = {
    "int": lambda raw, _zone: _int(raw),
    "text": _text,
    "uuid": lambda raw, _zone: uuid.UUID(str(raw)),
    "bool": _bool,
    "date": _date,
    "instant:epoch_s": _epoch,
    "instant:epoch_ms": _epoch_ms,
    "instant:utc": _utc,
    "instant:local": _local,
    "instant:aware": _aware,
    "money:decimal": _decimal,
    "money:grosze": _grosze,
    "money:text": _polish_amount,
    "number": _number,
    "seconds": _natural,
    "bytes": _natural,
    "count": _natural,
    "binary": _binary,
}

FAMILIES: Mapping[Family, tuple[str, ...]] = {
    Family.KEY: ("int", "text", "uuid"),
    Family.TEXT: ("text", "int", "uuid"),
    Family.WHEN: tuple(name for name in READERS if name == "date" or name.startswith("instant:")),
    Family.INSTANT: tuple(name for name in READERS if name.startswith("instant:")),
    Family.MONEY: tuple(name for name in READERS if name.startswith("money:")),
    Family.SUMMABLE: ("money:decimal", "money:grosze"),
    Family.COUNT: ("count", "seconds", "bytes", "int"),
    Family.NUMBER: ("number", "count", "int"),
    Family.BOOL: ("bool",),
    Family.BINARY: ("binary",),
}

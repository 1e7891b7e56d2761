"""Telephone: the customer's numbers, his calls, his packages, and what calls add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from wbok.domain.money import Money
from wbok.domain.page import DEFAULT_LIMIT

SEPARATORS = " -+()./\u00a0"
"""What people write between the digits of a number, and before them."""
HIDES_OWN = ("#31#", "*31#")
"""What people dial before a number so that it does not see theirs; 3GPP TS 22.030, annex B."""
COUNTRY = "48"
WITH_COUNTRY = 11
"""A Polish number has nine digits: of eleven, the first two are the country, also without a plus."""
WITHOUT_COUNTRY = 9
"""Of nine digits that begin like the country, 48 is the zone of Radom."""
FRONTS = ("", COUNTRY, "00", "00" + COUNTRY)
"""What may stand before the digits that people know a number by."""
ZONE = "="
"""Set before a `bare` number that has its zone in front and not the country, so that nobody mistakes them."""
BEGINNING_FRONTS = (*FRONTS, ZONE)
"""What may stand before the digits with which a number begins, `ZONE` being set."""


class Direction(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallKind(StrEnum):
    VOICE = "voice"
    SMS = "sms"
    MMS = "mms"
    DATA = "data"
    VIDEO = "video"


class Unit(StrEnum):
    """What a package is counted in."""

    SECONDS = "seconds"
    COUNT = "count"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One of the customer's own numbers, as the billing writes it. `active` is None when it does not tell."""

    id: str
    number: str
    name: str | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call, a message or a connection to the internet. `number` is the other side's; a hidden one is None.

    `price` is gross, after packages: what this customer pays for it; a discount is negative. `size` is in bytes.
    """

    id: str
    started_at: datetime
    direction: Direction
    kind: CallKind
    seconds: int
    price: Money
    own_number: str | None = None
    number: str | None = None
    size: int | None = None
    destination: str | None = None
    answered: bool | None = None
    allowance_id: str | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """A package. More may be used than there is; `purpose` says what it is good for."""

    id: str
    name: str
    unit: Unit
    total: int
    used: int
    valid_from: date | None = None
    valid_to: date | None = None
    purpose: str | None = None

    @property
    def left(self) -> int:
        return max(self.total - self.used, 0)

    @property
    def over(self) -> int:
        """How much more was used than the package has."""
        return max(self.used - self.total, 0)

    def is_valid_within(self, since: date, until: date) -> bool:
        """On one of these days at least; both belong to the period."""
        return (self.valid_from or since) <= until and (self.valid_to or until) >= since


@dataclass(frozen=True, slots=True)
class CallRequest:
    """Both days belong to the period.

    `own_number`: one of the customer's, however it is written. `number`: digits with which the other side's begins.
    `only_in_package`: what was taken from a package. `without`: free calls whose number begins with one of these
    digits are left out, of totals too.
    """

    since: date
    until: date
    own_number: str | None = None
    number: str | None = None
    direction: Direction | None = None
    kind: CallKind | None = None
    only_priced: bool = False
    only_in_package: bool = False
    answered: bool | None = None
    without: tuple[str, ...] = ()
    after: str | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class CallTotals:
    """`prices`: one for each currency in which there is a call."""

    calls: int = 0
    seconds: int = 0
    size: int = 0
    prices: tuple[Money, ...] = ()

    def price(self, currency: str) -> Money:
        return Money(sum((m.amount for m in self.prices if m.currency == currency), Decimal()), currency)


@dataclass(frozen=True, slots=True)
class DayTotals:
    day: date
    totals: CallTotals


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """Of one kind and direction, to one destination; None when the billing does not name it."""

    kind: CallKind
    direction: Direction
    destination: str | None
    totals: CallTotals


@dataclass(frozen=True, slots=True)
class Usage:
    """The customer's numbers and packages of all times, and what the calls that were asked for add up to."""

    lines: tuple[PhoneLine, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    totals: CallTotals = CallTotals()

    @property
    def package_names(self) -> dict[str, str]:
        """By the key of the package."""
        return {allowance.id: allowance.name for allowance in self.allowances}


def call_totals(calls: Iterable[Call]) -> CallTotals:
    """What these calls add up to."""
    return added_totals(CallTotals(1, call.seconds, call.size or 0, (call.price,)) for call in calls)


def added_totals(parts: Iterable[CallTotals]) -> CallTotals:
    """What several totals add up to."""
    number = seconds = size = 0
    prices: dict[str, Decimal] = {}
    for part in parts:
        number, seconds, size = number + part.calls, seconds + part.seconds, size + part.size
        for price in part.prices:
            prices[price.currency] = prices.get(price.currency, Decimal()) + price.amount
    return CallTotals(number, seconds, size, tuple(Money(prices[name], name) for name in sorted(prices)))


def group_totals(calls: Iterable[Call]) -> tuple[GroupTotals, ...]:
    """What these calls add up to, by kind, direction and destination."""
    groups: dict[tuple[CallKind, Direction, str | None], list[Call]] = {}
    for call in calls:
        groups.setdefault((call.kind, call.direction, call.destination), []).append(call)
    return tuple(GroupTotals(*group, call_totals(members)) for group, members in groups.items())


def bare(number: str) -> str:
    """Without what stands between the digits, and without a code that hides the caller's own number."""
    return _without_codes(number).translate(NOTHING_BETWEEN)


def _without_codes(number: str) -> str:
    for code in HIDES_OWN:
        number = number.replace(code, "")
    return number


NOTHING_BETWEEN = str.maketrans("", "", SEPARATORS)


def beginning_of(typed: str) -> str | None:
    """The digits with which a number begins, without the country and signs; None for what is no number."""
    digits = bare(typed)
    if not (digits.isascii() and digits.isdigit()):
        return None
    if digits.startswith("00"):
        digits = digits[2:]
        return digits.removeprefix(COUNTRY) or digits or None
    if _without_codes(typed).lstrip(" (").startswith("+") or len(digits) == WITH_COUNTRY:
        return digits.removeprefix(COUNTRY) or digits
    return digits


def begins_with(number: str, beginning: str) -> bool:
    """Whether a number as the billing has it begins so, with the country in front or without it."""
    return _with_zone(bare(number)).startswith(tuple(front + beginning for front in BEGINNING_FRONTS))


def _with_zone(digits: str) -> str:
    has_zone = len(digits) == WITHOUT_COUNTRY and digits.startswith(COUNTRY)
    return ZONE + digits if has_zone else digits


def begun_writings(beginnings: Iterable[str]) -> dict[int, list[str]]:
    """With what a `bare` number begins that begins so, `ZONE` being set: by length, the country in front or not."""
    found: dict[int, list[str]] = {}
    for begun in dict.fromkeys(front + beginning for beginning in beginnings for front in BEGINNING_FRONTS):
        found.setdefault(len(begun), []).append(begun)
    return found


def is_left_out(call: Call, without: Iterable[str]) -> bool:
    """Whether it is a free call to a number that begins with one of these."""
    return not call.price.amount and any(begins_with(call.number or "", digits) for digits in without)


def writings(number: str) -> tuple[str, ...]:
    """How the same number may be written, `bare`: with the country and without it. A name stays as it is."""
    digits = beginning_of(number)
    return (bare(number),) if digits is None else tuple(front + digits for front in FRONTS)


def is_same_number(number: str, other: str) -> bool:
    return bare(number) in writings(other)

"""Calls and messages before they have a time, put together by chance; and the odd ones that there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from wbok.domain.phone import CallKind, Direction
from wbok_demo.schema import Cell

DOMESTIC, EUROPE, MESSAGES = "Rozmowy krajowe", "Rozmowy do krajów UE", "SMS"
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Talk:
    """`package`: the one that it is taken from, when it costs nothing because of that."""

    number: str | None
    seconds: int = 0
    kind: CallKind = CallKind.VOICE
    direction: Direction = Direction.OUTGOING
    price: Decimal = NOTHING
    destination: str | None = None
    package: str | None = None
    size: int | None = None
    answered: bool = True

    @property
    def used(self) -> int:
        """Of its package."""
        return 1 if self.kind is CallKind.SMS else self.seconds

    def row(self, moment: datetime) -> dict[str, Cell]:
        return {
            "started_at": moment,
            "direction": self.direction,
            "kind": self.kind,
            "number": self.number,
            "seconds": self.seconds,
            "bytes": self.size,
            "price": self.price,
            "currency": "PLN",
            "destination": self.destination,
            "answered": int(self.answered),
        }


ODD = (
    Talk("600 000 101", answered=False),
    Talk(None, 95, direction=Direction.INCOMING),
    Talk(None, 259_200, CallKind.DATA, size=7_516_192_768),
    Talk("600 000 102", 61, CallKind.VIDEO, price=Decimal("1.20")),
    Talk("600 000 103", 0, CallKind.MMS, price=Decimal("0.40")),
    Talk("InfoSMS", 0, CallKind.SMS, Direction.INCOMING),
    Talk("600 000 102", 0, price=Decimal("-0.60"), destination="rabat za nieudane połączenie"),
)
"""Not answered, from a hidden number, of three days, of every kind, from a name, and a discount."""


def talks(random: Random, package: str, seconds: int) -> Iterator[Talk]:
    """Calls of this length altogether."""
    left, number = seconds, max(1, seconds // 300)
    for place in range(number, 0, -1):
        length = left if place == 1 else max(1, int(left / place * random.uniform(0.3, 1.6)))
        left -= length
        if length > 0:
            yield Talk(*_somebody(random, package, length), package=package)


def paid_talk(random: Random, package: str, minutes: int, *, price: Decimal) -> Talk:
    number, seconds, kind, direction, _, destination = _somebody(random, package, minutes * 60)
    return Talk(number, seconds, kind, direction, price, destination)


def messages(random: Random, number: int) -> Iterator[Talk]:
    for _ in range(number):
        yield Talk(_mobile(random), kind=CallKind.SMS, destination="komórkowy", package=MESSAGES)


def paid_message(random: Random, *, price: Decimal) -> Talk:
    return Talk(_mobile(random), kind=CallKind.SMS, destination="komórkowy", price=price)


def incoming(random: Random, days: int) -> Iterator[Talk]:
    for _ in range(days // 3):
        answered = random.random() < 0.8
        length = random.randint(15, 900) if answered else 0
        yield Talk(_mobile(random), length, direction=Direction.INCOMING, answered=answered)


def _somebody(
    random: Random, package: str, seconds: int
) -> tuple[str, int, CallKind, Direction, Decimal, str]:
    if package == EUROPE:
        number, destination = f"+49 30 0123 {random.randint(100, 104)}", "Niemcy"
    elif random.random() < 0.6:
        number, destination = _mobile(random), "komórkowy"
    else:
        number, destination = f"32 014 1{random.randint(0, 9)} {random.randint(10, 13)}", "stacjonarny"
    return number, seconds, CallKind.VOICE, Direction.OUTGOING, NOTHING, destination


def _mobile(random: Random) -> str:
    return f"600 0{random.randint(10, 14)} {random.randint(100, 109)}"

"""Who telephoned whom: three months of calls of everybody who has a telephone, and what is left of the packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from wbok.domain.customer import CustomerStatus
from wbok.domain.phone import Unit
from wbok_demo.months import Calendar
from wbok_demo.schema import Cell, Row
from wbok_demo.subscriber import Subscriber
from wbok_demo.talk import (
    DOMESTIC,
    EUROPE,
    MESSAGES,
    ODD,
    Talk,
    incoming,
    messages,
    paid_message,
    paid_talk,
    talks,
)

MONTHS = 3
DOMESTIC_MINUTE, FOREIGN_MINUTE = Decimal("0.12"), Decimal("0.29")
EUROPE_SECONDS, FREE_MESSAGES = 1800, 50
LINE_NAMES = ("biuro", "sekretariat")


@dataclass(frozen=True, slots=True)
class Month:
    """`last` is the last day on which somebody telephoned: yesterday, in the month that is not over."""

    first: date
    last: date
    end: date

    @property
    def days(self) -> int:
        return max((self.last - self.first).days + 1, 0)


class Telephone:
    """Numbers, packages and calls of one customer. A call stands beside the place of its package in `allowances`.

    `called`: what calls past the package cost in a month that is invoiced already.
    """

    def __init__(self, subscriber: Subscriber, calendar: Calendar, called: Mapping[date, Decimal]) -> None:
        self.calls: list[tuple[dict[str, Cell], int | None]] = []
        self.allowances: list[dict[str, Cell]] = []
        self._subscriber = subscriber
        self._random = Random(f"calls of {subscriber.id}")
        self._numbers = [_own_number(subscriber.id, line) for line in range(subscriber.phone_lines)]
        begun = calendar.first_day(subscriber.tenure)
        for month in _months(calendar):
            if month.first >= begun:
                self._month(month, called.get(month.first, subscriber.unbilled))

    def lines(self) -> Iterator[dict[str, Cell]]:
        for number, name in zip(self._numbers, LINE_NAMES, strict=False):
            yield {
                "customer_id": self._subscriber.id,
                "number": number,
                "name": name if len(self._numbers) > 1 else None,
                "active": int(self._subscriber.status is CustomerStatus.ACTIVE),
            }

    def _month(self, month: Month, above: Decimal) -> None:
        totals = {
            DOMESTIC: self._subscriber.free_minutes * 60,
            EUROPE: EUROPE_SECONDS,
            MESSAGES: FREE_MESSAGES,
        }
        free = list(self._free(month, above, totals[DOMESTIC])) if month.days else []
        paid = list(self._paid(above)) if month.days else []
        odd = ODD if self._subscriber.odd_calls and month.days else ()
        self._random.shuffle(free)
        places = {name: len(self.allowances) + place for place, name in enumerate(totals)}
        for name, total in totals.items():
            used = sum(talk.used for talk in free if talk.package == name)
            self.allowances.append(self._allowance(month, name, total, used))
        if odd:
            self.allowances[places[DOMESTIC]]["used"] = totals[DOMESTIC] + 600
        # What is paid comes last: by then the package is empty.
        told = [*free, *odd, *paid]
        for talk, moment in zip(told, self._moments(month, len(told)), strict=True):
            own = {"customer_id": self._subscriber.id, "own_number": self._random.choice(self._numbers)}
            self.calls.append((talk.row(moment) | own, places.get(talk.package or "")))

    def _free(self, month: Month, above: Decimal, domestic: int) -> Iterator[Talk]:
        random = self._random
        share = random.uniform(0.3, 0.9) * month.days / 31
        if _is_foreign(above):
            yield from talks(random, EUROPE, EUROPE_SECONDS)
        elif above:
            share = 1.0
        yield from talks(random, DOMESTIC, int(domestic * share))
        yield from messages(random, random.randint(2, 21))
        yield from incoming(random, month.days)

    def _paid(self, above: Decimal) -> Iterator[Talk]:
        """A minute at its price; what is left over is a message."""
        package, price = (EUROPE, FOREIGN_MINUTE) if _is_foreign(above) else (DOMESTIC, DOMESTIC_MINUTE)
        minutes = int(above / price)
        rest = above - minutes * price
        while minutes:
            length = min(minutes, self._random.randint(2, 14))
            minutes -= length
            yield paid_talk(self._random, package, length, price=length * price)
        if rest:
            yield paid_message(self._random, price=rest)

    def _allowance(self, month: Month, name: str, total: int, used: int) -> dict[str, Cell]:
        return {
            "customer_id": self._subscriber.id,
            "name": name,
            "unit": Unit.COUNT if name == MESSAGES else Unit.SECONDS,
            "total": total,
            "used": used,
            "valid_from": month.first,
            "valid_to": month.end,
            "purpose": "numery stacjonarne i komórkowe" if name == DOMESTIC else None,
        }

    def _moments(self, month: Month, number: int) -> list[datetime]:
        """By day, in their order."""
        random, found = self._random, []
        for _ in range(number):
            clock = time(random.randint(7, 20), random.randrange(60), random.randrange(60))
            found.append(datetime.combine(month.first + timedelta(days=random.randrange(month.days)), clock))
        return sorted(found)


def phone_rows(telephones: Iterable[Telephone]) -> dict[str, list[Row]]:
    """The three tables; ids of calls grow with time."""
    known = list(telephones)
    lines = [line for telephone in known for line in telephone.lines()]
    allowances = [row for telephone in known for row in telephone.allowances]
    for rows in (lines, allowances):
        for number, row in enumerate(rows, start=1):
            row["id"] = number
    calls = [
        row | {"allowance_id": None if place is None else telephone.allowances[place]["id"]}
        for telephone in known
        for row, place in telephone.calls
    ]
    calls.sort(key=lambda row: str(row["started_at"]))
    numbered = [row | {"id": number} for number, row in enumerate(calls, start=1)]
    return {"phone_lines": list(lines), "allowances": list(allowances), "calls": list(numbered)}


def _own_number(customer_id: int, line: int) -> str:
    digits = f"{customer_id % 1_000_000:06d}{line}"
    return f"32 {digits[:3]} {digits[3:5]} {digits[5:]}"


def _is_foreign(above: Decimal) -> bool:
    return bool(above) and not above % FOREIGN_MINUTE


def _months(calendar: Calendar) -> Iterator[Month]:
    yesterday = calendar.today - timedelta(days=1)
    for ago in reversed(range(MONTHS)):
        end = calendar.last_day_ahead(-ago)
        yield Month(end.replace(day=1), min(end, yesterday), end)

"""The `phone` capability over relations: numbers, calls, packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wbok.adapters.sql.conditions import Condition
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.totals import Addend, Total
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.domain.phone import (
    Allowance,
    Call,
    CallKind,
    CallRequest,
    CallTotals,
    DayTotals,
    Direction,
    PhoneLine,
    Unit,
    Usage,
    writings,
)
from wbok.errors import Rejected

Values = Mapping[str, Any]
USAGE = ("phone_lines", "allowances")
ADDED = ("price", "seconds", "bytes")
MAX_DAYS = 31
PRICED = Condition("price", "<>", 0)


class SqlPhone:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def parts(self) -> frozenset[str]:
        relations = {"lines": "phone_lines", "allowances": "allowances"}
        parts = {part for part, name in relations.items() if self._reader.has(name)}
        return frozenset(parts | {c for c in ("own_number", "number") if self._reader.has_column("calls", c)})

    def usage(self, customer_id: str, request: CallRequest) -> Usage:
        found, totals = self._reader.gather_and_add(USAGE, self._addend(request), customer_id=customer_id)
        return Usage(
            lines=tuple(_line(v) for v in found["phone_lines"]),
            allowances=tuple(_allowance(v) for v in found["allowances"]),
            totals=_together(totals),
        )

    def calls(self, customer_id: str, request: CallRequest) -> Page[Call]:
        rows = self._reader.rows(
            "calls",
            customer_id=customer_id,
            conditions=self._conditions(request),
            after=self._reader.place("calls", request.after),
            newest_first=True,
            limit=request.limit + 1,
        )
        shown = tuple(_call(row.values, self._reader.currency) for row in rows[: request.limit])
        return Page(shown, self._reader.next("calls", rows, request.limit))

    def days(self, customer_id: str, request: CallRequest) -> tuple[DayTotals, ...]:
        length = (request.until - request.since).days + 1
        if length > MAX_DAYS:
            raise Rejected("too many days")
        days = [request.since + timedelta(days=n) for n in range(length)]
        totals = self._reader.totals(
            self._addend(request), customer_id=customer_id, ends=[self._end(day) for day in days]
        )
        parts = {number: [t for t in totals if t.part == number] for number in range(length)}
        return tuple(DayTotals(days[number], _together(found)) for number, found in parts.items() if found)

    def _end(self, day: date) -> Any:
        return self._reader.day_limit("calls", day + timedelta(days=1))

    def _addend(self, request: CallRequest) -> Addend:
        return Addend("calls", ADDED, tuple(self._conditions(request)))

    def _conditions(self, request: CallRequest) -> list[Condition]:
        conditions = self._reader.period("calls", since=request.since, until=request.until)
        for column in ("own_number", "number"):
            if getattr(request, column) is not None and not self._reader.has_column("calls", column):
                raise Rejected(f"calls have no {column} to choose them by")
        if request.own_number is not None:
            conditions.append(Condition("own_number", "number", writings(request.own_number)))
        if request.number is not None:
            conditions.append(Condition("number", "begins", request.number))
        for column, word in (("direction", request.direction), ("kind", request.kind)):
            if word is not None:
                conditions.append(self._reader.word("calls", column, word.value))
        return [*conditions, PRICED] if request.only_priced else conditions


def _together(totals: Iterable[Total]) -> CallTotals:
    """What the currencies add up to. The same currency may come twice: by its name, and as the provider's own."""
    prices: dict[str, Decimal] = {}
    rows, seconds, size = 0, Decimal(), Decimal()
    for total in totals:
        rows += total.rows
        seconds += total.values.get("seconds", Decimal())
        size += total.values.get("bytes", Decimal())
        prices[total.currency] = prices.get(total.currency, Decimal()) + total.values.get("price", Decimal())
    return CallTotals(
        rows, int(seconds), int(size), tuple(Money(prices[currency], currency) for currency in sorted(prices))
    )


def _line(v: Values) -> PhoneLine:
    return PhoneLine(id=v["id"], number=v["number"], name=v["name"], active=v["active"])


def _call(v: Values, currency: str) -> Call:
    return Call(
        id=v["id"],
        started_at=v["started_at"],
        direction=Direction(v["direction"]),
        kind=CallKind(v["kind"]),
        seconds=v["seconds"],
        price=Money(v["price"], v["currency"] or currency),
        own_number=v["own_number"],
        number=v["number"],
        size=v["bytes"],
        destination=v["destination"],
        answered=v["answered"],
        allowance_id=v["allowance_id"],
    )


def _allowance(v: Values) -> Allowance:
    return Allowance(
        id=v["id"],
        name=v["name"],
        unit=Unit(v["unit"]),
        total=v["total"],
        used=v["used"],
        valid_from=v["valid_from"],
        valid_to=v["valid_to"],
        purpose=v["purpose"],
    )

"""What a request for Telefon asks for: the capability itself, and the filter of the calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from wbok.api import (
    CallKind,
    CallRequest,
    Direction,
    Panel,
    Phone,
    Unavailable,
    beginning_of,
)
from wbok_phone.period import Period, read_period
from wbok_phone.settings import PhoneSettings

FIELDS = (
    *("month", "from", "to", "line", "number"),
    *("direction", "kind", "cost", "answered", "order", "mask"),
)
NO_SEARCH = ("month", "order", "mask")
"""What chooses no calls: how they are shown, and the month, which always is one."""
ANSWERS = {"yes": True, "no": False}
MOST_TYPED = 60
W = TypeVar("W", bound=StrEnum)
SHOWN_DIGITS = 4
"""Whoever may not see a number whole may not try out its end: so many digits are shown of the shortest one."""


class Order(StrEnum):
    TIME = "time"
    PRICE = "price"
    LENGTH = "length"


class Cost(StrEnum):
    PAID = "paid"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What the customer typed, and what of it can be used. `faults` says what cannot, and why."""

    request: CallRequest
    period: Period
    typed: Mapping[str, str]
    order: Order = Order.TIME
    masked: bool = False
    faults: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Something beside the month was chosen, so that the form stands open."""
        return any(value for name, value in self.typed.items() if name not in NO_SEARCH)

    @property
    def narrows(self) -> bool:
        """Calls of the period were left out by what was chosen."""
        names = ("number", "direction", "kind", "cost", "answered")
        return any(self.typed[name] for name in names) and not self.faults

    @property
    def address(self) -> dict[str, str]:
        """The filter as the arguments of a URL."""
        return {name: value for name, value in self.typed.items() if value}

    @property
    def around(self) -> dict[str, str]:
        """What goes along to another page: the month, and whether numbers are hidden."""
        mask = {"mask": self.typed["mask"]} if self.typed["mask"] else {}
        return {"month": self.period.month.strftime("%Y-%m"), **mask}


def phone_of(panel: Panel) -> Phone:
    """The tab is on only when the billing has it."""
    if panel.billing.phone is None:
        raise Unavailable("the billing has no phone")
    return panel.billing.phone


def calls_in(period: Period, settings: PhoneSettings) -> CallRequest:
    """All calls of the period that may be listed."""
    return CallRequest(period.since, period.until, without=settings.left_out)


def read_filter(arguments: Mapping[str, str], *, settings: PhoneSettings, today: date) -> CallFilter:
    """The fields of the URL. One that makes no sense is named, not guessed."""
    typed = {name: arguments.get(name, "").strip()[:MOST_TYPED] for name in FIELDS}
    period = read_period(typed, today=today)
    number = beginning_of(typed["number"])
    is_long = settings.mask_numbers == "always" and number is not None and len(number) > SHOWN_DIGITS
    line = typed["line"] if typed["line"].isprintable() else None
    direction, kind = _word(Direction, typed["direction"]), _word(CallKind, typed["kind"])
    cost, order = _word(Cost, typed["cost"]), _word(Order, typed["order"])
    answered = ANSWERS.get(typed["answered"])
    understood = {
        "line": line,
        "number": number,
        "direction": direction,
        "kind": kind,
        "cost": cost,
        "answered": None if answered is None else True,
        "order": order,
    }
    faults = [name for name, value in understood.items() if typed[name] and not value]
    request = CallRequest(
        period.since,
        period.until,
        own_number=line or None,
        number=None if is_long else number,
        direction=direction,
        kind=kind,
        only_priced=cost is Cost.PAID,
        only_in_package=cost is Cost.PACKAGE,
        answered=answered,
        without=settings.left_out,
        after=arguments.get("after") or None,
    )
    return CallFilter(
        request,
        period,
        typed,
        order=order or Order.TIME,
        masked=is_masked(typed["mask"], settings),
        faults=(*filter(None, [period.fault, "beginning" if is_long else None]), *faults),
    )


def is_masked(typed: str, settings: PhoneSettings) -> bool:
    """Whether the last digits of numbers are hidden: by the provider's will, or by the customer's."""
    return settings.mask_numbers == "always" or (settings.mask_numbers == "choice" and bool(typed))


def _word(words: type[W], typed: str) -> W | None:
    return words(typed) if typed in tuple(words) else None

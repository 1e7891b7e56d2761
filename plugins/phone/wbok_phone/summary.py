"""What calls add up to, by kind and by destination: few lines, the dearest destinations first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from wbok.api import CallKind, CallTotals, Direction, GroupTotals, added_totals

MOST_DESTINATIONS = 12
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Summary:
    """`destinations`: of outgoing ones, by name; None stands for all that have no name or no line of their own."""

    kinds: tuple[tuple[CallKind, CallTotals], ...]
    destinations: tuple[tuple[str | None, CallTotals], ...]


def summary_of(groups: Iterable[GroupTotals]) -> Summary:
    found = tuple(groups)
    kinds = _together((group.kind, group.totals) for group in found)
    outgoing = [group for group in found if group.direction is Direction.OUTGOING]
    named = _together((group.destination, group.totals) for group in outgoing if group.destination)
    if not named:
        return Summary(_in_order(kinds), ())
    ordered = sorted(named.items(), key=lambda line: (*_rank(line[1]), line[0] or ""))
    nameless = [group.totals for group in outgoing if not group.destination]
    rest = [*nameless, *(totals for _, totals in ordered[MOST_DESTINATIONS:])]
    lines = ordered[:MOST_DESTINATIONS] + ([(None, added_totals(rest))] if rest else [])
    return Summary(_in_order(kinds), tuple(lines))


def _together(parts: Iterable[tuple[K, CallTotals]]) -> dict[K, CallTotals]:
    found: dict[K, list[CallTotals]] = {}
    for name, totals in parts:
        found.setdefault(name, []).append(totals)
    return {name: added_totals(totals) for name, totals in found.items()}


def _in_order(kinds: dict[CallKind, CallTotals]) -> tuple[tuple[CallKind, CallTotals], ...]:
    return tuple((kind, kinds[kind]) for kind in CallKind if kind in kinds)


def _rank(totals: CallTotals) -> tuple[Decimal, int]:
    """Dearest first; amounts of several currencies only decide which comes first."""
    return -sum((price.amount for price in totals.prices), Decimal()), -totals.calls

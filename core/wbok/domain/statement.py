"""A statement of a period: opening balance, what was booked, closing balance; and the history by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from wbok.domain.finance import LedgerEntry
from wbok.domain.money import Money

MAX_YEARS = 30
"""So many years of a history at once."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Of one currency; both days belong to it. `rows`: oldest first, each with its balance, given once.

    `opening` is the balance before the first of them, `closing` the one after the last.
    """

    since: date
    until: date
    opening: Money
    closing: Money
    charged: Money
    paid: Money
    rows: Iterator[LedgerEntry]


@dataclass(frozen=True, slots=True)
class YearTotals:
    """Of one year and one currency; both amounts are positive."""

    year: int
    charged: Money
    paid: Money


def with_running_balance(entries: Iterable[LedgerEntry], *, opening: Money) -> Iterator[LedgerEntry]:
    """`entries`, oldest first, with the balance after each; those in other currencies are left out."""
    balance = opening
    for entry in entries:
        if entry.amount.currency != opening.currency:
            continue
        balance += entry.amount
        yield replace(entry, balance_after=balance)

"""What was booked: pages of the ledger with their balances, and sums of periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from wbok.adapters.sql.conditions import Condition
from wbok.adapters.sql.cursor import Mark
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.totals import ABOVE, BELOW, Addend, Total, sum_by_currency
from wbok.domain.finance import EntryKind, LedgerEntry, LedgerRequest, LedgerTotals
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.domain.statement import MAX_YEARS, YearTotals
from wbok.errors import Rejected

Values = Mapping[str, Any]
SIDES: Mapping[EntryKind, Condition] = {
    EntryKind.CHARGE: Condition("amount", "<", 0),
    EntryKind.PAYMENT: Condition("amount", ">", 0),
}


class SqlLedger:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        oldest_first = request.oldest_first
        mark = self._reader.place("ledger", request.after, oldest_first=oldest_first)
        rows = self._reader.rows(
            "ledger",
            customer_id=customer_id,
            conditions=self._conditions(request),
            after=mark,
            newest_first=not oldest_first,
            limit=request.limit + 1,
        )
        shown = [_entry(row.values, self._reader.currency) for row in rows[: request.limit]]
        if self._is_summed(request):
            shown = _with_balances(shown, self._opening(customer_id, request, mark))
        return Page(tuple(shown), self._reader.next("ledger", rows, request.limit, oldest_first=oldest_first))

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        addend = Addend("ledger", ("amount",), tuple(self._conditions(request)), by_sign=True)
        return _sides(self._reader.totals(addend, customer_id=customer_id))

    def yearly_totals(self, customer_id: str, first: int, last: int) -> tuple[YearTotals, ...]:
        """One statement: the database adds up year by year."""
        if last - first >= MAX_YEARS:
            raise Rejected("too many years")
        years = range(first, last + 1)
        if not years:
            return ()
        period = self._reader.period("ledger", since=date(first, 1, 1), until=date(last, 12, 31))
        ends = [self._reader.day_limit("ledger", date(year + 1, 1, 1)) for year in years]
        addend = Addend("ledger", ("amount",), tuple(period), by_sign=True)
        totals = self._reader.totals(addend, customer_id=customer_id, ends=ends)
        return tuple(
            YearTotals(years[part], one.charged, one.paid)
            for part in reversed(range(len(years)))
            for one in _sides(total for total in totals if total.part == part)
        )

    def _conditions(self, request: LedgerRequest) -> list[Condition]:
        side = [SIDES[request.kind]] if request.kind else []
        return [*side, *self._reader.period("ledger", since=request.since, until=request.until)]

    def _is_summed(self, request: LedgerRequest) -> bool:
        """Whether we add up the balance ourselves; with one side left out there is none to add up."""
        return (
            request.running
            and request.kind is None
            and not request.oldest_first
            and not self._reader.has_column("ledger", "balance_after")
        )

    def _opening(self, customer_id: str, request: LedgerRequest, mark: Mark | None) -> dict[str, Decimal]:
        """The balances at the newest entry of the page: everything that is not newer, summed up."""
        until = self._conditions(LedgerRequest(until=request.until))
        return self._reader.sums("ledger", "amount", customer_id=customer_id, conditions=until, after=mark)


def _sides(totals: Iterable[Total]) -> tuple[LedgerTotals, ...]:
    """One for each currency in which something was charged or paid."""
    totals = list(totals)
    charged = sum_by_currency(totals, f"amount {BELOW}")
    paid = sum_by_currency(totals, f"amount {ABOVE}")
    return tuple(
        LedgerTotals(Money(-charged.get(c, Decimal()), c), Money(paid.get(c, Decimal()), c))
        for c in sorted({*charged, *paid})
    )


def _with_balances(entries: list[LedgerEntry], balances: dict[str, Decimal]) -> list[LedgerEntry]:
    """Entries, newest first, with the balance after each; `balances` are those after the newest."""
    shown, balances = [], dict(balances)
    for entry in entries:
        currency = entry.amount.currency
        after = balances.get(currency, Decimal())
        shown.append(replace(entry, balance_after=Money(after, currency)))
        balances[currency] = after - entry.amount.amount
    return shown


def _entry(v: Values, currency: str) -> LedgerEntry:
    currency = v["currency"] or currency
    return LedgerEntry(
        id=v["id"],
        booked_on=v["booked_on"],
        amount=Money(v["amount"], currency),
        description=v["description"],
        document_id=v["document_id"],
        balance_after=None if v["balance_after"] is None else Money(v["balance_after"], currency),
    )

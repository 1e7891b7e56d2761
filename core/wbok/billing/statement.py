"""A statement of a period out of any billing's ledger: in pages, so that memory stays flat however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from wbok.billing.finance import Finance
from wbok.domain.finance import LedgerEntry, LedgerRequest, LedgerTotals
from wbok.domain.money import Money
from wbok.domain.statement import Statement, with_running_balance

__all__ = ["statement"]

ROWS_AT_ONCE = 500


def statement(finance: Finance, customer_id: str, *, since: date, until: date, currency: str) -> Statement:
    """Two questions at once, then one for each 500 rows as they are read. Raises what `finance` raises."""
    nothing = Money(Decimal(), currency)
    before = LedgerRequest(until=since - timedelta(days=1)) if since > date.min else None
    earlier = _totals(finance, customer_id, before, nothing) if before else LedgerTotals(nothing, nothing)
    within = _totals(finance, customer_id, LedgerRequest(since=since, until=until), nothing)
    opening = earlier.paid - earlier.charged
    request = LedgerRequest(since=since, until=until, limit=ROWS_AT_ONCE, running=False, oldest_first=True)
    return Statement(
        since=since,
        until=until,
        opening=opening,
        closing=opening + within.paid - within.charged,
        charged=within.charged,
        paid=within.paid,
        rows=with_running_balance(_entries(finance, customer_id, request), opening=opening),
    )


def _totals(finance: Finance, customer_id: str, request: LedgerRequest, nothing: Money) -> LedgerTotals:
    found = finance.ledger_totals(customer_id, request)
    mine = (totals for totals in found if totals.charged.currency == nothing.currency)
    return next(mine, LedgerTotals(nothing, nothing))


def _entries(finance: Finance, customer_id: str, request: LedgerRequest) -> Iterator[LedgerEntry]:
    while True:
        page = finance.ledger(customer_id, request)
        yield from page.rows
        if page.next is None:
            return
        request = replace(request, after=page.next)

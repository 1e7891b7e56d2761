"""Statements of a period and the history by year: the same grosze as in the whole ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from wbok.billing import Finance
from wbok.billing.statement import statement
from wbok.domain.finance import LedgerEntry, LedgerRequest
from wbok.domain.statement import MAX_YEARS
from wbok.errors import Rejected
from wbok.testing.ledger import ledger_of
from wbok.testing.paging import check_same
from wbok.testing.sample import Sample

OLDEST_FIRST = LedgerRequest(oldest_first=True, running=False)


class StatementContract:
    def test_a_ledger_may_be_turned(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            expected = [_bare(entry) for entry in ledger_of(finance, customer_id).whole()][::-1]
            for limit in (1, 3, 100):
                turned = ledger_of(finance, customer_id, OLDEST_FIRST).whole(limit=limit)
                check_same(
                    f"ledger of {customer_id!r}, oldest first, pages of {limit}",
                    [_bare(entry) for entry in turned],
                    expected,
                    against="the ledger, turned,",
                )

    def test_a_mark_is_of_one_order_alone(self, finance: Finance, sample: Sample) -> None:
        mark = finance.ledger(sample.customer_id, LedgerRequest(limit=1)).next
        assert mark is not None
        try:
            found = finance.ledger(sample.customer_id, LedgerRequest(after=mark, oldest_first=True))
        except Rejected:
            return
        pytest.fail(
            f"ledger, oldest first, after a mark of the other order: found {len(found.rows)} rows, expected "
            "Rejected. Write into the mark which order it is of."
        )

    def test_a_statement_is_a_part_of_the_ledger(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            entries = ledger_of(finance, customer_id).whole()[::-1]
            days = sorted({entry.booked_on for entry in entries}) or [date(2026, 1, 1)]
            middle = days[len(days) // 3], days[len(days) * 2 // 3]
            for since, until in (middle, (days[0], days[-1]), (date.min, date.max), (middle[1], middle[1])):
                for currency in sample.currencies:
                    _check_statement(finance, customer_id, entries, since, until, currency)

    def test_years_add_up_to_the_ledger(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            entries = ledger_of(finance, customer_id).whole()
            years = [entry.booked_on.year for entry in entries] or [2026]
            for first, last in ((min(years), max(years)), (max(years), max(years)), (max(years), 2090)):
                last = min(last, first + MAX_YEARS - 1)
                found = finance.yearly_totals(customer_id, first, last)
                where = f"yearly_totals({customer_id!r}, {first}, {last})"
                sides = {
                    (t.year, t.charged.currency): (t.charged.amount, t.paid.amount)
                    for t in found
                    if t.charged.amount or t.paid.amount
                }
                expected = _by_year(entry for entry in entries if first <= entry.booked_on.year <= last)
                assert sides == expected, (
                    f"{where}: found {sides}, but the entries add up to {expected} (charged, paid), both positive."
                )
                assert [t.year for t in found] == sorted((t.year for t in found), reverse=True), (
                    f"{where}: expected the newest year first."
                )

    def test_no_history_is_longer_than_that(self, finance: Finance, sample: Sample) -> None:
        try:
            found = finance.yearly_totals(sample.customer_id, 2026 - MAX_YEARS, 2026)
        except Rejected:
            return
        pytest.fail(f"yearly_totals of {MAX_YEARS + 1} years: found {found!r:.80}, expected Rejected.")


def _check_statement(
    finance: Finance,
    customer_id: str,
    oldest_first: tuple[LedgerEntry, ...],
    since: date,
    until: date,
    currency: str,
) -> None:
    found = statement(finance, customer_id, since=since, until=until, currency=currency)
    rows = tuple(found.rows)
    mine = [entry for entry in oldest_first if entry.amount.currency == currency]
    expected = [entry for entry in mine if since <= entry.booked_on <= until]
    where = f"statement of {customer_id!r}, {since} to {until}, {currency}"
    check_same(where, rows, expected, against="the ledger")
    before = sum((e.amount.amount for e in mine if e.booked_on < since), Decimal())
    assert found.opening.amount == before, (
        f"{where}: found the opening balance {found.opening.amount}, expected {before}, the sum of all before."
    )
    last = rows[-1].balance_after.amount if rows and rows[-1].balance_after else before
    assert found.closing.amount == last, (
        f"{where}: found the closing balance {found.closing.amount}, but after the last row it is {last}."
    )


def _bare(entry: LedgerEntry) -> LedgerEntry:
    return LedgerEntry(entry.id, entry.booked_on, entry.amount, entry.description, entry.document_id)


def _by_year(entries: Iterable[LedgerEntry]) -> dict[tuple[int, str], tuple[Decimal, Decimal]]:
    sums: defaultdict[tuple[int, str], tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(), Decimal()))
    for entry in entries:
        place = (entry.booked_on.year, entry.amount.currency)
        charged, paid = sums[place]
        amount = entry.amount.amount
        sums[place] = charged + max(-amount, Decimal()), paid + max(amount, Decimal())
    return {place: sides for place, sides in sums.items() if any(sides)}

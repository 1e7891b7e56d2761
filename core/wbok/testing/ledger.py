"""The ledger's part of the contract of `finance`: signs, balances, periods, totals, pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from wbok.billing import Finance
from wbok.domain.finance import EntryKind, LedgerEntry, LedgerRequest
from wbok.testing.customers import check_currency
from wbok.testing.paging import (
    Listing,
    check_apart,
    check_foreign_mark,
    check_invented_marks,
    check_newest_first,
    check_pages,
    check_same,
)
from wbok.testing.said import shown
from wbok.testing.sample import Sample

EVERYTHING = LedgerRequest()
ENOUGH = 4


def ledger_of(
    finance: Finance, customer_id: str, request: LedgerRequest = EVERYTHING
) -> Listing[LedgerEntry]:
    needs(finance, "ledger")
    return Listing(
        f"ledger of {customer_id!r}",
        lambda mark, limit: finance.ledger(customer_id, replace(request, after=mark, limit=limit)),
    )


def needs(finance: Finance, part: str) -> None:
    if part not in finance.parts:
        pytest.skip(f"this billing has no {part}")


class LedgerContract:
    def test_the_sample_has_entries_enough_to_see_something(self, finance: Finance, sample: Sample) -> None:
        entries = ledger_of(finance, sample.customer_id).whole()
        kinds = {_kind(entry) for entry in entries} - {None}
        assert len(entries) >= ENOUGH and len(kinds) == 2, (  # noqa: PT018
            f"ledger of {sample.customer_id!r}: found {len(entries)} entries, expected at least {ENOUGH}, "
            "both charges (negative) and payments (positive). Choose another customer, or see why entries "
            "are lost."
        )
        others = ledger_of(finance, sample.other_customer_id).whole()
        assert len(others) >= 2, (
            f"ledger of {sample.other_customer_id!r}: found {len(others)} entries, expected at least 2."
        )

    def test_ledger_pages_are_complete(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_pages(ledger_of(finance, customer_id))

    def test_ledger_comes_newest_first(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_newest_first(ledger_of(finance, customer_id), lambda entry: entry.booked_on)

    def test_nobody_sees_anothers_entries(self, finance: Finance, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        mine, theirs = (_without_balances(ledger_of(finance, who).whole()) for who in whose)
        check_apart("ledger", mine, theirs, whose=whose)

    def test_a_mark_opens_no_other_ledger(self, finance: Finance, sample: Sample) -> None:
        mine, theirs = (ledger_of(finance, who) for who in (sample.customer_id, sample.other_customer_id))
        check_foreign_mark(mine, theirs)
        check_foreign_mark(theirs, mine)

    def test_an_invented_mark_of_the_ledger_is_rejected(self, finance: Finance, sample: Sample) -> None:
        check_invented_marks(ledger_of(finance, sample.customer_id))

    def test_charges_are_negative_and_payments_positive(self, finance: Finance, sample: Sample) -> None:
        entries = ledger_of(finance, sample.customer_id).whole()
        for kind in EntryKind:
            request = LedgerRequest(kind=kind)
            found = _without_balances(ledger_of(finance, sample.customer_id, request).whole())
            for entry in found:
                assert _kind(entry) is kind, (
                    f"ledger, kind={kind.value}: found {entry.amount.amount} (id {entry.id}). In the ledger "
                    "a charge is negative and a payment positive; turn the sign of what your billing "
                    "writes the other way."
                )
            expected = _without_balances(tuple(entry for entry in entries if _kind(entry) is kind))
            check_same(f"ledger, kind={kind.value}", found, expected, against="the entries of that sign")

    def test_each_balance_is_the_sum_of_all_entries_up_to_it(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            entries = ledger_of(finance, customer_id).whole()
            for entry, expected in zip(entries, _sums(entries), strict=True):
                found = entry.balance_after
                assert found is not None, (
                    f"ledger of {customer_id!r}, id {entry.id}: has no balance_after, expected {expected}: "
                    "the whole ledger was asked for, with the running balance."
                )
                assert (found.amount, found.currency) == (expected, entry.amount.currency), (
                    f"ledger of {customer_id!r}, id {entry.id}: found the balance {found.amount} "
                    f"{found.currency}, but all entries up to it add up to {expected} "
                    f"{entry.amount.currency}. If older entries were put away, give their sum as one "
                    "opening entry."
                )

    def test_a_filter_does_not_change_the_balance(self, finance: Finance, sample: Sample) -> None:
        whole = {entry.id: entry for entry in ledger_of(finance, sample.customer_id).whole()}
        first, last = _middle(tuple(whole.values()))
        requests = [LedgerRequest(kind=kind) for kind in EntryKind]
        requests += [LedgerRequest(since=first, until=last), LedgerRequest(running=False)]
        for request in requests:
            for entry in ledger_of(finance, sample.customer_id, request).whole(limit=2):
                expected = whole[entry.id].balance_after
                assert entry.balance_after in (None, expected), (
                    f"{_said(request)}, id {entry.id}: found the balance {entry.balance_after}, expected "
                    f"{expected}, as in the whole ledger, or None. What is filtered away was paid or "
                    "charged all the same."
                )

    def test_both_days_belong_to_a_period(self, finance: Finance, sample: Sample) -> None:
        entries = ledger_of(finance, sample.customer_id).whole()
        first, last = _middle(entries)
        for since, until in ((first, last), (first, None), (None, last), (last, last)):
            request = LedgerRequest(since=since, until=until)
            found = ledger_of(finance, sample.customer_id, request).whole(limit=2)
            expected = [entry for entry in entries if _is_within(entry, request)]
            check_same(
                f"{_said(request)} (both days count, by the provider's clock)",
                _without_balances(found),
                _without_balances(expected),
                against="the entries of these days",
            )

    def test_a_period_may_be_as_long_as_the_calendar(self, finance: Finance, sample: Sample) -> None:
        """Customers type years like 0001 and 9999."""
        entries = ledger_of(finance, sample.customer_id).whole()
        totals = finance.ledger_totals(sample.customer_id, EVERYTHING)
        for days in (0, 1):
            since, until = date.min + timedelta(days=days), date.max - timedelta(days=days)
            request = LedgerRequest(since=since, until=until)
            found = ledger_of(finance, sample.customer_id, request).whole()
            check_same(_said(request), found, entries, against="the ledger without a period")
            assert finance.ledger_totals(sample.customer_id, request) == totals, (
                f"ledger_totals, {_said(request)}: expected {totals!r}, as without a period."
            )

    def test_totals_are_the_sums_of_the_entries(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            entries = ledger_of(finance, customer_id).whole()
            first, last = _middle(entries) if entries else (None, None)
            period = LedgerRequest(since=first, until=last)
            for request in (EVERYTHING, period, *(replace(period, kind=kind) for kind in EntryKind)):
                _check_totals(finance, customer_id, entries, request)

    def test_entries_are_in_a_known_currency(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            for entry in ledger_of(finance, customer_id).whole():
                check_currency(f"ledger of {customer_id!r}, id {entry.id}", entry.amount.currency, sample)

    def test_an_empty_customer_has_an_empty_ledger(self, finance: Finance, sample: Sample) -> None:
        found = ledger_of(finance, sample.empty_customer_id).whole()
        assert found == (), (
            f"ledger of {sample.empty_customer_id!r}: found {shown(found[0])}, expected an empty page. The row "
            "is somebody else's, and you have to select by customer_id; or Sample.empty_customer_id is not "
            "empty."
        )


def _check_totals(
    finance: Finance, customer_id: str, entries: Sequence[LedgerEntry], request: LedgerRequest
) -> None:
    totals = finance.ledger_totals(customer_id, request)
    where = f"ledger_totals of {customer_id!r}, {_said(request)}"
    found = {t.charged.currency: (t.charged.amount, t.paid.amount) for t in totals}
    assert len(found) == len(totals), f"{where}: expected one for each currency."
    expected = _totals([entry for entry in entries if _is_within(entry, request)], request.kind)
    for currency in sorted({*found, *expected}):
        charged, paid = found.get(currency, (0, 0))
        assert (charged, paid) == expected.get(currency, (0, 0)), (
            f"{where}: found charged {charged}, paid {paid} {currency}; the "
            f"entries add up to {expected.get(currency, (0, 0))}. Both are positive."
        )


def _kind(entry: LedgerEntry) -> EntryKind | None:
    if not entry.amount.amount:
        return None
    return EntryKind.CHARGE if entry.amount.amount < 0 else EntryKind.PAYMENT


def _without_balances(entries: tuple[LedgerEntry, ...] | list[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    return tuple(replace(entry, balance_after=None) for entry in entries)


def _sums(newest_first: tuple[LedgerEntry, ...]) -> list[Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    balances = []
    for entry in newest_first[::-1]:
        sums[entry.amount.currency] += entry.amount.amount
        balances.append(sums[entry.amount.currency])
    return balances[::-1]


def _totals(entries: list[LedgerEntry], kind: EntryKind | None) -> dict[str, tuple[Decimal, Decimal]]:
    sums: defaultdict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(), Decimal()))
    for entry in entries:
        if kind in (None, _kind(entry)):
            charged, paid = sums[entry.amount.currency]
            amount = entry.amount.amount
            sums[entry.amount.currency] = (charged + max(-amount, Decimal()), paid + max(amount, Decimal()))
    return sums


def _middle(newest_first: tuple[LedgerEntry, ...]) -> tuple[date, date]:
    """Two days on which something was booked, with entries before and behind where there are enough."""
    days = sorted({entry.booked_on for entry in newest_first})
    assert days, "the sample's customer has no entries."
    return days[len(days) // 4], days[len(days) * 3 // 4]


def _is_within(entry: LedgerEntry, request: LedgerRequest) -> bool:
    return (request.since or date.min) <= entry.booked_on <= (request.until or date.max)


def _said(request: LedgerRequest) -> str:
    words = [request.kind and f"kind={request.kind.value}", request.since and f"since {request.since}"]
    words += [request.until and f"until {request.until}", None if request.running else "running=False"]
    return "ledger, " + (" ".join(word for word in words if word) or "everything")

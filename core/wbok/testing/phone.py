"""The contract of the capability `phone`: numbers, calls, packages. It times nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from wbok.billing import Billing
from wbok.billing.phone import Phone
from wbok.domain.phone import (
    Call,
    CallKind,
    CallRequest,
    Direction,
    GroupTotals,
    bare,
    begins_with,
    call_totals,
    group_totals,
    is_left_out,
    is_same_number,
)
from wbok.errors import NotFound
from wbok.testing.asked import asked
from wbok.testing.customers import check_currency
from wbok.testing.paging import (
    Listing,
    check_apart,
    check_distinct,
    check_foreign_mark,
    check_invented_marks,
    check_newest_first,
    check_pages,
    check_same,
)
from wbok.testing.said import shown
from wbok.testing.sample import Sample

PARTS = frozenset({"lines", "allowances", "own_number", "number", "destination", "answered", "allowance_id"})
LAST_DAY = date(2099, 12, 31)
ENOUGH = 4


def everything(sample: Sample) -> CallRequest:
    return CallRequest(sample.phone_since, LAST_DAY)


def calls_of(phone: Phone, customer_id: str, request: CallRequest) -> Listing[Call]:
    return Listing(
        f"calls of {customer_id!r}",
        lambda mark, limit: phone.calls(customer_id, replace(request, after=mark, limit=limit)),
    )


class PhoneContract:
    """Inherit it and give the fixtures `billing` and `sample`."""

    @pytest.fixture
    def phone(self, billing: Billing) -> Phone:
        if billing.phone is None:
            pytest.fail("billing.phone is None. Inherit PhoneContract only for a billing that has it.")
        return asked(billing.phone, Phone)

    @pytest.fixture
    def calls(self, phone: Phone, sample: Sample) -> tuple[Call, ...]:
        found = calls_of(phone, sample.customer_id, everything(sample)).whole()
        assert len(found) >= ENOUGH, (
            f"calls of {sample.customer_id!r}: found {len(found)}, expected at least {ENOUGH}. Choose another "
            "customer, or see why calls are lost."
        )
        return found

    def test_the_parts_of_the_telephone_are_known(self, phone: Phone) -> None:
        unknown = phone.parts - PARTS
        assert not unknown, f"parts: found {sorted(unknown)}, expected some of {', '.join(sorted(PARTS))}."

    def test_call_pages_are_complete(self, phone: Phone, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_pages(calls_of(phone, customer_id, everything(sample)))

    def test_calls_come_newest_first(self, phone: Phone, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_newest_first(calls_of(phone, customer_id, everything(sample)), lambda call: call.started_at)

    def test_nobody_sees_anothers_telephone(self, phone: Phone, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        mine, theirs = (calls_of(phone, who, everything(sample)).whole() for who in whose)
        check_apart("calls", mine, theirs, whose=whose)
        usages = [phone.usage(who, everything(sample)) for who in whose]
        for name in ("lines", "allowances"):
            check_apart(name, *(getattr(usage, name) for usage in usages), whose=whose)
            for usage in usages:
                check_distinct(name, [part.id for part in getattr(usage, name)])

    def test_a_mark_opens_no_other_calls(self, phone: Phone, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        mine, theirs = (calls_of(phone, who, everything(sample)) for who in whose)
        check_foreign_mark(theirs, mine)
        check_foreign_mark(mine, theirs)

    def test_an_invented_mark_of_the_calls_is_rejected(self, phone: Phone, sample: Sample) -> None:
        check_invented_marks(calls_of(phone, sample.customer_id, everything(sample)))

    def test_a_filter_gives_the_calls_that_match_it(
        self, phone: Phone, sample: Sample, calls: tuple[Call, ...]
    ) -> None:
        for request in _requests(phone, sample, calls):
            found = calls_of(phone, sample.customer_id, request).whole(limit=3)
            expected = [call for call in calls if _matches(call, request)]
            check_same(f"calls, {_said(request)}", found, expected, against="the calls of that kind")

    def test_totals_are_the_sums_of_the_calls(
        self, phone: Phone, sample: Sample, calls: tuple[Call, ...]
    ) -> None:
        for request in _requests(phone, sample, calls):
            found = phone.usage(sample.customer_id, replace(request, limit=1)).totals
            expected = call_totals(call for call in calls if _matches(call, request))
            assert found == expected, (
                f"usage, {_said(request)}: found {shown(found)}, but the calls add up to {shown(expected)}. Add "
                "up to the second and the grosz, one price for each currency, by its name."
            )

    def test_groups_are_the_sums_of_their_calls(
        self, phone: Phone, sample: Sample, calls: tuple[Call, ...]
    ) -> None:
        for request in _requests(phone, sample, calls):
            found = phone.groups(sample.customer_id, replace(request, limit=1))
            expected = group_totals(call for call in calls if _matches(call, request))
            assert sorted(found, key=_group) == sorted(expected, key=_group), (
                f"groups, {_said(request)}: found {shown(found)}, but the calls add up to {shown(expected)}. One "
                "group for each kind, direction and destination in which there is a call, in any order."
            )

    def test_each_day_has_the_sums_of_its_calls(
        self, phone: Phone, sample: Sample, calls: tuple[Call, ...]
    ) -> None:
        month = _a_month(calls)
        for request in (month, replace(month, kind=CallKind.VOICE)):
            chosen = [call for call in calls if _matches(call, request)]
            found = [(day.day, day.totals) for day in phone.days(sample.customer_id, request)]
            expected = [
                (day, call_totals(call for call in chosen if call.started_at.date() == day))
                for day in sorted({call.started_at.date() for call in chosen})
            ]
            assert found == expected, (
                f"days, {_said(request)}: found {shown(found)}, expected {shown(expected)}. A day begins by the "
                "provider's clock; days without a call are left out; the oldest comes first."
            )

    def test_calls_are_in_a_known_currency(self, sample: Sample, calls: tuple[Call, ...]) -> None:
        for call in calls:
            check_currency(f"call {call.id!r}", call.price.currency, sample)
            assert call.seconds >= 0, f"call {call.id!r}: found {call.seconds} seconds, expected 0 or more."

    def test_an_empty_customer_has_not_telephoned(self, phone: Phone, sample: Sample) -> None:
        assert calls_of(phone, sample.empty_customer_id, everything(sample)).whole() == ()
        totals = phone.usage(sample.empty_customer_id, everything(sample)).totals
        assert totals == call_totals(()), f"usage of an empty customer: found {totals!r}, expected nothing."

    def test_who_is_nobody_has_no_telephone(self, phone: Phone, sample: Sample) -> None:
        request = everything(sample)
        month = CallRequest(date(2026, 1, 1), date(2026, 1, 31))
        for nobody in (sample.unknown_customer_id, *sample.senseless_ids):
            asks: dict[str, Callable[[], Any]] = {
                "calls": lambda who=nobody: phone.calls(who, request).rows,  # type: ignore[misc]
                "usage": lambda who=nobody: _owned(phone, who, request),  # type: ignore[misc]
                "days": lambda who=nobody: phone.days(who, month),  # type: ignore[misc]
                "groups": lambda who=nobody: phone.groups(who, request),  # type: ignore[misc]
            }
            for name, ask in asks.items():
                try:
                    found = ask()
                except NotFound:
                    continue
                assert not found, f"{name} of {nobody!r:.40}, who is nobody: found {shown(found):.200}."


def _owned(phone: Phone, customer_id: str, request: CallRequest) -> tuple[Any, ...]:
    usage = phone.usage(customer_id, request)
    return (*usage.lines, *usage.allowances, *([usage.totals] if usage.totals.calls else []))


def _requests(phone: Phone, sample: Sample, calls: tuple[Call, ...]) -> list[CallRequest]:
    whole = everything(sample)
    requests = [whole, _a_month(calls), replace(whole, only_priced=True)]
    requests += [replace(whole, direction=direction) for direction in Direction]
    requests += [replace(whole, kind=kind) for kind in CallKind]
    first, last = calls[-1].started_at.date(), calls[0].started_at.date()
    requests += [replace(whole, since=last, until=last), replace(whole, until=first)]
    if "own_number" in phone.parts:
        numbers = {call.own_number for call in calls if call.own_number}
        requests += [replace(whole, own_number=number) for number in sorted(numbers)[:2]]
    if "number" in phone.parts:
        digits = {bare(call.number) for call in calls if call.number}
        requests += [replace(whole, number=number[:4]) for number in sorted(digits)[:3]]
        free = sorted({bare(call.number) for call in calls if call.number and not call.price.amount})
        requests += [replace(whole, without=tuple(number[:3] for number in free[:2]))]
        requests += [replace(whole, without=("999", *free[-1:]))]
    if "answered" in phone.parts:
        requests += [replace(whole, answered=answered) for answered in (True, False)]
    if "allowance_id" in phone.parts:
        requests += [replace(whole, only_in_package=True)]
    return requests


def _a_month(calls: tuple[Call, ...]) -> CallRequest:
    """The month of the newest call."""
    first = calls[0].started_at.date().replace(day=1)
    return CallRequest(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _matches(call: Call, request: CallRequest) -> bool:
    own = request.own_number
    wanted, found = (request.direction, request.kind), (call.direction, call.kind)
    return (
        request.since <= call.started_at.date() <= request.until
        and all(one in (None, other) for one, other in zip(wanted, found, strict=True))
        and (own is None or is_same_number(call.own_number or "", own))
        and (request.number is None or begins_with(call.number or "", request.number))
        and (bool(call.price.amount) or not request.only_priced)
        and (bool(call.allowance_id) or not request.only_in_package)
        and request.answered in (None, call.answered)
        and not is_left_out(call, request.without)
    )


def _group(group: GroupTotals) -> tuple[str, str, str]:
    return group.kind, group.direction, group.destination or ""


def _said(request: CallRequest) -> str:
    words = [f"{request.since} to {request.until}", request.direction, request.kind]
    words += [request.own_number and "one own number", request.number and "a beginning of a number"]
    words += ["only priced" if request.only_priced else None]
    words += ["only in a package" if request.only_in_package else None]
    words += [None if request.answered is None else f"answered: {request.answered}"]
    words += [f"without free calls to {', '.join(request.without)}" if request.without else None]
    return ", ".join(str(word) for word in words if word)

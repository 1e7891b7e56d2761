"""Faults of calls and their totals, planted one by one: the kit finds each and says what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from support.people import people
from support.planted import Fault, said_of

from wbok.domain.phone import CallRequest
from wbok.testing import memory_billing


def also_anothers(right: Any, customer_id: str, request: CallRequest) -> Any:
    first, second, third = people()
    leaking = memory_billing(replace(first, calls=first.calls + second.calls), second, third).phone
    assert leaking is not None
    return leaking.calls(customer_id, request)


def anothers_packages(right: Any, customer_id: str, request: CallRequest) -> Any:
    return replace(right(customer_id, request), allowances=right("2", request).allowances)


def sums_of_the_page(right: Any, customer_id: str, request: CallRequest) -> Any:
    usage = right(customer_id, request)
    return replace(usage, totals=replace(usage.totals, calls=min(usage.totals.calls, request.limit)))


def without_the_currency(right: Any, customer_id: str, request: CallRequest) -> Any:
    usage = right(customer_id, request)
    return replace(usage, totals=replace(usage.totals, prices=usage.totals.prices[-1:]))


def naive_moments(right: Any, customer_id: str, request: CallRequest) -> Any:
    page = right(customer_id, request)
    return replace(
        page, rows=tuple(replace(c, started_at=c.started_at.replace(tzinfo=None)) for c in page.rows)
    )


def without_the_last_day(right: Any, customer_id: str, request: CallRequest) -> Any:
    page = right(customer_id, request)
    return replace(page, rows=tuple(c for c in page.rows if c.started_at.date() < request.until))


def begins_anywhere(right: Any, customer_id: str, request: CallRequest) -> Any:
    return right(customer_id, replace(request, number=None))


def of_everybody(right: Any, customer_id: str, request: CallRequest) -> Any:
    return right(customer_id, replace(request, kind=None, direction=None))


def without_what_is_free(right: Any, customer_id: str, request: CallRequest) -> Any:
    return right(customer_id, replace(request, only_priced=bool(request.without) or request.only_priced))


FAULTS: list[tuple[str, Fault, str]] = [
    ("calls", also_anothers, "calls: customers '1' and '2' both get Call"),
    ("usage", anothers_packages, "allowances: customers '1' and '2' both get Allowance"),
    ("usage", sums_of_the_page, "but the calls add up to .* to the second and the grosz"),
    ("usage", without_the_currency, "one price for each currency"),
    ("calls", naive_moments, "started_at: found a naive datetime .*expected an aware datetime"),
    ("calls", without_the_last_day, "are missing, which the calls of that kind have"),
    ("calls", begins_anywhere, "a beginning of a number: found the ids .* do not have"),
    ("groups", of_everybody, "groups, .*, incoming: found .* One group for each kind"),
    ("groups", lambda right, *asked: right(*asked)[1:], "groups, .* but the calls add up to"),
    ("calls", lambda right, who, asked: right(who, replace(asked, without=())), "without free calls to"),
    ("calls", without_what_is_free, "without free calls to .* are missing"),
    ("calls", lambda right, who, asked: right(who, replace(asked, answered=None)), "answered: True: found"),
    (
        "calls",
        lambda right, who, asked: right(who, replace(asked, only_in_package=False)),
        "only in a package",
    ),
    ("days", lambda right, *asked: right(*asked)[::-1], "A day begins by the provider's clock"),
    ("days", lambda right, *asked: list(right(*asked)), "found a list .*, expected a tuple"),
]


@pytest.mark.parametrize(("method", "fault", "message"), FAULTS)
def test_the_kit_finds_a_fault_of_the_calls_and_says_what_to_do(
    method: str, fault: Fault, message: str
) -> None:
    said = said_of(method, fault)
    assert re.search(message, said, re.DOTALL), said or "the kit found nothing"

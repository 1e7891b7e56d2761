"""Telefon over LMS: whose a call is, what it cost, how much of a package is left."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert, text, update
from support.billing import CONTEXT
from support.clock import HandClock
from support.lms import Change

from bench.lms.odd import Odd
from bench.lms.telephone import HOSTILE_SETTINGS, MOVED, NEIGHBOURS, TALKERS_HOME, TALKERS_OTHER
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables import phone as tables
from wbok.adapters.lms.tables import tariffs
from wbok.billing import Billing
from wbok.billing.phone import Phone
from wbok.domain.phone import Allowance, Call, CallKind, CallRequest, Direction, Unit
from wbok.errors import Unavailable

TALKER, NEIGHBOUR = str(Odd.TALKER.value), str(Odd.NEIGHBOUR.value)
ALWAYS = CallRequest(date(2020, 1, 1), date(2099, 12, 31), limit=100)


def phone_of(billing: Billing) -> Phone:
    assert billing.phone is not None
    return billing.phone


def calls_of(billing: Billing, customer_id: str, request: CallRequest = ALWAYS) -> tuple[Call, ...]:
    return phone_of(billing).calls(customer_id, request).rows


def allowances_of(billing: Billing, customer_id: str) -> tuple[Allowance, ...]:
    return phone_of(billing).usage(customer_id, ALWAYS).allowances


def test_own_numbers(lms: Billing) -> None:
    lines = phone_of(lms).usage(TALKER, ALWAYS).lines
    assert [(line.number, line.active) for line in lines] == [
        (TALKERS_HOME, True),
        (TALKERS_OTHER, True),
        ("48326000003", False),
    ]


def test_each_kind_has_its_unit(lms: Billing) -> None:
    found = {call.kind: call for call in reversed(calls_of(lms, TALKER)) if call.number != "48320104270"}
    lengths = {kind: (call.seconds, call.size, call.answered) for kind, call in found.items()}
    assert lengths == {
        CallKind.VOICE: (60, None, True),
        CallKind.VIDEO: (60, None, True),
        CallKind.SMS: (0, None, None),
        CallKind.MMS: (0, None, None),
        CallKind.DATA: (0, 5_000_000_000, None),
    }
    assert found[CallKind.VIDEO].destination == "Zagranica"
    totals = phone_of(lms).usage(TALKER, ALWAYS).totals
    assert (totals.size, totals.prices[0].amount) == (5_000_000_000, Decimal("4.15"))


def test_only_what_was_answered_is_answered(lms: Billing) -> None:
    tried = [call for call in calls_of(lms, TALKER) if call.number == "48320104270"]
    assert [call.answered for call in tried] == [False, False, False, None]
    # LMS has a length below zero there.
    assert {call.seconds for call in tried} == {0}


def test_a_call_between_two_customers_is_one_row_for_each(lms: Billing) -> None:
    mine = [call for call in calls_of(lms, TALKER) if call.number == NEIGHBOURS]
    theirs = [call for call in calls_of(lms, NEIGHBOUR) if call.number == TALKERS_HOME]
    # LMS's record of the call back is the caller's side alone.
    assert [(c.direction, c.own_number, c.price.amount) for c in mine] == [
        (Direction.OUTGOING, TALKERS_HOME, Decimal("0.2"))
    ]
    assert [(c.direction, c.own_number, c.price.amount) for c in theirs] == [
        (Direction.INCOMING, NEIGHBOURS, Decimal("0")),
        (Direction.OUTGOING, NEIGHBOURS, Decimal("1.23")),
    ]
    assert {call.id for call in mine}.isdisjoint(call.id for call in theirs)


def test_a_call_without_an_account_is_nobodys(lms: Billing) -> None:
    for customer in (TALKER, NEIGHBOUR):
        assert "48600777777" not in {call.number for call in calls_of(lms, customer)}


def test_a_hidden_number_is_none(lms: Billing) -> None:
    (call,) = [call for call in calls_of(lms, TALKER) if call.direction is Direction.INCOMING]
    assert (call.number, call.own_number, call.destination) == (None, TALKERS_OTHER, None)


def test_of_a_number_that_moved_nobody_sees_what_was_anothers(lms: Billing) -> None:
    moved = [call for call in calls_of(lms, NEIGHBOUR) if call.own_number == MOVED]
    assert [(call.number, call.price.amount) for call in moved] == [("48600222222", Decimal("0.5"))]
    assert "48600222222" not in {call.number for call in calls_of(lms, TALKER)}


def test_a_number_that_moved_within_a_customer_keeps_its_calls(lms: Billing) -> None:
    numbers = {call.number for call in calls_of(lms, TALKER) if call.own_number == TALKERS_OTHER}
    assert {"48600333333", "48600444444"} <= numbers


def test_prices_are_net_only_while_the_tariff_was(change: Change) -> None:
    gross = insert(tariffs.assignments).values(
        id=900, customerid=Odd.NEIGHBOUR, tariffid=2, period=3, datefrom=1, dateto=0, count=1
    )
    link = insert(tables.voip_number_assignments).values(id=900, number_id=4, assignment_id=900)
    net_begins = text("UPDATE assignments SET datefrom = :begin WHERE tariffid = 60 AND customerid = 19")
    back = Decimal("1.23"), Decimal("1")
    for begin, price in zip((1_700_000_000, 1_900_000_000), back, strict=True):
        statements = (gross, link, net_begins) if price != 1 else (net_begins,)
        billing = change(*statements, begin=begin)
        (call,) = [c for c in calls_of(billing, NEIGHBOUR) if c.direction is Direction.OUTGOING][:1]
        assert call.price.amount == price


def test_packages_count_what_is_used(lms: Billing) -> None:
    first, second = allowances_of(lms, TALKER)
    assert (first.name, first.purpose, first.unit) == ("Pakiet domowy", "Polska, komórkowe", Unit.SECONDS)
    assert (first.total, first.used) == (6000, 63 * 60)
    # Nothing was used yet: LMS writes no state before.
    assert (second.total, second.used) == (36_000, 0)


def test_a_package_whose_settings_cannot_be_read_is_left_out(
    lms_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    lms = connect({"url": lms_url}, replace(CONTEXT, clock=HandClock()))
    with caplog.at_level(logging.DEBUG, "wbok"):
        (readable,) = allowances_of(lms, NEIGHBOUR)
        assert allowances_of(lms, NEIGHBOUR) == (readable,)
    assert (readable.name, readable.total) == ("Zagranica", 1800)
    left_out = [record.levelname for record in caplog.records if "a row is left out" in record.message]
    assert left_out == ["WARNING"] + ["DEBUG"] * (2 * len(HOSTILE_SETTINGS) - 1)
    assert "stdClass" not in caplog.text


@pytest.mark.parametrize(
    "condition",
    ["commited = 0", "suspended = 1", "dateto = 1795000000", "datefrom = 1800000000", "customerid = 1"],
)
def test_a_package_is_of_an_assignment_in_force(change: Change, condition: str) -> None:
    billing = change(text(f"UPDATE assignments SET {condition} WHERE customerid = 18 AND tariffid = 2"))
    assert allowances_of(billing, TALKER) == ()


def test_when_everything_is_suspended_so_are_the_packages(change: Change) -> None:
    nothing = insert(tariffs.assignments).values(
        id=900,
        customerid=Odd.TALKER,
        tariffid=None,
        liabilityid=None,
        period=3,
        datefrom=1,
        dateto=0,
        count=1,
    )
    assert allowances_of(change(nothing), TALKER) == ()


@pytest.mark.parametrize(("left", "used"), [(-20, 120 * 60), (1000, 0), (None, 0)])
def test_odd_states_of_a_package(change: Change, left: int | None, used: int) -> None:
    first = allowances_of(change(update(tables.voip_rule_states).values(units_left=left)), TALKER)[0]
    assert first.used == used


@pytest.mark.parametrize("own_url", ["mysql"], indirect=True)
def test_texts_with_a_zero_byte_are_shown_without_it(change: Change) -> None:
    """PostgreSQL keeps no such text."""
    billing = change(text("UPDATE voip_cdr SET callee_prefix_group = 'Pol\\0ska', callee = '48600\\0'"))
    assert "Polska" in {call.destination for call in calls_of(billing, TALKER)}


@pytest.mark.parametrize("table", ["voip_cdr", "voip_rules"])
def test_a_table_that_is_not_there_is_a_clear_message(
    change: Change, table: str, caplog: pytest.LogCaptureFixture
) -> None:
    billing = change(text(f"DROP TABLE {table}"))
    with caplog.at_level(logging.ERROR, "wbok"), pytest.raises(Unavailable):
        phone_of(billing).usage(TALKER, ALWAYS)
    assert table in caplog.text


def test_an_account_of_nobody_opens_nothing(change: Change) -> None:
    billing = change(text("UPDATE voipaccounts SET ownerid = NULL"))
    for customer in (TALKER, NEIGHBOUR, "0"):
        assert calls_of(billing, customer) == ()
        assert phone_of(billing).usage(customer, ALWAYS).lines == ()

"""The lockout, try by try."""

from __future__ import annotations

import pytest
from support.clock import HandClock

from wbok.store import Store
from wbok.store.guard import Begun, Busy, Locked, LoginGuard, Subject, customer_subject

HALINA = customer_subject("10427")


@pytest.fixture
def guard(store: Store, clock: HandClock) -> LoginGuard:
    return LoginGuard(store, clock=clock)


def begin(guard: LoginGuard, subject: Subject = HALINA) -> Begun:
    begun = guard.begin(subject)
    assert isinstance(begun, Begun)
    return begun


def test_third_wrong_pin_locks_until_the_office_unlocks(guard: LoginGuard, clock: HandClock) -> None:
    assert [guard.wrong(begin(guard)) for _ in range(3)] == [2, 1, 0]
    assert isinstance(guard.begin(HALINA), Locked)
    clock.advance(days=400)
    assert isinstance(guard.begin(HALINA), Locked)
    guard.unlock(HALINA)
    assert guard.wrong(begin(guard)) == 2


def test_right_pin_sets_the_wrong_tries_back(guard: LoginGuard) -> None:
    guard.wrong(begin(guard))
    guard.wrong(begin(guard))
    assert guard.right(begin(guard))
    assert [guard.wrong(begin(guard)) for _ in range(3)] == [2, 1, 0]


def test_three_undecided_tries_leave_no_place_for_a_fourth(guard: LoginGuard) -> None:
    tries = [begin(guard) for _ in range(3)]
    assert isinstance(guard.begin(HALINA), Busy)
    guard.give_back(tries[0])
    begin(guard)


def test_wrong_tries_leave_less_place_for_undecided_ones(guard: LoginGuard) -> None:
    guard.wrong(begin(guard))
    begin(guard)
    begin(guard)
    assert isinstance(guard.begin(HALINA), Busy)


def test_tries_undecided_for_a_minute_count_as_wrong(guard: LoginGuard, clock: HandClock) -> None:
    lost = [begin(guard) for _ in range(3)]
    clock.advance(seconds=61)
    assert isinstance(guard.begin(HALINA), Locked)
    assert not guard.right(lost[0])


def test_one_lost_try_costs_one_try(guard: LoginGuard, clock: HandClock) -> None:
    begin(guard)
    clock.advance(seconds=61)
    assert guard.wrong(begin(guard)) == 1


def test_a_try_in_flight_stays_counted_through_an_unlock(guard: LoginGuard) -> None:
    in_flight = begin(guard)
    guard.wrong(begin(guard))
    guard.wrong(begin(guard))
    guard.unlock(HALINA)
    guard.wrong(in_flight)
    state = guard.state(HALINA)
    assert state is not None
    assert (state.wrong, state.pending) == (1, 0)


def test_a_right_pin_does_not_open_an_account_locked_meanwhile(guard: LoginGuard) -> None:
    slow = begin(guard)
    guard.wrong(begin(guard))
    guard.wrong(begin(guard))
    state = guard.state(HALINA)
    assert state is not None
    assert state.locked_at is None
    assert isinstance(guard.begin(HALINA), Busy)
    assert guard.right(slow)


def test_another_customer_is_not_concerned(guard: LoginGuard) -> None:
    for _ in range(3):
        guard.wrong(begin(guard))
    assert guard.right(begin(guard, customer_subject("10428")))
    assert [state.subject for state in guard.locked()] == [HALINA]


def test_locked_lists_the_latest_first(guard: LoginGuard, clock: HandClock) -> None:
    for name in ("1", "2"):
        for _ in range(3):
            guard.wrong(begin(guard, customer_subject(name)))
        clock.advance(minutes=1)
    assert [state.subject.customer_id for state in guard.locked()] == ["2", "1"]
    assert guard.unlock(customer_subject("3")) is None

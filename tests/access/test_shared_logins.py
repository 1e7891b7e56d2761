"""Several customers behind one login: the right PIN decides, and nobody's PIN is tried out by way of another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.clock import HandClock
from support.scene import make_settings

from wbok.access.login import Blocked, Choice, Login, TooManyLogins, Welcome, Wrong
from wbok.access.pins import PinCheck
from wbok.billing import Billing, Credential
from wbok.domain.customer import Customer, Profile
from wbok.errors import Unavailable
from wbok.panel import Panel, build_panel
from wbok.store.guard import Begun, customer_subject
from wbok.testing import MemoryCustomer, memory_billing

HOME, OFFICE = "10.0.0.7", "10.0.0.8"
ANNA, ADAM = Welcome("1", "Klient 1"), Welcome("2", "Klient 2")
MakePanel = Callable[..., Panel]


def sharing(*pins: str, login: str = "77") -> Billing:
    """Customers 1, 2, … with these PINs, all behind one login; and 90 with his own."""
    customers = [_customer(str(number), login, pin) for number, pin in enumerate(pins, start=1)]
    return memory_billing(*customers, _customer("90", "90", "9090"))


def _customer(customer_id: str, login: str, pin: str) -> MemoryCustomer:
    return MemoryCustomer(
        profile=Profile(Customer(customer_id, f"Klient {customer_id}")), login=login, pin=pin
    )


@pytest.fixture
def make(tmp_path: Path, clock: HandClock, store_url: str) -> MakePanel:
    def make(billing: Billing) -> Panel:
        settings = make_settings(tmp_path, {"adapter": "memory"}, store={"url": store_url})
        panel = build_panel(settings, clock=clock, billing=billing)
        panel.store.upgrade()
        return panel

    return make


def wrong(panel: Panel, customer: str) -> int:
    state = panel.guard.state(customer_subject(customer))
    assert state is None or state.pending == 0
    return 0 if state is None else state.wrong


def is_locked(panel: Panel, customer: str) -> bool:
    state = panel.guard.state(customer_subject(customer))
    return state is not None and state.locked_at is not None


class Compared:
    """Counts, by customer, how many wrong PINs are compared."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wrong: dict[str, list[str]] = {}
        verify = PinCheck.matches

        def counted(this: PinCheck, typed: str, credential: Credential | None, **more: Any) -> bool:
            outcome = verify(this, typed, credential, **more)
            if credential is not None and not outcome:
                self.wrong.setdefault(credential.customer_id, []).append(typed)
            return outcome

        monkeypatch.setattr(PinCheck, "matches", counted)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    return Compared(monkeypatch)


def test_the_right_pin_decides(make: MakePanel) -> None:
    login = make(sharing("1111", "2222")).login
    assert login.attempt("77", "1111", address=HOME) == ANNA
    assert login.attempt("77", "2222", address=HOME) == ADAM


def test_with_one_pin_the_customer_chooses(make: MakePanel) -> None:
    panel = make(sharing("1111", "01111", "2222"))
    assert panel.login.attempt("77", "1111", address=HOME) == Choice((ANNA, ADAM))
    assert panel.login.enter("2", address=HOME) == ADAM
    assert [entry.action for entry in panel.audit.of("2")] == ["login", "login_choice"]
    assert [entry.action for entry in panel.audit.of("1")] == ["login_choice"]


def test_a_wrong_pin_counts_for_everybody_behind_the_login(make: MakePanel) -> None:
    panel = make(sharing("1111", "2222"))
    answers = [panel.login.attempt("77", pin, address=HOME) for pin in ("3", "4")]
    assert answers == [Wrong(2), Wrong(1)]
    assert (wrong(panel, "1"), wrong(panel, "2")) == (2, 2)
    assert isinstance(panel.login.attempt("77", "5", address=HOME), Blocked)
    assert isinstance(panel.login.attempt("77", "1111", address=HOME), Blocked)
    assert is_locked(panel, "1")
    assert is_locked(panel, "2")


def test_a_shared_login_is_answered_like_one_that_nobody_has(make: MakePanel) -> None:
    login = make(sharing("1111", "2222")).login
    shared, unknown = ([login.attempt(typed, "9", address=HOME) for _ in range(4)] for typed in ("77", "78"))
    assert [type(answer) for answer in shared] == [type(answer) for answer in unknown]
    assert shared[:2] == unknown[:2]


def test_a_household_does_not_lock_each_other_out(make: MakePanel, compared: Compared) -> None:
    panel = make(sharing("1111", "2222", "3333"))
    for _ in range(10):
        assert panel.login.attempt("77", "1111", address=HOME) == ANNA
    for _ in range(10):
        assert panel.login.attempt("77", "2222", address=HOME) == ADAM
        assert panel.login.attempt("77", "1111", address=HOME) == ANNA
    assert [wrong(panel, customer) for customer in "123"] == [0, 0, 2]
    assert compared.wrong == {"1": ["2222"], "2": ["1111"], "3": ["1111", "2222"]}


def test_whoever_changes_his_own_pin_tries_out_no_more_than_three_of_the_others(
    make: MakePanel, compared: Compared
) -> None:
    panel, login = make(sharing("1111", "2222")), "77"
    for guess in range(3001, 3011):
        panel = replace(panel, login=_over(panel, sharing(f"{guess}", "2222")))
        assert panel.login.attempt(login, f"{guess}", address=HOME) == ANNA
    assert len(compared.wrong["2"]) == 3
    assert is_locked(panel, "2")
    assert not is_locked(panel, "1")


def test_a_pin_that_is_known_to_be_wrong_counts_when_it_opens_nobody(make: MakePanel) -> None:
    panel = make(sharing("1111", "2222"))
    assert panel.login.attempt("77", "1111", address=HOME) == ANNA
    panel.guard.unlock(customer_subject("2"))
    changed = _over(panel, sharing("4444", "2222"))
    assert [changed.attempt("77", "1111", address=HOME) for _ in range(2)] == [Wrong(2), Wrong(1)]
    assert isinstance(changed.attempt("77", "1111", address=HOME), Blocked)
    assert is_locked(panel, "2")


def test_a_locked_one_is_not_told_by_what_a_try_costs(make: MakePanel) -> None:
    """The PIN of a locked customer is answered, and counted on the others, as any wrong one."""
    panel = make(sharing("1111", "2222"))
    assert panel.login.attempt("77", "1111", address=HOME) == ANNA
    _lock(panel, "1")
    panel.guard.unlock(customer_subject("2"))
    assert panel.login.attempt("77", "1111", address=HOME) == Wrong(2)
    assert panel.login.attempt("77", "5555", address=HOME) == Wrong(1)


def test_who_is_locked_is_not_compared_and_the_other_still_comes_in(
    make: MakePanel, compared: Compared
) -> None:
    panel = make(sharing("1111", "2222"))
    _lock(panel, "1")
    assert panel.login.attempt("77", "2222", address=HOME) == ADAM
    assert panel.login.attempt("77", "1111", address=HOME) == Wrong(2)
    assert "1" not in compared.wrong


def test_a_pin_given_anew_is_compared_again(make: MakePanel) -> None:
    panel = make(sharing("1111", "2222"))
    assert panel.login.attempt("77", "1111", address=HOME) == ANNA
    same = _over(panel, sharing("1111", "1111"))
    assert same.attempt("77", "1111", address=HOME) == Choice((ANNA, ADAM))


def test_a_shared_login_takes_one_place_of_an_address(make: MakePanel) -> None:
    login = make(sharing("1111", "2222", "3333", "4444", "5555")).login
    assert login.attempt("77", "9", address=HOME) == Wrong(2)
    assert login.attempt("77", "1111", address=HOME) == ANNA
    for stranger in ("81", "82", "83", "84"):
        assert login.attempt(stranger, "9", address=HOME) == Wrong(2)
    assert isinstance(login.attempt("90", "9090", address=HOME), TooManyLogins)
    assert login.attempt("77", "2222", address=HOME) == ADAM


def test_while_another_is_being_checked_nothing_is_counted(make: MakePanel) -> None:
    panel = make(sharing("1111", "2222"))
    for _ in range(3):
        panel.guard.begin(customer_subject("2"))
    answer = panel.login.attempt("77", "9", address=HOME)
    assert type(answer).__name__ == "Busy"
    assert wrong(panel, "1") == 0


def test_when_the_customers_cannot_be_read_only_who_was_compared_in_vain_pays(make: MakePanel) -> None:
    panel = make(sharing("1111", "2222"))
    broken = _over(panel, _without_names(sharing("1111", "2222")))
    for _ in range(5):
        with pytest.raises(Unavailable):
            broken.attempt("77", "1111", address=HOME)
    assert (wrong(panel, "1"), wrong(panel, "2")) == (0, 1)


def test_when_comparing_fails_only_what_was_compared_counts(
    make: MakePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = make(sharing("1111", "2222", "3333"))
    verify = PinCheck.matches

    def fails(this: PinCheck, typed: str, credential: Credential | None, **more: Any) -> bool:
        if credential is not None and credential.customer_id == "2":
            raise ValueError("no such format")
        return verify(this, typed, credential, **more)

    monkeypatch.setattr(PinCheck, "matches", fails)
    with pytest.raises(ValueError, match="no such format"):
        panel.login.attempt("77", "9", address=HOME)
    assert [wrong(panel, customer) for customer in "123"] == [1, 0, 0]


def test_a_login_of_too_many_opens_nobody_and_locks_nobody(make: MakePanel) -> None:
    panel = make(sharing(*(str(1000 + number) for number in range(11))))
    with pytest.raises(Unavailable):
        panel.login.attempt("77", "1000", address=HOME)
    assert wrong(panel, "1") == 0


def test_who_was_locked_meanwhile_cannot_be_chosen(make: MakePanel) -> None:
    panel = make(sharing("1111", "1111"))
    assert isinstance(panel.login.attempt("77", "1111", address=HOME), Choice)
    _lock(panel, "2")
    assert isinstance(panel.login.enter("2", address=HOME), Blocked)


def test_the_office_is_told_whom_a_login_belongs_to(make: MakePanel) -> None:
    panel = make(sharing("1111", "2222"))
    assert panel.login.resolve("77") == (customer_subject("1"), customer_subject("2"))
    assert panel.login.resolve("x") == ()


def _lock(panel: Panel, customer: str) -> None:
    subject = customer_subject(customer)
    for _ in range(3):
        begun = panel.guard.begin(subject)
        assert isinstance(begun, Begun)
        panel.guard.wrong(begun)
    assert is_locked(panel, customer)


def _over(panel: Panel, billing: Billing) -> Login:
    """The same panel after the billing has changed."""
    return build_panel(panel.settings, clock=panel.clock, billing=billing).login


def _without_names(billing: Billing) -> Billing:
    class Broken:
        login_kind = staticmethod(billing.customers.login_kind)
        pin_format = billing.customers.pin_format
        credentials = staticmethod(billing.customers.credentials)
        profile = staticmethod(billing.customers.profile)

        def customer(self, customer_id: str) -> Customer:
            raise Unavailable

    return replace(billing, customers=Broken())

"""Pages that ask for the PIN once more: counted as at login, remembered by the session, for every login."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeScene
from support.clock import HandClock
from support.scene import Scene, Visitor, make_settings
from support.statements import counted

from wbok.billing import Billing, Credential, LoginField, NamedLogin
from wbok.domain.customer import Customer, Profile
from wbok.errors import Unavailable
from wbok.panel import build_panel
from wbok.testing import MemoryCustomer, memory_billing
from wbok.testing.memory import MemoryCustomers
from wbok.web import create_app

LIST = "/phone/calls?month=2026-10&kind=voice"
ASKING = {"phone": {"ask_pin": True}}
HALINA = ("10427", "4271")


@pytest.fixture
def scene(make_demo_scene: MakeScene) -> Scene:
    return make_demo_scene(tabs=ASKING)


def type_pin(visitor: Visitor, pin: str, *, wanted: str = LIST) -> Any:
    """Into the form where the list led."""
    answer = visitor.get(wanted)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/login/pin")
    token = visitor.token(answer.location)
    return visitor.post("/login/pin", {"csrf_token": token, "pin": pin, "next": wanted})


def test_the_list_is_shown_after_the_pin_and_for_ten_minutes(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    form = visitor.get(visitor.get(LIST).location)
    assert 'name="next" value="/phone/calls?month=2026-10&amp;kind=voice"' in form.text
    answer = type_pin(visitor, "4271")
    assert (answer.status_code, answer.location) == (303, LIST)
    scene.clock.advance(minutes=9)
    assert visitor.get(LIST).status_code == 200
    scene.clock.advance(minutes=1)
    assert visitor.get(LIST).status_code == 303


def test_files_are_behind_the_pin_too_and_lead_to_the_list(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    for name in ("calls.csv", "calls.pdf"):
        answer = visitor.get(f"/phone/{name}?month=2026-10")
        assert answer.location == "/login/pin?next=/phone/calls?month%3D2026-10"
    type_pin(visitor, "4271")
    for name in ("calls.csv", "calls.pdf"):
        assert visitor.get(f"/phone/{name}?month=2026-10").status_code == 200


def test_the_overview_says_the_amount_and_no_number_before_the_pin(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    page = visitor.get("/phone/").text
    assert "2,61" in page
    assert "<table" not in page.partition('id="above"')[2].partition("</section>")[0]
    type_pin(visitor, "4271")
    assert "Niemcy" in visitor.get("/phone/").text


def test_another_session_of_the_same_customer_types_its_own_pin(scene: Scene) -> None:
    type_pin(scene.customer(*HALINA), "4271")
    assert scene.customer(*HALINA).get(LIST).status_code == 303


def test_three_wrong_pins_lock_the_account_and_leave_the_session(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    first, second, third = (type_pin(visitor, "1") for _ in range(3))
    assert "2 próby" in first.text
    assert "Została 1 próba" in second.text
    assert third.status_code == 403
    assert "zablokowany" in third.text
    assert visitor.get("/info/").status_code == 200
    assert type_pin(visitor, "4271").status_code == 403
    assert visitor.get(LIST).status_code == 303
    assert scene.visitor().log_in(*HALINA).status_code == 403
    scene.panel.guard.unlock(scene.panel.login.resolve("10427")[0])
    assert type_pin(visitor, "4271").status_code == 303


def test_tries_at_login_and_for_the_list_are_counted_together(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    scene.visitor().log_in("10427", "1")
    type_pin(visitor, "2")
    assert scene.visitor().log_in("10427", "3").status_code == 403
    assert [state.subject.customer_id for state in scene.panel.guard.locked()] == ["10427"]


def test_a_lock_closes_what_another_session_had_opened(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    type_pin(visitor, "4271")
    assert visitor.get(LIST).status_code == 200
    for _ in range(3):
        scene.visitor().log_in("10427", "1")
    assert visitor.get(LIST).status_code == 303
    assert visitor.get("/info/").status_code == 200


def test_a_right_pin_sets_the_count_back(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    type_pin(visitor, "1")
    type_pin(visitor, "2")
    assert type_pin(visitor, "4271").status_code == 303
    scene.clock.advance(minutes=11)
    assert "2 próby" in type_pin(visitor, "1").text


def test_an_empty_pin_is_not_counted(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    for _ in range(4):
        assert "Prosimy wpisać jeszcze raz: PIN" in type_pin(visitor, " ").text
    assert type_pin(visitor, "4271").status_code == 303


def test_the_form_needs_its_token_and_a_session(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    assert visitor.post("/login/pin", {"pin": "4271", "next": LIST}).status_code == 400
    assert visitor.get(LIST).status_code == 303
    stranger = scene.visitor()
    answer = stranger.post("/login/pin", {"csrf_token": stranger.token(), "pin": "4271"})
    assert answer.location.startswith("/login?")


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "/nowhere", "/\\evil", ""])
def test_it_leads_to_own_pages_alone(scene: Scene, wanted: str) -> None:
    visitor = scene.customer(*HALINA)
    token = visitor.token("/login/pin")
    answer = visitor.post("/login/pin", {"csrf_token": token, "pin": "4271", "next": wanted})
    assert (answer.status_code, answer.location) == (303, "/")


def test_login_and_the_form_share_one_limit(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(tabs=ASKING, access={"login_rate": "4 per minute"})
    visitor = scene.customer(*HALINA)
    codes = [type_pin(visitor, " ").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]


def test_the_audit_names_who_typed_it_and_never_the_pin(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    type_pin(visitor, "5999")
    type_pin(visitor, "4271")
    with scene.panel.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, customer_id, details FROM audit").all()
    assert [tuple(row)[:2] for row in rows[-2:]] == [("wrong_pin", "10427"), ("pin_confirmed", "10427")]
    assert not any("5999" in str(row) for row in rows)


def test_a_list_that_asks_costs_no_more_statements(scene: Scene) -> None:
    visitor = scene.customer(*HALINA)
    type_pin(visitor, "4271")
    visitor.get(LIST)
    with counted(scene.panel) as statements:
        assert visitor.get(LIST).status_code == 200
    assert len(statements.store) == 1
    assert len(statements.billing) <= 4


SHOP, BRANCH = "1", "2"
Make = Callable[[Billing], Scene]


class ByPhone(MemoryCustomers):
    """Logs in by telephone; `gone`: the billing does not answer, `moved`: nobody has that number any more."""

    gone = moved = False

    @property
    def login_kind(self) -> NamedLogin:
        return NamedLogin(lambda typed: typed.replace(" ", "") or None, LoginField.PHONE)

    def credentials(self, login: str) -> tuple[Credential, ...]:
        if self.gone:
            raise Unavailable("away")
        return () if self.moved else super().credentials(login)


@pytest.fixture
def make(tmp_path: Path, clock: HandClock) -> Make:
    def make(billing: Billing) -> Scene:
        settings = make_settings(tmp_path, {"adapter": "memory"}, tabs=ASKING)
        panel = build_panel(settings, clock=clock, billing=billing)
        panel.store.upgrade()
        return Scene(panel, create_app(panel), clock)

    return make


@pytest.fixture
def household(make: Make) -> Scene:
    """Two customers with one telephone and two PINs, and one more with the first's PIN."""
    known = {
        number: MemoryCustomer(profile=Profile(Customer(number, name)), login="600100200", pin=pin)
        for number, name, pin in ((SHOP, "Sklep", "1111"), (BRANCH, "Filia", "2222"), ("3", "Dom", "1111"))
    }
    return make(replace(memory_billing(*known.values()), customers=ByPhone(known)))


def test_of_several_with_one_login_each_has_his_own_pin(household: Scene) -> None:
    visitor = household.visitor()
    assert visitor.log_in("600 100 200", "2222").status_code == 303
    assert "2 próby" in type_pin(visitor, "1111").text
    assert type_pin(visitor, "2222").status_code == 303
    states = [household.panel.guard.state(one) for one in household.panel.login.resolve("600100200")]
    # The login itself compared the PIN with theirs, once.
    assert [state.wrong for state in states if state] == [1, 0, 1]


def test_who_chose_himself_among_several_is_known_too(household: Scene) -> None:
    visitor = household.visitor()
    page = visitor.log_in("600 100 200", "1111").text
    assert 'name="login" value="600 100 200"' in page
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    visitor.post("/login/choice", {"csrf_token": token, "customer": "3", "login": "600 100 200"})
    assert type_pin(visitor, "1111").status_code == 303


def test_what_cannot_be_checked_is_said_and_not_counted(household: Scene) -> None:
    visitor = household.visitor()
    visitor.log_in("600100200", "2222")
    customers = household.panel.billing.customers
    assert isinstance(customers, ByPhone)
    customers.gone = True
    for _ in range(4):
        assert type_pin(visitor, "9").status_code == 503
    customers.gone, customers.moved = False, True
    for _ in range(4):
        assert "zalogować jeszcze raz" in type_pin(visitor, "9").text
    customers.moved = False
    assert type_pin(visitor, "2222").status_code == 303

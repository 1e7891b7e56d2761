"""Choosing as whom to come in, as a browser sees it; and what the login page calls other logins than ID Klienta."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from support.clock import HandClock
from support.scene import Scene, Visitor, make_settings

from wbok.billing import Billing, LoginField, NamedLogin
from wbok.domain.customer import Customer, Profile
from wbok.panel import build_panel
from wbok.testing import MemoryCustomer, memory_billing
from wbok.testing.memory import MemoryCustomers
from wbok.web import create_app

MakeScene = Callable[[Billing], Scene]
SHOP, BRANCH, STRANGER = "1", "2", "3"


def billing(*, kind: NamedLogin | None = None) -> Billing:
    known = (
        _customer(SHOP, "Sklep <Pod Lipą>", login="77", pin="1111"),
        _customer(BRANCH, "Filia", login="77", pin="1111"),
        _customer(STRANGER, "Obcy", login="77", pin="3333"),
    )
    whole = memory_billing(*known)
    if kind is None:
        return whole
    return replace(whole, customers=Otherwise({customer.id: customer for customer in known}, kind))


class Otherwise(MemoryCustomers):
    """Customers who type something else than ID Klienta."""

    def __init__(self, known: Mapping[str, MemoryCustomer], kind: NamedLogin) -> None:
        super().__init__(known)
        self._kind = kind

    @property
    def login_kind(self) -> NamedLogin:
        return self._kind


def _customer(customer_id: str, name: str, *, login: str, pin: str) -> MemoryCustomer:
    return MemoryCustomer(profile=Profile(Customer(customer_id, name)), login=login, pin=pin)


@pytest.fixture
def make(tmp_path: Path, clock: HandClock) -> MakeScene:
    def make(given: Billing) -> Scene:
        settings = make_settings(tmp_path, {"adapter": "memory"})
        panel = build_panel(settings, clock=clock, billing=given)
        panel.store.upgrade()
        app: Flask = create_app(panel)
        return Scene(panel, app, clock)

    return make


@pytest.fixture
def scene(make: MakeScene) -> Scene:
    return make(billing())


@pytest.fixture
def visitor(scene: Scene) -> Visitor:
    """Who has typed the PIN of two customers."""
    visitor = scene.visitor()
    answer = visitor.log_in("77", "1111", next="/finance/ledger")
    assert answer.status_code == 200
    return visitor


def test_names_stand_there_only_after_the_right_pin(scene: Scene) -> None:
    visitor = scene.visitor()
    assert "Filia" not in visitor.log_in("77", "9").text
    page = visitor.log_in("77", "1111", next="/finance/ledger").text
    assert "Kto się loguje?" in page
    assert "Sklep &lt;Pod Lipą&gt;" in page
    assert "ID Klienta: 2" in page
    assert 'name="next" value="/finance/ledger"' in page
    assert "Obcy" not in page
    assert visitor.get("/info/").status_code == 303


def test_whoever_is_chosen_comes_in(scene: Scene) -> None:
    visitor = scene.visitor()
    page = visitor.log_in("77", "1111").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = visitor.post("/login/choice", {"csrf_token": token, "customer": BRANCH, "next": "/finance/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/finance/")
    assert "Filia" in visitor.get("/info/").text
    assert len(scene.panel.sessions.of(BRANCH)) == 1
    assert scene.panel.sessions.of(SHOP) == ()


def _token(visitor: Visitor) -> str:
    return visitor.token("/login")


@pytest.mark.parametrize("customer", [STRANGER, "", "1 ", "01", "99", "1\x00"])
def test_nobody_who_was_not_proven_can_be_chosen(scene: Scene, visitor: Visitor, customer: str) -> None:
    answer = visitor.post("/login/choice", {"csrf_token": _token(visitor), "customer": customer})
    assert answer.status_code == 400
    assert "Ten wybór jest już nieważny." in answer.text
    assert visitor.get("/info/").status_code == 303
    assert not any(scene.panel.sessions.of(one) for one in (SHOP, BRANCH, STRANGER))


def test_after_one_wrong_choice_the_proof_is_gone(visitor: Visitor) -> None:
    token = _token(visitor)
    visitor.post("/login/choice", {"csrf_token": token, "customer": STRANGER})
    assert visitor.post("/login/choice", {"csrf_token": token, "customer": SHOP}).status_code == 400


def test_without_a_proof_nobody_can_be_chosen(scene: Scene) -> None:
    visitor = scene.visitor()
    form = {"csrf_token": visitor.token(), "customer": SHOP}
    assert visitor.post("/login/choice", form).status_code == 400


def test_the_proof_serves_once_even_from_a_copied_cookie(scene: Scene, visitor: Visitor) -> None:
    token, cookie = _token(visitor), visitor.client.get_cookie("wbok")
    assert cookie
    assert visitor.post("/login/choice", {"csrf_token": token, "customer": SHOP}).status_code == 303
    thief = scene.visitor()
    thief.client.set_cookie("wbok", cookie.value)
    assert thief.post("/login/choice", {"csrf_token": token, "customer": BRANCH}).status_code == 400
    assert scene.panel.sessions.of(BRANCH) == ()


def test_the_proof_is_good_for_five_minutes(scene: Scene, visitor: Visitor) -> None:
    token = _token(visitor)
    scene.clock.advance(minutes=5)
    assert visitor.post("/login/choice", {"csrf_token": token, "customer": SHOP}).status_code == 400


def test_a_choice_without_the_forms_token_is_refused(visitor: Visitor) -> None:
    answer = visitor.post("/login/choice", {"customer": SHOP})
    assert answer.status_code == 400
    assert visitor.get("/info/").status_code == 303


@pytest.mark.parametrize(
    ("field", "label", "keyboard"),
    [
        (LoginField.CUSTOMER_ID, "ID Klienta", "numeric"),
        (LoginField.PHONE, "Telefon", "tel"),
        (LoginField.EMAIL, "Adres e-mail", "email"),
        (LoginField.DOCUMENT, "Numer dokumentu", "text"),
        (LoginField.PPPOE, "Login PPPoE", "text"),
        (LoginField.TAX_OR_PERSONAL_ID, "NIP lub PESEL", "numeric"),
        (LoginField.EXTERNAL_ID, "Numer klienta", "text"),
    ],
)
def test_the_page_names_what_is_typed(make: MakeScene, field: LoginField, label: str, keyboard: str) -> None:
    def read(typed: str) -> str | None:
        return typed if typed != "x" else None

    scene = make(billing(kind=NamedLogin(read, field)))
    page = scene.visitor().get("/login").text
    assert f'<label for="customer_id">{label}</label>' in page
    assert f'name="customer_id" inputmode="{keyboard}"' in page
    assert label in scene.visitor().get("/help").text
    assert label in scene.visitor().log_in("77", "9").text
    assert label in scene.visitor().log_in("x", "9").text
    assert label in scene.visitor().log_in("77", "").text


def test_letters_of_a_secret_can_be_typed_on_a_telephone(make: MakeScene) -> None:
    scene = make(billing(kind=NamedLogin(str, LoginField.PPPOE, numeric_pin=False)))
    page = scene.visitor().get("/login").text
    assert '<label for="pin">Hasło</label>' in page
    assert 'name="pin" type="password" inputmode="text"' in page

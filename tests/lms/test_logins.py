"""Coming in over LMS: seven logins, three formats of PINs, statuses, and PINs that are over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.billing import CONTEXT
from support.clock import HandClock
from support.scene import make_scene, make_settings

from bench.lms import logins as made
from bench.lms.logins import Caller
from bench.lms.odd import Odd
from bench.lms.people import pin_of
from wbok.access.pins import PinCheck
from wbok.adapters.lms import connect
from wbok.adapters.lms.logins import allowed_statuses
from wbok.billing import Billing, LoginField, NamedLogin
from wbok.errors import Unavailable
from wbok.testing import CustomersContract, Sample

SetTo = Callable[..., Billing]
PINS = PinCheck(b"k" * 32)


@pytest.fixture
def set_to(lms_url: str) -> SetTo:
    def make(auth_type: int, **more: object) -> Billing:
        settings = {name.replace("__", "."): value for name, value in more.items()}
        config = {"url": lms_url, "settings": {"userpanel.auth_type": auth_type, **settings}}
        return connect(config, replace(CONTEXT, clock=HandClock()))

    return make


def who(billing: Billing, typed: str, pin: str | None = None) -> set[int]:
    """Whom this login, and with a PIN this PIN, opens."""
    customers = billing.customers
    login = customers.login_kind(typed)
    found = customers.credentials(login) if login is not None else ()
    return {
        int(one.customer_id)
        for one in found
        if pin is None or PINS.matches(pin, one, usual_format=customers.pin_format)
    }


def named(billing: Billing) -> NamedLogin:
    kind = billing.customers.login_kind
    assert isinstance(kind, NamedLogin)
    return kind


@pytest.mark.parametrize(
    ("number", "field"),
    [
        (1, LoginField.CUSTOMER_ID),
        (2, LoginField.PHONE),
        (3, LoginField.DOCUMENT),
        (4, LoginField.EMAIL),
        (5, LoginField.PPPOE),
        (6, LoginField.TAX_OR_PERSONAL_ID),
        (7, LoginField.EXTERNAL_ID),
    ],
)
def test_the_kind_of_login_is_what_lms_is_set_to(set_to: SetTo, number: int, field: LoginField) -> None:
    assert named(set_to(number)).field is field


def test_a_kind_that_nobody_knows_is_unavailable(set_to: SetTo) -> None:
    with pytest.raises(Unavailable):
        assert set_to(8).customers.login_kind


@pytest.mark.parametrize("customer", [Odd.FULL, Odd.MD5_PIN, Odd.BCRYPT_PIN, Caller.ARGON2_PIN])
def test_by_number_with_a_pin_in_each_format(set_to: SetTo, customer: int) -> None:
    lms = set_to(1)
    assert who(lms, f"00{customer:d}", pin_of(customer)) == {customer}
    assert who(lms, f"{customer:d}", "9999") == set()


@pytest.mark.parametrize("customer", [Odd.NO_PIN, Odd.ZERO_PIN])
def test_no_pin_and_zero_open_nothing(set_to: SetTo, customer: int) -> None:
    for pin in ("", "0", "0000"):
        assert who(set_to(1), f"{customer:d}", pin) == set()


@pytest.mark.parametrize("customer", [Odd.DELETED, Odd.CONTRACTOR])
def test_who_is_no_customer_has_no_login(set_to: SetTo, customer: int) -> None:
    assert who(set_to(1), f"{customer:d}") == set()


@pytest.mark.parametrize(
    "typed", ["600 700 800", "600700800", "+48600700800", "0048 600-700-800", " 600-700-800 ", "60 070 08 00"]
)
def test_a_telephone_however_it_is_typed(set_to: SetTo, typed: str) -> None:
    lms = set_to(2)
    assert who(lms, typed) == {Caller.WIFE, Caller.HUSBAND}
    assert who(lms, typed, pin_of(Caller.HUSBAND)) == {Caller.HUSBAND}


def test_telephones_of_two_with_one_pin(set_to: SetTo) -> None:
    assert who(set_to(2), "600700900", made.TWINS_PIN) == {Caller.SHOP, Caller.BRANCH}


@pytest.mark.parametrize("typed", [made.SMS_PHONE, "600 999 999", "600", "x", "Dom@example.pl"])
def test_telephones_that_open_nobody(set_to: SetTo, typed: str) -> None:
    assert who(set_to(2), typed) == set()


def test_by_number_of_a_document_also_a_cancelled_one(set_to: SetTo) -> None:
    lms = set_to(3)
    assert who(lms, "U/41/2026") == {Caller.WIFE}
    assert who(lms, " FV/42/2026 ") == {Caller.HUSBAND}
    assert who(lms, "u/41/2026") == set()


def test_one_number_of_a_document_for_several(set_to: SetTo) -> None:
    lms = set_to(3)
    assert who(lms, made.SHARED_DOCUMENT) == {Caller.WIFE, Caller.SHOP, Caller.BRANCH}
    assert who(lms, made.SHARED_DOCUMENT, pin_of(Caller.WIFE)) == {Caller.WIFE}
    assert len(lms.customers.credentials(made.SHARED_DOCUMENT)) == 3


def test_who_shares_number_and_pin_of_a_document_chooses(lms_url: str, tmp_path: Path) -> None:
    billing = {"adapter": "lms", "url": lms_url, "settings": {"userpanel.auth_type": 3}}
    scene = make_scene(make_settings(tmp_path, billing))
    refused = scene.visitor().log_in(made.SHARED_DOCUMENT, "9999").text
    assert not any(name in refused for name in ("Sklep", "Filia", "Wilk"))
    alone = scene.customer(made.SHARED_DOCUMENT, pin_of(Caller.WIFE))
    assert "Anna Wilk" in alone.get("/info/").text
    visitor = scene.visitor()
    page = visitor.log_in(made.SHARED_DOCUMENT, made.TWINS_PIN).text
    assert [name in page for name in ("Sklep", "Filia", "Wilk")] == [True, True, False]
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    chosen = {"csrf_token": token, "customer": f"{Caller.BRANCH:d}"}
    assert visitor.post("/login/choice", chosen).status_code == 303
    assert "Filia" in visitor.get("/info/").text


def test_by_address_of_mail(set_to: SetTo) -> None:
    lms = set_to(4)
    assert who(lms, "Dom@example.pl") == {Caller.WIFE, Caller.HUSBAND}
    assert who(lms, "Halina@Example.PL", pin_of(Odd.FULL)) == {Odd.FULL}
    assert who(lms, "600 700 800") == set()


def test_by_pppoe_with_the_password_of_the_connection(set_to: SetTo) -> None:
    lms = set_to(5)
    assert who(lms, "ppp-wife", f"Tajne{Caller.WIFE:d}") == {Caller.WIFE}
    assert who(lms, "ppp-wife", pin_of(Caller.WIFE)) == set()
    assert who(lms, "PPP-WIFE") == who(lms, "ppp-deleted") == set()
    assert not named(lms).numeric_pin


def test_the_password_of_a_connection_is_no_pin(set_to: SetTo) -> None:
    lms = set_to(5)
    assert who(lms, "ppp-digits", made.DIGITS_PASSWORD) == {Caller.DIGITS}
    for typed in (made.DIGITS_PASSWORD.lstrip("0"), f"0{made.DIGITS_PASSWORD}", f" {made.DIGITS_PASSWORD}"):
        assert who(lms, "ppp-digits", typed) == set()


@pytest.mark.parametrize("typed", ["526-104-08-28", "5261040828", "PL 526 104 08 28"])
def test_by_nip_with_and_without_dashes(set_to: SetTo, typed: str) -> None:
    assert who(set_to(6), typed, made.TWINS_PIN) == {Caller.SHOP, Caller.BRANCH}


def test_by_pesel(set_to: SetTo) -> None:
    assert who(set_to(6), "50010112345") == {Odd.FULL}


def test_by_external_number_of_the_provider_that_is_set(set_to: SetTo) -> None:
    provider = {"userpanel__authentication_customer_extid_service_provider_id": made.SERVICE_PROVIDER}
    assert who(set_to(7), "EXT-41") == {Caller.WIFE}
    assert who(set_to(7, **provider), "EXT-41") == {Caller.HUSBAND}
    assert who(set_to(7), "ext-41") == set()


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("", {Odd.FULL, Odd.DISCONNECTED, Odd.WAITING, Odd.DEBT_COLLECTION}),
        ("connected", {Odd.FULL}),
        ("connected; awaiting", {Odd.FULL, Odd.WAITING}),
        ("!disconnected,!debtcollection", {Odd.FULL, Odd.WAITING}),
        ("Connected, awaiting !awaiting", {Odd.FULL}),
        ("conected", set()),
    ],
)
def test_only_allowed_statuses_come_in(set_to: SetTo, text: str, inside: set[Odd]) -> None:
    lms = set_to(1, userpanel__allowed_customer_status=text)
    several = (Odd.FULL, Odd.DISCONNECTED, Odd.WAITING, Odd.DEBT_COLLECTION)
    assert {customer for customer in several if who(lms, f"{customer:d}")} == inside


def test_statuses_as_numbers() -> None:
    assert allowed_statuses(" , ") is None
    assert allowed_statuses("!connected") == {1, 2, 4, 5}


@pytest.mark.parametrize("section", ["customers", "phpui"])
def test_an_unhashed_pin_is_over_after_its_time(set_to: SetTo, section: str) -> None:
    lms = set_to(1, **{f"{section}__unsecure_pin_validity": 86400})
    assert who(lms, f"{Odd.FULL:d}", pin_of(Odd.FULL)) == set()
    for customer in (Caller.NEW_PIN, Odd.MD5_PIN, Odd.BCRYPT_PIN):
        assert who(lms, f"{customer:d}", pin_of(customer)) == {customer}
    assert lms.customers.pin_format == "bcrypt"


def test_a_pin_is_over_at_the_second(set_to: SetTo) -> None:
    for seconds, inside in ((3600, set()), (3601, {Caller.NEW_PIN})):
        lms = set_to(1, customers__unsecure_pin_validity=seconds)
        assert who(lms, f"{Caller.NEW_PIN:d}", pin_of(Caller.NEW_PIN)) == inside


@pytest.mark.parametrize(
    ("value", "seconds", "inside"),
    [
        ("3600 s", 3600, set()),
        ("3601.5", 3601, {Caller.NEW_PIN}),
        ("90d", 90, set()),
        ("-1", 0, {Caller.NEW_PIN}),
        ("doba", 0, {Caller.NEW_PIN}),
    ],
)
def test_a_validity_that_is_no_number_counts_as_in_lms_and_is_said(
    set_to: SetTo, caplog: pytest.LogCaptureFixture, value: str, seconds: int, inside: set[Caller]
) -> None:
    lms = set_to(1, customers__unsecure_pin_validity=value)
    for _ in range(2):
        assert who(lms, f"{Caller.NEW_PIN:d}", pin_of(Caller.NEW_PIN)) == inside
    (said,) = [record.message for record in caplog.records if "unsecure_pin_validity" in record.message]
    assert (repr(value) in said, said.endswith(f"counts as {seconds}")) == (True, True)
    assert lms.check is not None
    first = next(iter(lms.check(show_values=False)))
    (found,) = [f.found for f in first.findings if "unsecure_pin_validity" in f.found]
    assert f'is "{value}" and counts as {seconds} seconds' in found


def test_the_secret_of_a_connection_is_never_over(set_to: SetTo) -> None:
    lms = set_to(5, customers__unsecure_pin_validity=60)
    assert who(lms, "ppp-husband", f"Tajne{Caller.HUSBAND:d}") == {Caller.HUSBAND}


@pytest.mark.parametrize("number", range(1, 8))
@pytest.mark.parametrize("typed", ["\x00", "\ud800", "x" * 300, "' OR '1'='1", "%", "600700800\x00"])
def test_what_is_no_login_opens_nobody(set_to: SetTo, number: int, typed: str) -> None:
    lms = set_to(number)
    assert who(lms, typed) == set()
    assert lms.customers.credentials(typed) == ()


def test_starting_asks_nothing_and_login_says_that_lms_is_away() -> None:
    away = connect({"url": "postgresql://nobody@127.0.0.1:1/lms"}, CONTEXT)
    with pytest.raises(Unavailable):
        assert away.customers.login_kind


class TestLmsLogins(CustomersContract):
    @pytest.fixture
    def billing(self, lms: Billing) -> Billing:
        return lms

    @pytest.fixture
    def sample(self) -> Sample:
        return Sample(
            login="1",
            pin=pin_of(Odd.FULL),
            customer_id="1",
            other_customer_id="2",
            empty_customer_id="3",
            others_words=("600 111 222",),
        )

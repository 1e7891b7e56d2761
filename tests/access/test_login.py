"""One try to log in, with a real store and a real billing file."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from support.billing import people, write_tables
from support.clock import HandClock
from support.rounds import part_of
from support.scene import make_settings, sql_billing

from wbok.access.login import Blocked, Login, Malformed, TooManyLogins, Welcome, Wrong
from wbok.errors import Unavailable
from wbok.panel import Panel, build_panel

HOME = "10.0.0.7"


@pytest.fixture(scope="module")
def thousand_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("people") / "billing.sqlite", **people(1000))


@pytest.fixture
def panel(tmp_path: Path, clock: HandClock, store_url: str, thousand_people: Path) -> Panel:
    shutil.copy(thousand_people, tmp_path / "billing.sqlite")
    billing = sql_billing(tmp_path / "billing.sqlite", ["customers", "credentials"])
    settings = make_settings(tmp_path, billing, store={"url": store_url})
    panel = build_panel(settings, clock=clock)
    panel.store.upgrade()
    return panel


@pytest.fixture
def login(panel: Panel) -> Login:
    return panel.login


@pytest.mark.parametrize(
    ("typed", "pin"), [("7", "4711"), ("0007", "4711"), (" 7 ", "004711"), ("7", " 4711 ")]
)
def test_leading_zeros_and_blanks_do_not_matter(login: Login, typed: str, pin: str) -> None:
    assert login.attempt(typed, pin, address=HOME) == Welcome("7", "Klient 7")


@pytest.mark.parametrize(
    "typed", ["", "x", "７", "٧", "7\x00", "1" * 19, "-7", "7.0", "0x7", "７7", "\ud800"]
)
def test_what_no_login_looks_like_is_not_counted(login: Login, panel: Panel, typed: str) -> None:
    for _ in range(5):
        assert isinstance(login.attempt(typed, "4711", address=HOME), Malformed)
    assert panel.guard.locked() == ()


def test_known_and_unknown_logins_are_answered_alike(login: Login) -> None:
    known = [login.attempt("7", "9", address=HOME) for _ in range(4)]
    unknown = [login.attempt("70007", "9", address=HOME) for _ in range(4)]
    assert [type(o) for o in known] == [type(o) for o in unknown] == [Wrong, Wrong, Blocked, Blocked]
    assert known[:2] == unknown[:2] == [Wrong(2), Wrong(1)]


def test_a_right_pin_on_a_locked_account_is_answered_as_a_wrong_one(login: Login) -> None:
    for _ in range(3):
        login.attempt("7", "9", address=HOME)
    assert isinstance(login.attempt("7", "4711", address=HOME), Blocked)


def test_leading_zeros_share_one_lock(login: Login) -> None:
    for typed in ("7", "07", "007"):
        login.attempt(typed, "9", address=HOME)
    assert isinstance(login.attempt("7", "4711", address=HOME), Blocked)


def test_one_address_trying_1000_logins_locks_at_most_four(login: Login, panel: Panel) -> None:
    number = part_of(1000)
    outcomes = [login.attempt(str(i), "9", address=HOME) for i in range(1, number + 1) for _ in range(3)]
    assert len(panel.guard.locked()) <= 4
    assert sum(isinstance(o, TooManyLogins) for o in outcomes) > 3 * number - 100
    assert isinstance(login.attempt("500", "4711", address="10.0.0.8"), Welcome)


def test_a_family_behind_one_address_still_gets_in(login: Login) -> None:
    for member in ("1", "2", "3", "4", "5", "6"):
        assert isinstance(login.attempt(member, "4711", address=HOME), Welcome)
    for stranger in ("11", "12", "13", "14"):
        login.attempt(stranger, "9", address=HOME)
    assert isinstance(login.attempt("15", "4711", address=HOME), TooManyLogins)
    for member in ("1", "2", "3", "4", "5", "6"):
        assert isinstance(login.attempt(member, "4711", address=HOME), Welcome)


def test_a_mistyped_pin_put_right_gives_the_place_back(login: Login) -> None:
    for member in ("1", "2", "3", "4", "5", "6"):
        assert isinstance(login.attempt(member, "9", address=HOME), Wrong)
        assert isinstance(login.attempt(member, "4711", address=HOME), Welcome)


def test_the_address_rule_ends_after_a_day(login: Login, clock: HandClock) -> None:
    for stranger in ("11", "12", "13", "14"):
        login.attempt(stranger, "9", address=HOME)
    assert isinstance(login.attempt("15", "4711", address=HOME), TooManyLogins)
    clock.advance(hours=25)
    assert isinstance(login.attempt("15", "4711", address=HOME), Welcome)


def test_without_the_billing_nothing_is_counted(login: Login, tmp_path: Path) -> None:
    billing = tmp_path / "billing.sqlite"
    billing.rename(tmp_path / "away")
    for _ in range(5):
        with pytest.raises(Unavailable):
            login.attempt("7", "9", address=HOME)
    (tmp_path / "away").rename(billing)
    assert login.attempt("7", "9", address=HOME) == Wrong(2)


def test_the_audit_knows_who_but_not_what_was_typed(login: Login, panel: Panel) -> None:
    login.attempt("7", "48151", address=HOME)
    login.attempt("7", "4711", address=HOME)
    login.attempt("48151623", "4711", address=HOME)
    entries = panel.audit.of("7")
    assert [(e.action, e.address) for e in entries] == [("login", HOME), ("wrong_pin", HOME)]
    with panel.store.reading() as connection:
        everything = str(connection.exec_driver_sql("SELECT * FROM audit").all())
    assert "48151" not in everything
    assert "unknown login" in everything


def test_right_pins_while_customers_cannot_be_read_use_nothing_up(panel: Panel, tmp_path: Path) -> None:
    away = sqlite3.connect(tmp_path / "billing.sqlite")
    with away:
        away.execute("ALTER TABLE customers RENAME TO gone")
    for login in range(1, 10):
        for _ in range(4):
            with pytest.raises(Unavailable):
                panel.login.attempt(str(login), "4711", address=HOME)
    with away:
        away.execute("ALTER TABLE gone RENAME TO customers")
    away.close()
    assert [panel.login.attempt(str(i), "9", address=HOME) for i in range(11, 15)] == [Wrong(2)] * 4

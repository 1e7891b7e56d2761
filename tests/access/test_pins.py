"""Which PINs are the same, in every format in which a billing may keep them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import argon2
import bcrypt
import pytest

from wbok.access.pins import PinCheck
from wbok.billing import PIN_FORMATS, Credential

CHECK = PinCheck(b"k" * 32)
ARGON2 = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
WRITE: dict[str, Callable[[str], str]] = {
    "plain": str,
    "md5": lambda pin: hashlib.md5(pin.encode()).hexdigest().upper(),
    "bcrypt": lambda pin: bcrypt.hashpw(pin.encode(), bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$"),
    "argon2": ARGON2.hash,
    "hmac": lambda pin: CHECK.hash_pin(pin, customer_id="7"),
}


HASHES_OF_ANYTHING = ("plain", "md5", "bcrypt", "argon2")


def matches(
    typed: str, stored: str | None, kind: str = "plain", *, customer_id: str = "7", exact: bool = False
) -> bool:
    return CHECK.matches(typed, Credential(customer_id, stored, kind, exact), usual_format=kind)


@pytest.mark.parametrize("kind", HASHES_OF_ANYTHING)
def test_a_password_is_compared_as_it_was_typed(kind: str) -> None:
    for password in ("0042", "42", "0000", " 42 "):
        stored = WRITE[kind](password)
        assert {
            typed
            for typed in ("0042", "42", "000042", "42 ", " 42 ", "0000", "00", "0")
            if matches(typed, stored, kind, exact=True)
        } == {password}


@pytest.mark.parametrize("kind", HASHES_OF_ANYTHING)
@pytest.mark.parametrize("stored", ["", "0", "  "])
def test_no_password_lets_nobody_in(kind: str, stored: str) -> None:
    for typed in ("", "0", "  ", "-" * 6):
        assert not matches(typed, WRITE[kind](stored), kind, exact=True)
        assert not matches(typed, None, kind, exact=True)


def test_marks_of_passwords_tell_zeros_apart() -> None:
    marks = {
        exact: {CHECK.mark(typed, Credential("7", "42", exact=exact)) for typed in ("42", "0042")}
        for exact in (True, False)
    }
    assert (len(marks[True]), len(marks[False])) == (2, 1)


@pytest.mark.parametrize("kind", PIN_FORMATS)
@pytest.mark.parametrize(
    ("typed", "issued"),
    [("4711", "4711"), ("42", "0042"), ("0042", "42"), (" 004711", "4711"), ("aB1", "aB1")],
)
def test_a_pin_matches_in_every_format(kind: str, typed: str, issued: str) -> None:
    assert matches(typed, WRITE[kind](issued), kind)


@pytest.mark.parametrize("kind", PIN_FORMATS)
@pytest.mark.parametrize(
    "typed", ["4712", "", "0", "0000", "４７１１", "\ud800", "\x00", "4711" + " " * 100_000, "1" * 200]
)
def test_another_pin_matches_in_no_format(kind: str, typed: str) -> None:
    assert not matches(typed, WRITE[kind]("4711"), kind)


@pytest.mark.parametrize("kind", PIN_FORMATS)
@pytest.mark.parametrize("issued", ["0", "0000", ""])
def test_a_pin_of_zeros_or_none_never_matches(kind: str, issued: str) -> None:
    for typed in ("", "0", "0000", "00"):
        assert not matches(typed, WRITE[kind](issued), kind)


@pytest.mark.parametrize("kind", PIN_FORMATS)
@pytest.mark.parametrize("stored", [None, "", " ", "x", "$2y$10$x", "$argon2id$v=19$", "0"])
def test_what_is_no_hash_matches_nothing(kind: str, stored: str | None) -> None:
    for typed in ("4711", "0", "x" * 70):
        assert not matches(typed, stored, kind)


@pytest.mark.parametrize("kind", PIN_FORMATS)
def test_a_login_that_nobody_has_matches_nothing(kind: str) -> None:
    assert not CHECK.matches("4711", None, usual_format=kind)


def test_our_own_hashes_tell_neither_pins_nor_that_two_are_equal() -> None:
    hashes = {CHECK.hash_pin("4711", customer_id=who) for who in ("7", "8")}
    assert len(hashes) == 2
    assert PinCheck(b"o" * 32).hash_pin("4711", customer_id="7") not in hashes
    assert not matches("4711", CHECK.hash_pin("4711", customer_id="7"), "hmac", customer_id="8")
    assert CHECK.hash_pin("0042", customer_id="7") == CHECK.hash_pin("42", customer_id="7")


@pytest.mark.parametrize(
    ("typed", "stored"), [("4711", "4711"), ("0042", "42"), ("42", "0042"), (" 42", "42 "), ("aB1", "aB1")]
)
def test_same(typed: str, stored: str) -> None:
    assert matches(typed, stored)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("4711", "4712"),
        ("", ""),
        ("", None),
        ("0", "0"),
        ("0000", "0"),
        ("0", None),
        ("------", None),
        ("------", "0"),
        ("٤٢", "42"),
        ("ab1", "aB1"),
        ("\ud800", "42"),
        ("4" * 100_000, "42"),
    ],
)
def test_different(typed: str, stored: str | None) -> None:
    assert not matches(typed, stored)

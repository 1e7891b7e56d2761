"""Which PINs are the same."""

from __future__ import annotations

import pytest

from wbok.access.pins import matches


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

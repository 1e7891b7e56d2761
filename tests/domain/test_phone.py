"""How people type numbers, and what a package says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.domain.numbers import grouped_number, masked_number
from wbok.domain.phone import Allowance, Unit, bare, beginning_of, begins_with, is_same_number


@pytest.mark.parametrize(
    ("typed", "beginning"),
    [
        ("600", "600"),
        ("600-100 2", "6001002"),
        ("+48 600", "600"),
        ("0048600", "600"),
        ("48600", "48600"),
        ("48600100200", "600100200"),
        ("483620000", "483620000"),
        ("(32) 010.00/01", "320100001"),
        ("(+48) 600", "600"),
        ("+49 30", "4930"),
        ("#31#116 111", "116111"),
        ("*31# +48 116", "116"),
        ("#31#", None),
        ("+48", "48"),
        ("", None),
        ("+", None),
        ("00", None),
        ("6o0", None),
        ("٦٠٠", None),
        ("6%", None),
        ("\x00", None),
    ],
)
def test_the_beginning_of_a_number_is_its_digits_without_the_country(
    typed: str, beginning: str | None
) -> None:
    assert beginning_of(typed) == beginning


@pytest.mark.parametrize(
    "number",
    ["600 100 200", "+48600100200", "0048-600-100-200", "48 600100200", "(600) 100.200", "#31#600100200"],
)
def test_a_number_is_found_however_it_is_written(number: str) -> None:
    assert begins_with(number, "6001")
    assert not begins_with(number, "1002")


@pytest.mark.parametrize(
    ("number", "other", "is_same"),
    [
        ("32 010 00 01", "320100001", True),
        ("32 010 00 01", "+48 32 010 00 01", True),
        ("0048320100001", "(32) 010-00-01", True),
        ("48320100001", "320100001", True),
        ("320100001", "48320100001", True),
        ("32 010 00 01", "32 010 00 0", False),
        ("biuro", "biuro", True),
        ("biuro", "Biuro", False),
        ("", "600", False),
    ],
)
def test_a_number_is_the_same_however_it_is_written(number: str, other: str, is_same: bool) -> None:
    assert is_same_number(number, other) is is_same


def test_a_package_that_is_overdrawn_has_nothing_left() -> None:
    allowance = Allowance("1", "Domowy", Unit.SECONDS, 60, 100)
    assert (allowance.left, allowance.over) == (0, 40)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_valid"),
    [
        (None, None, True),
        (date(2026, 11, 30), None, True),
        (date(2026, 12, 1), None, False),
        (None, date(2026, 11, 1), True),
        (None, date(2026, 10, 31), False),
    ],
)
def test_a_package_is_valid_on_its_first_and_its_last_day(
    valid_from: date | None, valid_to: date | None, is_valid: bool
) -> None:
    allowance = Allowance("1", "Domowy", Unit.COUNT, 1, 0, valid_from, valid_to)
    assert allowance.is_valid_within(date(2026, 11, 1), date(2026, 11, 30)) is is_valid


@pytest.mark.parametrize(
    ("number", "grouped", "masked"),
    [
        ("+48600003131", "+48 600 003 131", "+48 600 003 •••"),
        ("600-003-131", "600 003 131", "600 003 •••"),
        ("320123456", "32 012 34 56", "32 012 3• ••"),
        ("0048 32 012 34 56", "+48 32 012 34 56", "+48 32 012 3• ••"),
        ("48600003131", "+48 600 003 131", "+48 600 003 •••"),
        ("801000123", "801 000 123", "801 000 •••"),
        ("+4930123456", "+49 301 234 56", "+49 301 23• ••"),
        ("+49 30 1234567", "+49 30 1234567", "+49 30 1234•••"),
        ("+12125550123", "+1 212 555 01 23", "+1 212 555 0• ••"),
        ("+35312345678", "+353 123 456 78", "+353 123 45• ••"),
        ("1234567890123", "123 456 789 01 23", "123 456 789 0• ••"),
        ("112", "112", "112"),
        ("19115", "19115", "19115"),
        ("116111", "116 111", "116 111"),
        ("InfoSMS", "InfoSMS", "InfoSMS"),
        ("Bank 24", "Bank 24", "Bank 24"),
        ("٦٠٠١٠٠٢٠٠", "٦٠٠١٠٠٢٠٠", "٦٠٠١٠٠٢٠٠"),
        ("#31#600100200", "#31#600100200", "#31#600100•••"),
        ("48600100200@voip", "48600100200@voip", "48600100•••@voip"),
        ("sip:48600100200@10.0.0.1", "sip:48600100200@10.0.0.1", "sip:48600100•••@10.0.0.1"),
        ("tel:+48600100200", "tel:+48600100200", "tel:+48600100•••"),
        ("600100200,1", "600100200,1", "600100•••,1"),
        ("+", "+", "+"),
        ("", "", ""),
    ],
)
def test_a_number_is_shown_in_groups_and_its_end_can_be_hidden(
    number: str, grouped: str, masked: str
) -> None:
    assert (grouped_number(number), masked_number(number)) == (grouped, masked)


@given(st.text(alphabet="+0123456789 -()x", max_size=20))
def test_grouping_changes_no_digit(number: str) -> None:
    digits = bare(number)
    if digits.isdigit():
        assert bare(grouped_number(number)).lstrip("0") == digits.lstrip("0")
        assert grouped_number(grouped_number(number)) == grouped_number(number)
        assert masked_number(number).count("•") in (0, 3)
    else:
        assert grouped_number(number) == number.strip()

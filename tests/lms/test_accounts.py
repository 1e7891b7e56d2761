"""Account numbers and titles as LMS has them in its cells."""

from __future__ import annotations

import pytest

from wbok.adapters.lms.accounts import read_number
from wbok.adapters.lms.titles import read_payment_title
from wbok.adapters.sql.source import LeaveOut


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("+105012345678/15", "53105012345678000000000015"),
        ("=86109010141234000000012345", "86109010141234000000012345"),
        ("=+105012345678/15", "+105012345678/15"),
    ],
)
def test_a_cell_says_whether_the_number_is_still_to_be_made(cell: str, number: str) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize("cell", ["+1050 1234/15", "+konto/15", "+12345678901234567890/12345"])
def test_no_number_is_made_of_what_is_no_beginning(cell: str) -> None:
    with pytest.raises(LeaveOut):
        read_number(cell)


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("7/ID:%CID% %LongCID%", "ID:7 0007"),
        ("12345/%LongCID%/%CID%", "12345/12345"),
        ("7/Internet", "Internet"),
        (None, None),
    ],
)
def test_the_numbers_are_put_into_the_title(cell: str | None, title: str | None) -> None:
    assert read_payment_title(cell) == title

"""Account numbers."""

from __future__ import annotations

import pytest

from wbok.bank import clean_nrb, generated_nrb, grouped_nrb

RIGHT = "86109010141234000000012345"


@pytest.mark.parametrize("written", [RIGHT, f"PL{RIGHT}", "86 1090 1014 1234 0000 0001 2345", f"pl {RIGHT}"])
def test_right_numbers(written: str) -> None:
    assert clean_nrb(written) == RIGHT


@pytest.mark.parametrize(
    "written",
    ["", "87109010141234000000012345", RIGHT[:-1], RIGHT + "0", "DE89370400440532013000", "٨" * 26, "x" * 26],
)
def test_wrong_numbers(written: str) -> None:
    assert clean_nrb(written) is None


def test_groups_as_on_paper() -> None:
    assert grouped_nrb(RIGHT) == "86 1090 1014 1234 0000 0001 2345"


@pytest.mark.parametrize(
    ("beginning", "number", "account"),
    [
        ("1050123456", 1, "98105012345600000000000001"),
        ("105012345678", 15, "53105012345678000000000015"),
        ("10501234", 1234567, "07105012340000000001234567"),
        ("11112222", 1, "02111122220000000000000001"),
    ],
)
def test_an_account_of_ones_own_follows_from_the_beginning_and_the_number(
    beginning: str, number: int, account: str
) -> None:
    assert generated_nrb(beginning, number=number) == account == clean_nrb(account)


@pytest.mark.parametrize(
    ("beginning", "number"),
    [("1050 1234", 1), ("x", 1), ("1" * 20, 12345), ("1" * 25, 1), ("٨" * 8, 1), ("1", -1)],
)
def test_what_makes_no_account_is_refused(beginning: str, number: int) -> None:
    with pytest.raises(ValueError, match="24 digits"):
        generated_nrb(beginning, number=number)

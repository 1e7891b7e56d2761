"""Account numbers."""

from __future__ import annotations

import pytest

from wbok.bank import clean_nrb, grouped_nrb

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

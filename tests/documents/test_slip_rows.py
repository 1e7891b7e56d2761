"""What of a slip goes into boxes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.documents.slip_rows import amount_in_boxes, in_boxes

NAME, PLACE = "Jan Kowalski", "ul. Polna 3/4, 05-800 Praga"


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        ((NAME, PLACE), (NAME, PLACE)),
        (("SuperNet Sp. z o.o.", ""), ("SuperNet Sp. z o.o.",)),
        (("Abonament za listopad 2026, ID 7",), ("Abonament za listopad 2026,", "ID 7")),
        (("x" * 54,), ("x" * 27, "x" * 27)),
        (("Kwiatkowska-Brzęczyszczykie wicz Anna Maria Zofia Teresa",), None),
        (("x" * 55,), None),
        (("  a   b  ",), ("a b",)),
        (("",), ()),
    ],
)
def test_rows_of_27(texts: tuple[str, ...], rows: tuple[str, ...] | None) -> None:
    assert in_boxes(texts, rows=2, length=27) == rows


@given(st.lists(st.text("ab ó", max_size=40), min_size=1, max_size=2))
def test_nothing_is_ever_cut(texts: list[str]) -> None:
    rows = in_boxes(texts, rows=2, length=27)
    whole = " ".join(" ".join(texts).split())
    if rows is None:
        assert len(whole) > 54
        return
    assert len(rows) <= 2
    assert all(len(row) <= 27 for row in rows)
    assert "".join(rows).replace(" ", "") == whole.replace(" ", "")


@pytest.mark.parametrize(
    ("amount", "boxes"),
    [
        ("86.25", "-------86,25"),
        ("0.01", "--------0,01"),
        ("0.015", "--------0,02"),
        ("999999999.99", "999999999,99"),
        ("1000000000", None),
    ],
)
def test_amounts_stand_at_the_right_with_nothing_left_to_add(amount: str, boxes: str | None) -> None:
    assert amount_in_boxes(Decimal(amount), count=12) == boxes

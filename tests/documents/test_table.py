"""Tables that a spreadsheet opens: nothing in them is a formula, and numbers can be added up."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.documents import Cell, csv_table


def read_back(header: list[str], rows: list[list[Cell]]) -> list[list[str]]:
    text = b"".join(csv_table(header, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_spreadsheet_is_told_the_encoding_by_a_mark() -> None:
    assert b"".join(csv_table(["Numer"], [])) == b"\xef\xbb\xbfNumer\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+48 600", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert read_back(["a"], [[text]])[1] == ["'" + text]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Decimal("-0.30"), "-0,30"),
        (Decimal("1E+3"), "1000"),
        (0, "0"),
        (None, ""),
        (datetime(2026, 11, 12, 9, 14, 33, tzinfo=UTC), "2026-11-12 09:14:33"),
        ('Zażółć "gęślą"; jaźń', 'Zażółć "gęślą"; jaźń'),
        ("a\x00b", "ab"),
    ],
)
def test_cells_are_written_so_that_a_polish_spreadsheet_reads_them(cell: Cell, written: str) -> None:
    assert read_back(["a"], [[cell]])[1] == [written]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_whatever_the_texts_say_they_stay_in_their_cells(texts: list[str]) -> None:
    (row,) = read_back(["a"], [[*texts, "end"]])[1:]
    assert row[-1] == "end"
    assert len(row) == len(texts) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


def test_a_long_table_comes_in_pieces() -> None:
    chunks = list(csv_table(["n"], ([n] for n in range(5000))))
    assert len(chunks) > 5
    assert b"".join(chunks).count(b"\r\n") == 5001

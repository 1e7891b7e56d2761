"""Payment slips: true to the millimetre, whole, readable for people, banks and telephones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from support.prints import (
    ACCOUNT,
    MADE_AT,
    MM,
    ODD,
    catalog,
    checked,
    pages,
    part,
    read_code,
    slip_for,
    squeezed,
    text_of,
)

from wbok.documents import Party, Slip, slip_measures, slips_pdf
from wbok.documents import slip_measures as m
from wbok.domain.money import Money

NEAR = 0.3
"""Millimetres by which a printed line may miss its place."""
WINDOW = 1.2


def printed(*slips: Slip, language: str = "pl") -> bytes:
    return slips_pdf(slips, language=language, made_at=MADE_AT)


@pytest.fixture(scope="module")
def sheet() -> np.ndarray:
    """Two slips on one page."""
    (page,) = pages(printed(slip_for(ODD["plain"]), slip_for(ODD["cyrillic"])))
    return page


def red(page: np.ndarray) -> np.ndarray:
    """Where the form's own lines are."""
    return (page[:, :, 0] > 120) & (page[:, :, 1] < 150) & (page[:, :, 2] < 150)


def edges() -> Iterator[tuple[str, str, float, float, float]]:
    """Name, direction, where the line is, and from where to where it runs, in millimetres of the slip."""
    for name in ("RECIPIENT", "PAYER", "TITLE_ROWS"):
        for row in getattr(slip_measures, name):
            for number in range(1, row.count):
                yield name, "|", row.x + number * row.pitch, row.y + 0.4, row.y + 0.9
            yield name, "-", row.y, row.x + 0.5, row.x + row.w - 0.5
            yield name, "-", row.y + row.h, row.x + 0.5, row.x + row.w - 0.5
    for name in ("ACCOUNT", "CURRENCY", "AMOUNT", "FEE"):
        row = getattr(slip_measures, name)
        for number in range(1, row.count):
            yield name, "|", row.x + number * row.pitch, row.y + 0.4, row.y + 0.9
    for name in (
        *("ACCOUNT_FRAME", "AMOUNT_FRAME", "DEPOSIT", "TRANSFER", "SIGNATURE", "RECEIPT_RECIPIENT"),
        *(
            "RECEIPT_ACCOUNT",
            "RECEIPT_PAYER",
            "RECEIPT_TITLE",
            "RECEIPT_AMOUNT",
            "RECEIPT_STAMP",
            "RECEIPT_FEE",
        ),
    ):
        rect = getattr(slip_measures, name)
        low, high = rect.y + rect.h * 0.15, rect.y + rect.h * 0.3
        yield name, "|", rect.x, low, high
        yield name, "-", rect.y, rect.x + 0.6, rect.x + rect.w * 0.4
        yield name, "-", rect.y + rect.h, rect.x + 0.6, rect.x + rect.w * 0.4


def found_at(lines: np.ndarray, direction: str, at: float, start: float, end: float) -> float | None:
    """Where a line is that fills most of its way; None when there is none near."""
    low, high = round((at - WINDOW) * MM), round((at + WINDOW) * MM)
    first, last = round(start * MM), round(end * MM)
    window = lines[first:last, low:high] if direction == "|" else lines[low:high, first:last].T
    (filled,) = np.nonzero(window.mean(axis=0) > 0.6)
    if not len(filled):
        return None
    nearest = filled[np.abs(filled + 0.5 - (at * MM - low)).argmin()]
    runs = np.split(filled, np.nonzero(np.diff(filled) > 1)[0] + 1)
    (run,) = [run for run in runs if nearest in run]
    return (low + float(run.mean()) + 0.5) / MM


@pytest.mark.parametrize("place", [0, 1])
def test_every_box_and_frame_is_where_the_measures_say(sheet: np.ndarray, place: int) -> None:
    top = m.FIRST_TOP + place * m.HEIGHT
    slip = red(sheet)[round(top * MM) : round((top + m.HEIGHT) * MM)]
    wrong = []
    for name, direction, at, start, end in edges():
        found = found_at(slip, direction, at, start, end)
        if found is None or abs(found - at) > NEAR:
            wrong.append((name, direction, at, found))
    assert not wrong
    assert len(list(edges())) > 200


def test_the_page_is_a4_and_asks_to_be_printed_as_it_is(sheet: np.ndarray) -> None:
    assert abs(sheet.shape[0] - 297 * MM) < 1.5
    assert abs(sheet.shape[1] - 210 * MM) < 1.5
    reader = checked(printed(slip_for(ODD["plain"])))
    assert catalog(reader)["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert [round(float(side) / 72 * 25.4, 1) for side in reader.pages[0].mediabox[2:]] == [210, 297]


def test_what_is_filled_in_is_black(sheet: np.ndarray) -> None:
    row = m.ACCOUNT
    for number in range(row.count):
        x, y = row.x + number * row.pitch + 0.5, m.FIRST_TOP + row.y + 0.5
        box = part(sheet, x, y, row.pitch - 1, row.h - 1)
        assert box.max(axis=2).min() < 40, number


def test_each_sign_stands_in_the_middle_of_its_box(sheet: np.ndarray) -> None:
    row = m.ACCOUNT
    for number in range(row.count):
        left = row.x + number * row.pitch + 0.5
        box = part(sheet, left, m.FIRST_TOP + row.y + 0.5, row.pitch - 1, row.h - 1)
        dark = np.nonzero((box.max(axis=2) < 90).any(axis=0))[0]
        middle = left + (dark.min() + dark.max() + 1) / 2 / MM
        assert abs(middle - row.middle(number)) < 0.5, number


@pytest.mark.parametrize("place", [0, 1])
def test_a_telephone_reads_the_code(sheet: np.ndarray, place: int) -> None:
    slip = slip_for(ODD["plain"])
    assert slip.code is not None
    top = m.FIRST_TOP + place * m.HEIGHT
    assert read_code(part(sheet, 0, top, m.WIDTH, m.HEIGHT)) == slip.code.text
    code = part(sheet, m.CODE_X - 0.2, top + m.CODE_Y - 0.2, m.CODE_SIDE + 0.4, m.CODE_SIDE + 0.4)
    columns = np.nonzero((code.max(axis=2) < 90).any(axis=0))[0]
    assert (columns.max() - columns.min() + 1) / MM >= 18


@pytest.mark.parametrize("who", ODD)
def test_odd_customers_get_whole_slips(who: str) -> None:
    payer = ODD[who]
    slip = replace(slip_for(payer, title="FV|1/2026 ąęź"), code=None)
    pdf = printed(slip)
    assert len(checked(pdf).pages) == 1
    if who == "emoji":
        assert "Anna□□Nowak|□□□□" in squeezed(text_of(pdf)).replace("□□□", "□", 1)
        return
    assert text_of(pdf).count(squeezed(payer.name)) >= 2
    for line in payer.address:
        assert squeezed(line) in text_of(pdf)


def test_the_bank_reads_what_was_given() -> None:
    text = text_of(printed(slip_for(ODD["plain"])))
    for piece in (
        *("SuperNet Sp. z o.o.", ACCOUNT, "PLN", "-------86,25", "osiemdziesiąt sześć złotych 25/100"),
        *("Jan Kowalski", "ul. Polna 3/4, 05-800 Pruszków", "Abonament ID 0012345 11/2026"),
        *("86 1090 1014 1234 0000 0001 2345", "86,25 PLN", "Pokwitowanie dla zleceniodawcy", "strona 1 z 1"),
    ):
        assert squeezed(piece) in text, piece


def test_the_form_is_polish_in_every_language_and_the_rest_is_not() -> None:
    text = text_of(printed(slip_for(ODD["plain"]), language="en"))
    for piece in ("nazwa odbiorcy", "osiemdziesiąt sześć złotych", "Payment slip", "page 1 of 1", "due by"):
        assert squeezed(piece) in text, piece
    assert catalog(checked(printed(slip_for(ODD["plain"]), language="en")))["/Lang"] == "en"


def test_an_amount_of_twelve_digits_is_whole_and_the_code_asks_for_it() -> None:
    text = text_of(printed(slip_for(ODD["plain"], amount="123456789012.34")))
    assert text.count(squeezed("123 456 789 012,34")) >= 2
    assert squeezed("kwotę trzeba wpisać") in text
    assert squeezed("dwanaście złotych 34/100") in text


def test_another_currency_has_no_code() -> None:
    pdf = printed(slip_for(ODD["plain"], currency="EUR", amount="10"))
    assert "EUR" in text_of(pdf)
    (page,) = pages(pdf)
    assert not part(page, m.CODE_X, m.FIRST_TOP + m.CODE_Y, m.CODE_SIDE, m.CODE_SIDE).max(axis=2).min() < 90


def test_three_slips_need_two_sheets_of_the_same_measures() -> None:
    slips = [slip_for(ODD["plain"], title=f"Rata {number}") for number in (1, 2, 3)]
    reader = checked(printed(*slips))
    first, second = (squeezed(page.extract_text()) for page in reader.pages)
    assert "Rata1" in first
    assert "Rata2" in first
    assert "Rata3" in second
    assert "strona2z2" in second


@pytest.mark.parametrize(
    "slip",
    [
        replace(slip_for(ODD["plain"]), account="87" + ACCOUNT[2:]),
        replace(slip_for(ODD["plain"]), amount=Money(Decimal("-0.00"))),
        replace(slip_for(ODD["plain"]), amount=Money(Decimal("0.005"))),
        replace(slip_for(ODD["plain"]), amount=Money(Decimal("-5"))),
    ],
)
def test_money_that_would_go_astray_is_never_printed(slip: Slip) -> None:
    with pytest.raises(ValueError, match="a slip needs"):
        printed(slip_for(ODD["plain"]), slip)


def test_a_name_too_long_even_for_small_type_says_so() -> None:
    payer = Party("Zażółć gęślą jaźń " * 300)
    assert "…" in text_of(printed(slip_for(payer)))

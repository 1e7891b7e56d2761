"""Statements on paper agree with themselves, however long they are, and need little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.prints import MADE_AT, ODD, SELLER, checked, squeezed, text_of

from wbok.documents import PrintedStatement, statement_pdf
from wbok.domain.finance import LedgerEntry
from wbok.domain.money import Money
from wbok.formats import amount_text

KILOBYTES_A_ROW = 2
FIRST = date(2026, 1, 1)


def statement(opening: str = "-86.25", currency: str = "PLN") -> PrintedStatement:
    return PrintedStatement(
        provider=SELLER,
        customer=ODD["plain"],
        since=FIRST,
        until=date(2026, 11, 24),
        opening=Money(Decimal(opening), currency),
        printed_on=date(2026, 11, 24),
    )


def entry(number: int, amount: str, *, description: str = "Wpłata", currency: str = "PLN") -> LedgerEntry:
    day = FIRST + timedelta(days=number // 10)
    return LedgerEntry(str(number), day, Money(Decimal(amount), currency), description)


def printed(of: PrintedStatement, entries: Iterable[LedgerEntry], *, language: str = "pl") -> bytes:
    return statement_pdf(of, entries, language=language, made_at=MADE_AT)


def test_it_opens_adds_up_and_closes() -> None:
    rows = [entry(1, "100.00"), entry(11, "-86.25", description="Faktura FV/1/01/2026"), entry(12, "-0.50")]
    text = text_of(printed(statement(), rows))
    for piece in (
        *("Wyciąg z konta 01.01.2026 – 24.11.2026", "SuperNet Sp. z o.o.", "ID Klienta 0012345"),
        *("01.01.2026 Saldo początkowe −86,25", "01.01.2026 Wpłata 100,00 13,75"),
        *("02.01.2026 Faktura FV/1/01/2026 86,25 −72,50", "24.11.2026 Saldo końcowe 86,75 100,00 −73,00"),
        *("Saldo (PLN)", "strona 1 z 1"),
    ):
        assert squeezed(piece) in text, piece


def test_english_is_complete() -> None:
    text = text_of(printed(statement(), [], language="en"))
    for piece in ("Statement of account 1 Jan 2026 – 24 Nov 2026", "Opening balance", "Closing balance"):
        assert squeezed(piece) in text, piece


def test_a_period_without_entries_is_a_statement_too() -> None:
    text = text_of(printed(statement("0"), []))
    assert squeezed("Saldo początkowe 0,00") in text
    assert squeezed("Saldo końcowe 0,00 0,00 0,00") in text


@settings(max_examples=15, deadline=None)
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-(10**6), 10**6), max_size=60))
def test_paper_and_ledger_agree_to_the_grosz(opening: int, grosze: list[int]) -> None:
    rows = [entry(n, str(Decimal(amount) / 100)) for n, amount in enumerate(grosze)]
    text = text_of(printed(statement(str(Decimal(opening) / 100)), rows))
    charged, paid = -sum(g for g in grosze if g < 0), sum(g for g in grosze if g > 0)
    sums = (Decimal(g) / 100 for g in (charged, paid, opening + sum(grosze)))
    assert squeezed("Saldo końcowe " + " ".join(amount_text(s, language="pl") for s in sums)) in text


def test_an_entry_in_another_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="entry 2 is not in PLN"):
        printed(statement(), [entry(1, "1"), entry(2, "1", currency="EUR")])


def test_odd_descriptions_stay_in_their_row() -> None:
    rows = [
        entry(1, "0.005", description="|" * 300),
        entry(2, "-123456789012.34", description="😀\u202e\x00"),
    ]
    text = text_of(printed(statement(), rows))
    assert "|" * 300 in text
    assert squeezed("□ 123 456 789 012,34") in text


def test_a_thousand_rows_need_little_memory_and_are_taken_one_by_one() -> None:
    taken = 0

    def rows(count: int) -> Iterator[LedgerEntry]:
        nonlocal taken
        for number in range(count):
            taken = number
            yield entry(number % 3000, "-86.25", description=f"Faktura {number}")

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            assert printed(statement(), rows(count))
            return tracemalloc.get_traced_memory()[1] // 1024
        finally:
            tracemalloc.stop()

    printed(statement(), [])
    few, many = peak(10), peak(1000)
    assert taken == 999
    assert many - few < 1000 * KILOBYTES_A_ROW


def test_every_page_has_the_head_and_its_number() -> None:
    pages = checked(printed(statement(), (entry(n, "-1") for n in range(200)))).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert "NaliczonoWpłacono" in text
        assert f"strona{number}z{len(pages)}" in text

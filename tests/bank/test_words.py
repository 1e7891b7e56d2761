"""Amounts in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wbok.bank import amount_in_words
from wbok.domain.money import Money


@pytest.mark.parametrize(
    ("amount", "polish", "english"),
    [
        ("0", "zero złotych 00/100", "zero zlotys 00/100"),
        ("1", "jeden złoty 00/100", "one zloty 00/100"),
        ("2", "dwa złote 00/100", "two zlotys 00/100"),
        ("5", "pięć złotych 00/100", "five zlotys 00/100"),
        ("12", "dwanaście złotych 00/100", "twelve zlotys 00/100"),
        ("14", "czternaście złotych 00/100", "fourteen zlotys 00/100"),
        ("21", "dwadzieścia jeden złotych 00/100", "twenty-one zlotys 00/100"),
        ("22", "dwadzieścia dwa złote 00/100", "twenty-two zlotys 00/100"),
        ("112", "sto dwanaście złotych 00/100", "one hundred and twelve zlotys 00/100"),
        ("1000", "tysiąc złotych 00/100", "one thousand zlotys 00/100"),
        ("2001", "dwa tysiące jeden złotych 00/100", "two thousand and one zlotys 00/100"),
        ("1000000", "milion złotych 00/100", "one million zlotys 00/100"),
        ("86.25", "osiemdziesiąt sześć złotych 25/100", "eighty-six zlotys 25/100"),
        ("0.005", "zero złotych 00/100", "zero zlotys 00/100"),
        ("-0.00", "zero złotych 00/100", "zero zlotys 00/100"),
        ("-3.07", "minus trzy złote 07/100", "minus three zlotys 07/100"),
    ],
)
def test_zlotys(amount: str, polish: str, english: str) -> None:
    value = Money(Decimal(amount))
    assert amount_in_words(value, language="pl") == polish
    assert amount_in_words(value, language="en") == english


def test_other_currencies_stand_by_their_code() -> None:
    value = Money(Decimal("22.50"), "EUR")
    assert amount_in_words(value, language="pl") == "dwadzieścia dwa EUR 50/100"
    assert amount_in_words(value, language="en") == "twenty-two EUR 50/100"


def test_twelve_digits() -> None:
    words = amount_in_words(Money(Decimal("123456789012.34")), language="pl")
    assert words.startswith("sto dwadzieścia trzy miliardy czterysta pięćdziesiąt sześć milionów")
    assert words.endswith("tysięcy dwanaście złotych 34/100")

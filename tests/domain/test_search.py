"""Words that are typed find texts, whatever their case and accents."""

from __future__ import annotations

import pytest

from wbok.domain.customer import AddressKind, is_at
from wbok.domain.search import LONGEST, MOST_WORDS, folded, holds, search_words


@pytest.mark.parametrize("typed", ["ŁĄCZE", "lacze", "Łącze światłowodowe", "swiatlo  LACZ", " ", "ﬁ"])
def test_found_whatever_the_case_and_the_accents(typed: str) -> None:
    assert holds(search_words(typed), "Nowe łącze", "Światłowodowe. Oﬁcjalnie.")


@pytest.mark.parametrize("typed", ["telefon", "łącze telefon", "łączenie"])
def test_every_word_must_stand_there(typed: str) -> None:
    assert not holds(search_words(typed), "Nowe łącze", "Światłowodowe.")


@pytest.mark.parametrize("typed", ["nowe\0lacze", "\0", "nowe \ud800 lacze", "nowe\x1blacze\x7f"])
def test_what_nobody_types_parts_words(typed: str) -> None:
    assert set(search_words(typed)) <= {"nowe", "lacze"}
    assert holds(search_words(typed), "Nowe łącze")


def test_what_was_typed_is_cut() -> None:
    assert len(search_words(" ".join(map(str, range(99))))) == MOST_WORDS
    assert len(search_words("x" * 5000)[0]) == LONGEST
    assert folded("ŻÓŁĆ\n\tgęślą") == "zolc gesla"


@pytest.mark.parametrize(
    ("place", "is_there"),
    [
        ("Lipowa", True),
        ("lipowa, jasnowice", True),
        ("Lipowa 12/3", True),
        ("Lipowa 12", True),
        ("Lipowa 1", False),
        ("Lipowa 3", False),
        ("43-999", True),
        ("ulica Lip", True),
        ("ul.", False),
        ("ipowa", False),
        ("", False),
        (" ,. ", False),
        ("Lipowa Katowice", False),
    ],
)
def test_an_address_is_at_a_place(place: str, is_there: bool) -> None:
    address = ("ul. Lipowa 12/3", None, "43-999", "Jasnowice")
    assert is_at(place, AddressKind.SERVICE, *address) is is_there
    assert not is_at(place, AddressKind.MAILING, *address)

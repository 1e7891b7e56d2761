"""Words that are typed find texts, whatever their case and accents."""

from __future__ import annotations

import pytest

from wbok.domain.search import LONGEST, MOST_WORDS, folded, holds, is_called, search_words


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


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_what_is_blank_is_nobodys_name(blank: str) -> None:
    assert not is_called(blank, "Internet", None, "", " ")
    assert is_called(" internet", None, "INTERNET")

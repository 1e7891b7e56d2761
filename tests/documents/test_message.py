"""A text of the office on paper: every word of it, on as many pages as it needs, the same bytes each time."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from support.marked_words import marked_words
from support.prints import MADE_AT, catalog, checked, squeezed, text_of

from wbok.documents import Party, PrintedMessage, message_pdf
from wbok.markdown import to_plain

TEXT = (
    """# Co się zmienia

Od **1 stycznia** zmienia się [cennik](https://example.pl/cennik).
Druga linia.

- abonament: 60,00 zł
  1. „światłowód”
- """
    + "bardzo długi punkt " * 40
)


def message(text: str) -> PrintedMessage:
    provider = Party("Światłonet sp. z o.o.", ("ul. Świetlana 7, Jasnowice",))
    return PrintedMessage(provider, "Zmiana cennika", text, date(2026, 11, 24))


def printed_bold(pdf: bytes) -> str:
    found: list[str] = []

    def see(text: str, _transform: object, _matrix: object, font: Any, _size: float) -> None:
        if font and "Bold" in font["/BaseFont"]:
            found.append(text)

    for page in checked(pdf).pages:
        page.extract_text(visitor_text=see)
    return squeezed("".join(found))


@pytest.mark.parametrize("times", [1, 6])
def test_every_word_is_on_the_paper(times: int) -> None:
    text = "\n\n".join([TEXT] * times)
    pdf = message_pdf(message(text), language="pl", made_at=MADE_AT)
    printed = text_of(pdf)
    for word in {*to_plain(text).split(), "Światłonet", "24.11.2026"}:
        assert squeezed(word) in printed, word
    assert printed.count(squeezed("Co się zmienia")) == times
    assert catalog(checked(pdf))["/Lang"] == "pl"


def test_the_same_message_at_the_same_moment_is_the_same_bytes() -> None:
    first, again = (message_pdf(message(TEXT), language="pl", made_at=MADE_AT) for _ in range(2))
    assert first == again


def test_an_empty_text_and_one_of_one_endless_word_are_messages_too() -> None:
    for text in ("", "x" * 9000, "#\n\n- \n\n*"):
        assert message_pdf(message(text), language="en", made_at=MADE_AT).startswith(b"%PDF-")


@settings(max_examples=20)
@given(marked_words())
def test_no_word_is_lost_whatever_stands_before_it(typed: str) -> None:
    printed = text_of(message_pdf(message(f"{'- ' * 30}w0x\n\n{typed}"), language="pl", made_at=MADE_AT))
    for word in ("w0x", *re.findall(r"w\d+x", typed)):
        assert word in printed


def test_items_are_numbered_as_on_the_page() -> None:
    printed = text_of(message_pdf(message("9. aa\n9. bb\n9.\n9. dd"), language="pl", made_at=MADE_AT))
    assert "9.aa10.bb11.12.dd" in printed


def test_what_is_typed_bold_is_printed_bold_and_nothing_else() -> None:
    long = "grube słowa " * 60
    text = (
        "zwykłe **ważne *oba*, __też__** dalej\n\n1. punkt **[strona](https://a.pl)** nie\n\n"
        f"**{long.strip()}** cienkie"
    )
    pdf = message_pdf(message(text), language="pl", made_at=MADE_AT)
    bold = printed_bold(pdf)
    assert squeezed("ważne oba, też" + "strona (https://a.pl)" + long) in bold
    assert not any(word in bold for word in ("zwykłe", "dalej", "punkt", "nie", "cienkie"))
    assert squeezed(to_plain(text)) in text_of(pdf)

"""Letters: everything that was said is on paper, over as many pages as it takes."""

from __future__ import annotations

import io

from pypdf import PdfReader
from support.prints import MADE_AT, ODD, SELLER

from wbok.documents import LetterPart, PrintedLetter, letter_pdf


def text_of(letter: PrintedLetter) -> list[str]:
    """Of each page, with single spaces."""
    reader = PdfReader(io.BytesIO(letter_pdf(letter, language="pl", made_at=MADE_AT)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def letter(*parts: LetterPart) -> PrintedLetter:
    return PrintedLetter("Potwierdzenie P-17", SELLER, ODD["plain"], parts, MADE_AT.date())


def test_captions_values_and_texts_are_on_paper() -> None:
    part = LetterPart("Treść reklamacji", (("Adres", "ul. Lipowa 12\n43-999 Jasnowice"),), "Zażółć\n\ngęślą")
    (page,) = text_of(letter(part))
    for words in (
        "Potwierdzenie P-17",
        "SuperNet",
        "Jan Kowalski",
        "Treść reklamacji",
        "Adres ul. Lipowa 12",
    ):
        assert words in page
    for words in ("43-999 Jasnowice", "Zażółć", "gęślą", "24.11.2026", "strona 1 z 1"):
        assert words in page


def test_a_long_letter_loses_no_word_and_names_itself_on_every_page() -> None:
    text = "\n".join(f"Wiersz {n} " + "opis sprawy " * 20 for n in range(60))
    value = "\n".join(f"Pozycja {n}" for n in range(80))
    pages = text_of(letter(LetterPart("Opis", (("Wartość", value),), text)))
    assert len(pages) > 2
    whole = " ".join(pages)
    for n in range(60):
        assert f"Wiersz {n} opis" in whole
    for n in range(80):
        assert f"Pozycja {n}" in whole
    for page in pages:
        assert "Potwierdzenie P-17" in page


def test_a_word_that_is_wider_than_the_paper_is_broken() -> None:
    (page,) = text_of(letter(LetterPart(text="x" * 300)))
    assert page.replace(" ", "").count("x") >= 300

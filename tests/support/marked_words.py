"""Texts of words, each another one, amid whatever Markdown takes for marks."""

from __future__ import annotations

from itertools import count

from hypothesis import strategies as st

MARKS = (
    "- ",
    "* ",
    "1. ",
    "7) ",
    "> ",
    "# ",
    "*",
    "**",
    "_",
    "[",
    "](https://a.pl/",
    ")",
    ' "',
    '")',
    "<",
    ">",
    "\\",
    "&",
)
BLANKS = (" ", "  ", "    ", "\t", "\n", "\n\n", "\r\n")
WORD = "word"


@st.composite
def marked_words(draw: st.DrawFn, longest: int = 60) -> str:
    """Words are `w1x`, `w2x`, and so on."""
    pieces = draw(st.lists(st.sampled_from((WORD, *MARKS, *BLANKS)), max_size=longest))
    numbers = count(1)
    return "".join(f"w{next(numbers)}x" if piece == WORD else piece for piece in pieces)

"""Text that shows nothing, spaces, controls, and letters that have no shape; and text that nobody can keep."""

from __future__ import annotations

import unicodedata

SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Fillers and joiners that Unicode counts among letters, marks and symbols (Default_Ignorable, BRAILLE BLANK)."""


def is_blank(text: str) -> bool:
    """Nobody would see it, so nobody could open it in a list."""
    return all(sign in SHAPELESS or unicodedata.category(sign)[0] in "ZC" for sign in text)


def is_storable(text: str) -> bool:
    """Every database refuses NUL or halves of characters."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)

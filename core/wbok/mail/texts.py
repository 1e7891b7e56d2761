"""What stands around a letter, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

Say = Callable[..., str]


def texts_in(language: str) -> Say:
    """Texts of this package in that language, with the values that are named in them."""
    catalog = _catalog(language)

    def say(text: str, **values: object) -> str:
        return catalog.gettext(text) % values if values else catalog.gettext(text)

    return say


@cache
def _catalog(language: str) -> NullTranslations:
    return Translations.load(Path(__file__).parent / "translations", [language])

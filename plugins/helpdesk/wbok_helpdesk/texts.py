"""This tab's texts outside a request, and each of them in the language that is wanted."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from wbok.api import catalog

FOLDER = Path(__file__).parent / "translations"


def N_(text: str) -> str:  # noqa: N802 (as gettext calls it)
    """Marks a text that is translated where it is shown."""
    return text


def texts(language: str) -> NullTranslations:
    return catalog(FOLDER, language)

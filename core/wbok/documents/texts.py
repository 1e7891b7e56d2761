"""The words on paper. No request is needed: documents are drawn by commands too."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from wbok.catalogs import catalog

FOLDER = Path(__file__).parent / "translations"


def texts(language: str) -> NullTranslations:
    """Of `pl`, `en`; any other language is English."""
    return catalog(FOLDER, language)

"""The words on paper. No request is needed: documents are drawn by commands too."""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

FOLDER = Path(__file__).parent / "translations"


@lru_cache(8)
def texts(language: str) -> NullTranslations:
    """Of `pl`, `en`; any other language is English."""
    return translation("messages", FOLDER, [language], fallback=True)

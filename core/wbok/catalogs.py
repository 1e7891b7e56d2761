"""Texts of a folder of translations, for whoever has no request: papers, commands."""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path


@lru_cache(32)
def catalog(folder: Path, language: str) -> NullTranslations:
    """Of `pl`, `en`; any other language is English, as the texts stand in the source."""
    return translation("messages", folder, [language], fallback=True)

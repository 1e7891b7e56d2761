"""Names of files that come from outside: no path, nothing unseen, and an ending that says what the file is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LONGEST = 80
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of signs that no page shows; among them those that turn a line around."""
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/pdf": (".pdf",),
}
"""By content type; what has another ending gets the first one."""
PICTURES = re.compile(r"\.(jpe?g|jfif|png|webp|heic|heif|pdf)$", re.IGNORECASE)
UNNAMED: Mapping[str, str] = {"application/pdf": "dokument"}


def shown_name(name: str) -> str:
    """The last part of a path, as a page may show it; an empty text when nothing of it can be seen."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or not _is_unseen(c))
    return " ".join(seen.split())[-LONGEST:].strip(" .")


def name_for(name: str, content_type: str) -> str:
    """The shown name with the ending of its kind: `scan.exe` that is a PDF becomes `scan.exe.pdf`."""
    shown, endings = shown_name(name), ENDINGS[content_type]
    if shown.lower().endswith(endings):
        return shown
    stem = PICTURES.sub("", shown).strip(" .") or UNNAMED.get(content_type, "zdjecie")
    return stem[:LONGEST] + endings[0]


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in UNSEEN

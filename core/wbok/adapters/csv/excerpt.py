"""A line that is no UTF-8, as a person may look at it: in each encoding that it may have, and without a PIN."""

from __future__ import annotations

import csv
from dataclasses import dataclass

POLISH = {"CP1250": "cp1250", "ISO-8859-2": "iso8859-2"}
DELIMITERS = (";", ",", "\t", "|")
# Each byte is one character in it, so that a line can be parted before its encoding is known.
BYTES = "latin-1"
HIDDEN = "***"
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """`is_whole`: it is one record, not a part of one that goes over several lines."""

    content: bytes
    header: bytes
    is_whole: bool

    def readings(self, secrets: frozenset[str]) -> str:
        """What it says in each encoding; nothing when it is not certain under which header something secret is."""
        line = self._without(secrets) if secrets else self.content
        if line is None:
            return ""
        return ", ".join(f'in {name} it reads "{_part(line, encoding)}"' for name, encoding in POLISH.items())

    def _without(self, secrets: frozenset[str]) -> bytes | None:
        for delimiter in DELIMITERS:
            names, cells = (_cells(line, delimiter) for line in (self.header, self.content))
            hidden = [bool(secrets & _meanings(name)) for name in names]
            if self.is_whole and len(names) == len(cells) > 1 and sum(hidden) == len(secrets):
                shown = (HIDDEN if hide else cell for hide, cell in zip(hidden, cells, strict=True))
                return delimiter.join(shown).encode(BYTES)
        return None


def _cells(line: bytes, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.decode(BYTES)], delimiter=delimiter), [])
    except csv.Error:
        return []


def _meanings(name: str) -> set[str]:
    """What a header may be called, whatever its encoding."""
    encodings = ("utf-8-sig", *POLISH.values())
    return {name.encode(BYTES).decode(encoding, errors="replace").strip() for encoding in encodings}


def _part(line: bytes, encoding: str) -> str:
    """From a little before the first letter that tells the encodings apart."""
    text = line.decode(encoding, errors="replace")
    start = max(next((i for i, c in enumerate(text) if not c.isascii()), 0) - SHOWN // 2, 0)
    return "".join(c if c.isprintable() else "?" for c in text[start : start + SHOWN])

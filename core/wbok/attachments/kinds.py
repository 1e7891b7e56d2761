"""What a file is: by how it begins, never by its name or by what a browser says of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

BEGINS: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    # Not somewhere in the first kilobyte, as readers of PDF have it: another file could begin before it.
    b"%PDF-": "application/pdf",
}
HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
"""ISO/IEC 23008-12: what stands in the `ftyp` box of pictures in HEVC."""


class Kind(StrEnum):
    """The kinds that are taken, by their content type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


def kind_of(content: bytes) -> Kind | None:
    """None for a kind that is not taken."""
    for beginning, kind in BEGINS.items():
        if content.startswith(beginning):
            return Kind(kind)
    return Kind.WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS

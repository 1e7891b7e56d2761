"""The typefaces of our documents, read once and shared by all of them.

fpdf2 would read, reduce and compress a font anew for every document, which costs twenty times what the page does.
Ours are reduced already; what a document needs of them is made once.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FAMILY = "dejavu"
FOLDER = Path(__file__).parent / "typefaces"
FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
MISSING = "□"
"""Stands for each sign that the typeface does not have."""
MM_IN_POINT = 25.4 / 72
UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")
"""What only changes the sign before: variants, shades of skin."""
ENTRIES_IN_A_BLOCK = 100
SYMBOLIC, BOLD = 4, 1 << 18


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a PDF holds of a typeface; the three streams are compressed."""

    name: str
    widths: str
    default_width: int
    ascent: int
    descent: int
    cap_height: int
    box: str
    flags: int
    stem: int
    file: bytes
    file_length: int
    glyphs: bytes
    unicode: bytes


class Typeface:
    """As fpdf2 wants a font: `i` is its number in the document, `fontkey` its name there."""

    type = "TTF"
    color_font = None

    def __init__(self, style: str, number: int) -> None:
        self.i, self.fontkey = number, f"{FAMILY}{style}"
        path = FOLDER / FILES[style]
        with TTFont(path, lazy=True) as font:
            cmap = font.getBestCmap()
            scale = 1000 / font["head"].unitsPerEm
            advances = font["hmtx"].metrics
            glyphs = [0, *(font.getGlyphID(cmap[code]) for code in sorted(cmap))]
            self._codes = {chr(unicode): code for code, unicode in enumerate(sorted(cmap), start=1)}
            self._widths: dict[str, int] = {
                chr(unicode): round(advances[name][0] * scale) for unicode, name in cmap.items()
            }
            self.embedded = self._embed(font, path.read_bytes(), scale=scale, glyphs=glyphs)

    def printable(self, text: str) -> str:
        """What can be printed of it: nothing that steers, a box for each sign that is missing."""
        composed = UNSEEN.sub("", unicodedata.normalize("NFC", text))
        return "".join(self._sign(sign) for sign in composed)

    def advance(self, sign: str) -> int:
        """Of a printable sign, in thousandths of the type's size."""
        return self._widths[sign]

    def width(self, text: str, size: float) -> float:
        """Millimetres of a printable text in `size` points."""
        thousandths = sum(self._widths[sign] for sign in text)
        return thousandths * size * MM_IN_POINT / 1000

    def get_text_width(self, text: str, font_size_pt: float, _: Any) -> tuple[int, float]:
        return len(text), self.width(text, font_size_pt) / MM_IN_POINT

    def encode_text(self, text: str) -> str:
        return f"<{''.join(f'{self._codes[sign]:04X}' for sign in text)}> Tj"

    def _sign(self, sign: str) -> str:
        if sign in self._codes:
            return sign
        category = unicodedata.category(sign)
        if category.startswith("Z") or sign in "\t\n\v\f\r\x85":
            return " "
        return "" if category in ("Cc", "Cf", "Cs") else MISSING

    def _embed(self, font: TTFont, file: bytes, *, scale: float, glyphs: list[int]) -> Embedded:
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        bold = os2.usWeightClass >= 600
        return Embedded(
            # The six letters tell readers that it is a part of the typeface.
            name=f"WBOKPL+{str(font['name'].getBestFullName()).replace(' ', '')}",
            widths=f"[1 [{' '.join(str(self._widths[sign]) for sign in self._codes)}]]",
            default_width=round(font["hmtx"].metrics[".notdef"][0] * scale),
            ascent=round(hhea.ascent * scale),
            descent=round(hhea.descent * scale),
            cap_height=round(font["glyf"][font.getBestCmap()[ord("H")]].yMax * scale),
            box=f"[{' '.join(str(round(side * scale)) for side in (head.xMin, head.yMin, head.xMax, head.yMax))}]",
            flags=SYMBOLIC | (BOLD if bold else 0),
            stem=round(50 + (os2.usWeightClass / 65) ** 2),
            file=zlib.compress(file),
            file_length=len(file),
            glyphs=zlib.compress(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)),
            unicode=zlib.compress(_unicode_map(self._codes).encode()),
        )


@lru_cache(1)
def typefaces() -> tuple[Typeface, Typeface]:
    """Regular and bold."""
    return Typeface("", 1), Typeface("B", 2)


def _unicode_map(codes: dict[str, int]) -> str:
    """The CMap by which readers find the text again (PDF 32000-1, 9.10.3)."""
    entries = [f"<{code:04X}> <{ord(sign):04X}>" for sign, code in codes.items()]
    blocks = [entries[at : at + ENTRIES_IN_A_BLOCK] for at in range(0, len(entries), ENTRIES_IN_A_BLOCK)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )

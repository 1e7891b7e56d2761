"""Makes core/wbok/documents/typefaces from DejaVu Sans: `python docs/typefaces.py [FOLDER OF DEJAVU]`.

Debian has the originals in the package fonts-dejavu-core. The made files are kept with the sources; this is for the
day when a sign is missing in them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
MADE = Path(__file__).parent.parent / "core/wbok/documents/typefaces"
SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0xAD),  # Latin 1, without the hyphen that is only sometimes seen
    *range(0xAE, 0x180),  # and Latin Extended A
    *range(0x218, 0x21C),
    *range(0x400, 0x460),  # Cyrillic: customers come from Ukraine too
    *(0x490, 0x491, 0x1E9E),
    *range(0x2010, 0x2016),
    *range(0x2018, 0x201F),
    *(0x2020, 0x2022, 0x2026, 0x202F, 0x2030, 0x20AC, 0x2116, 0x2122),
    *range(0x2190, 0x2194),
    *(0x2212, 0x2260, 0x2264, 0x2265, 0x2713),
    0x25A1,  # stands for what is missing
]


def make(source: Path, target: Path) -> None:
    options = subset.Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        drop_tables=["FFTM", "GDEF"],
    )
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    font.save(target)
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEJAVU
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        make(folder / name, MADE / name)

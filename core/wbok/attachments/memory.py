"""How much memory a picture takes while it is read, told before anything of it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil

from PIL import Image, JpegImagePlugin

PER_POINT: Mapping[str, int] = {"1": 1, "P": 1, "L": 2, "I;16": 5, "RGB": 5, "RGBA": 10, "LA": 10}
"""Bytes, by the mode in which Pillow reads a PNG, with what making it smaller takes."""
MOST_PER_POINT = 10
COEFFICIENT = 2
SCAN = re.compile(rb"\xff\xda\x00.(.)", re.DOTALL)
"""ITU-T T.81, B.2.3: where a scan begins, and how many of the colours are in it."""
WEBP_PER_POINT = 20
"""libwebp keeps two whole pictures, and Pillow takes a copy of one before it makes its own."""


def bytes_to_read(opened: Image.Image, content: bytes, *, halved: bool) -> int:
    """At most, with what making it smaller takes. `opened` is not read yet, `content` is the whole file.

    `halved`: both sides will be halved; a JPEG is then never whole in memory.
    """
    points = opened.width * opened.height
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        kept = points // 4 if halved else points
        return kept * (1 if opened.mode == "L" else 4) + points * _coefficients(opened, content)
    if opened.format == "WEBP":
        return points * WEBP_PER_POINT
    return points * PER_POINT.get(opened.mode, MOST_PER_POINT)


def _coefficients(opened: JpegImagePlugin.JpegImageFile, content: bytes) -> int:
    """For each point, rounded up. libjpeg keeps those of the whole picture unless one scan has all the colours."""
    in_one = all(scan[1][0] >= len(opened.layer) for scan in SCAN.finditer(content))
    if in_one and not opened.info.get("progressive"):
        return 0
    finest = max(across * down for _, across, down, _ in opened.layer)
    return ceil(sum(COEFFICIENT * across * down / finest for _, across, down, _ in opened.layer))

"""Files as telephones, scanners and people with bad intentions send them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from wbok.domain.attachments import Upload

PLACE = "Jasnowice 50.0412 N"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
ORIENTATION, DESCRIPTION, GPS, GPS_LATITUDE = 0x0112, 0x010E, 0x8825, 2
TURNED = 6
"""Of the camera's values: the top of the photo is at its right."""


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Light, with a dark left half."""
    drawn = Image.new(mode, size, "white")
    ImageDraw.Draw(drawn).rectangle((0, 0, size[0] // 2, size[1]), fill="black")
    return drawn


def written(drawn: Image.Image, form: str = "JPEG", **how: Any) -> bytes:
    whole = BytesIO()
    drawn.save(whole, form, **how)
    return whole.getvalue()


def photo(size: tuple[int, int] = (60, 40), form: str = "JPEG", *, turned: bool = False) -> bytes:
    """With the place where it was taken, a comment and a colour profile in it."""
    drawn = picture(size)
    exif = drawn.getexif()
    exif[DESCRIPTION] = PLACE
    exif.get_ifd(GPS)[GPS_LATITUDE] = (IFDRational(50), IFDRational(2), IFDRational(28))
    if turned:
        exif[ORIENTATION] = TURNED
    more = {"comment": PLACE} if form == "JPEG" else {}
    return written(drawn, form, exif=exif, icc_profile=PLACE.encode(), **more)


def moving(form: str) -> bytes:
    return written(picture(), form, save_all=True, append_images=[picture(mode="RGB").rotate(90)])


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says, and has, side × side points."""
    rows = zlib.compressobj(9)
    row = b"\x00" * (1 + (side + 7) // 8)
    packed = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", packed), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def says_to_be(side: int) -> bytes:
    """A PNG of a few points that says to have side × side, each of four bytes."""
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    small = written(picture(), "PNG")
    return small[:8] + _chunk(b"IHDR", head) + small[33:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def upload(name: str = "licznik.jpg", content: bytes = b"\xff\xd8\xff of a photo") -> Upload:
    """One that was checked already."""
    return Upload(name, "image/jpeg", content)

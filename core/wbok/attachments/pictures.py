"""Pictures are made anew from their points alone: no place where they were taken, no text, no second file."""

from __future__ import annotations

from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from wbok.attachments.kinds import Kind
from wbok.attachments.memory import bytes_to_read
from wbok.domain.attachments import UploadFault

if TYPE_CHECKING:
    from typing_extensions import Buffer

MOST_PIXELS = 64_000_000
"""Of a picture that is read: the largest that telephones take are of 50 million points."""
MOST_MEMORY = 250_000_000
"""Bytes that a picture may take while it is read; see config/deploy/wbok.service."""
LONGEST_SIDE = 4096
"""Of a picture that is kept: a page of a letter stays readable, and no more than that is needed.

One with more points than a square of it has is read with half of its sides.
"""
QUALITIES = (85, 70, 50)
KEPT_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
DECODERS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}

# In each process one after the other.
one_at_a_time = Lock()


class PictureRefused(Exception):
    def __init__(self, fault: UploadFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def remade(content: bytes, kind: Kind, *, most_bytes: int) -> tuple[Kind, bytes]:
    """The same picture as a JPEG or PNG without anything else in it, upright. Raises PictureRefused."""
    with one_at_a_time:
        try:
            return _remade(content, kind, most_bytes)
        except PictureRefused:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise PictureRefused(UploadFault.TOO_MANY_PIXELS) from None
        except Exception as error:
            # What a decoder raises over a broken file is of any kind.
            raise PictureRefused(UploadFault.DAMAGED) from error


def _remade(content: bytes, kind: Kind, most_bytes: int) -> tuple[Kind, bytes]:
    picture = _read(content, kind)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = _bare(_upright(picture))
    if kind is Kind.PNG or picture.has_transparency_data:
        whole = _written(picture, "PNG", most_bytes)
        if whole is not None:
            return Kind.PNG, whole
    picture = _on_white(picture)
    for quality in QUALITIES:
        whole = _written(picture, "JPEG", most_bytes, quality=quality)
        if whole is not None:
            return Kind.JPEG, whole
    raise PictureRefused(UploadFault.TOO_LARGE)


def _read(content: bytes, kind: Kind) -> Image.Image:
    """Halved where it has many points, so that nothing that follows meets it whole."""
    with Image.open(BytesIO(content), formats=[DECODERS[kind]]) as opened:
        width, height = opened.size
        halved = width * height > LONGEST_SIDE**2
        if width * height > MOST_PIXELS or bytes_to_read(opened, content, halved=halved) > MOST_MEMORY:
            raise PictureRefused(UploadFault.TOO_MANY_PIXELS)
        # Several pictures in one JPEG are one photo and its thumbnails.
        if kind is not Kind.JPEG and getattr(opened, "is_animated", False):
            raise PictureRefused(UploadFault.MOVING)
        if halved and kind is Kind.JPEG:
            opened.draft(None, (width // 2, height // 2))
        opened.load()
        picture = _eight_bits(opened)
    # The mean of two colours of a palette is any other colour.
    return (
        picture.reduce(2) if halved and kind is not Kind.JPEG and picture.mode not in {"1", "P"} else picture
    )


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scanners write grey of 16 bits, which would turn white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.point(lambda value: value * (1 / 256)).convert("L")


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        # What a camera wrote about the photo is broken; the photo is not.
        return picture.copy()


def _bare(picture: Image.Image) -> Image.Image:
    """Points and palette alone: whatever else the file said would be written again."""
    see_through = picture.info.get("transparency") if picture.mode == "P" else None
    if picture.mode not in KEPT_MODES or ("transparency" in picture.info and picture.mode != "P"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.info = {} if see_through is None else {"transparency": see_through}
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _written(picture: Image.Image, form: str, most_bytes: int, **how: int) -> bytes | None:
    """None when it would have more bytes."""
    whole = _Bounded(most_bytes)
    try:
        picture.save(whole, form, **how)
    except _Overflow:
        return None
    return whole.getvalue()


class _Overflow(Exception):
    pass


class _Bounded(BytesIO):
    """A file that takes no more than that: what is too large is not made to its end."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._most = most_bytes

    def write(self, content: Buffer, /) -> int:
        if self.tell() + memoryview(content).nbytes > self._most:
            raise _Overflow
        return super().write(content)

"""Pictures are made anew from their points alone: no place where they were taken, no text, no second file."""

from __future__ import annotations

from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

from wbok.attachments.kinds import Kind
from wbok.domain.attachments import UploadFault

MOST_PIXELS = 64_000_000
"""Of a picture that is read: the largest that telephones take are of 50 million points."""
LONGEST_SIDE = 4096
"""Of a picture that is kept: a page of a letter stays readable, and no more than that is needed."""
QUALITIES = (85, 70, 50)
KEPT_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
DECODERS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}

# A large one takes up to 256 MB while it is read: in each process one after the other.
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
    with Image.open(BytesIO(content), formats=[DECODERS[kind]]) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise PictureRefused(UploadFault.TOO_MANY_PIXELS)
        # Several pictures in one JPEG are one photo and its thumbnails.
        if kind is not Kind.JPEG and getattr(opened, "is_animated", False):
            raise PictureRefused(UploadFault.MOVING)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        picture = _upright(opened)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = _bare(picture)
    if kind is Kind.PNG or picture.has_transparency_data:
        whole = _written(picture, "PNG")
        if len(whole) <= most_bytes:
            return Kind.PNG, whole
    picture = _on_white(picture)
    for quality in QUALITIES:
        whole = _written(picture, "JPEG", quality=quality)
        if len(whole) <= most_bytes:
            return Kind.JPEG, whole
    raise PictureRefused(UploadFault.TOO_LARGE)


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        # What a camera wrote about the photo is broken; the photo is not.
        return picture.copy()


def _bare(picture: Image.Image) -> Image.Image:
    """Points and palette alone: whatever else the file said would be written again."""
    if picture.mode.startswith("I"):
        # Scanners write grey of 16 bits, which would turn white.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = picture.info.get("transparency") if picture.mode == "P" else None
    if picture.mode not in KEPT_MODES or ("transparency" in picture.info and picture.mode != "P"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture = picture.copy()
    picture.info = {} if see_through is None else {"transparency": see_through}
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _written(picture: Image.Image, form: str, **how: int) -> bytes:
    whole = BytesIO()
    picture.save(whole, form, **how)
    return whole.getvalue()

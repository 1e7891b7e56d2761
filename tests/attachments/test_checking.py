"""What becomes of a file that a customer sends: which are taken, as what, and what is gone from them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from support.files import HEIC, HTML, PDF, PLACE, SVG, bomb, moving, photo, picture, says_to_be, written

from wbok.attachments import check_upload
from wbok.attachments.pictures import LONGEST_SIDE
from wbok.domain.attachments import Upload, UploadFault, UploadRefused

MOST = 200_000


def checked(content: bytes, name: str = "x.jpg", *, most: int = MOST) -> Upload:
    return check_upload(name, content, most_bytes=most)


def fault(content: bytes, name: str = "x.jpg", *, most: int = MOST) -> UploadFault:
    with pytest.raises(UploadRefused) as refused:
        checked(content, name, most=most)
    return refused.value.fault


def opened(upload: Upload) -> Image.Image:
    shown = Image.open(BytesIO(upload.content))
    shown.load()
    return shown


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_of_a_photo_only_the_picture_stays(form: str) -> None:
    sent = photo(form=form)
    assert PLACE.encode() in sent
    upload = checked(sent)
    assert PLACE.encode() not in upload.content
    shown = opened(upload)
    assert shown.size == (60, 40)
    assert dict(shown.getexif()) == {}
    assert not set(shown.info) & {"exif", "icc_profile", "comment", "xmp", "photoshop"}
    assert upload.content_type == ("image/png" if form == "PNG" else "image/jpeg")


def test_a_photo_stands_upright() -> None:
    shown = opened(checked(photo(turned=True))).convert("L")
    assert shown.size == (40, 60)
    top, bottom = shown.getpixel((20, 5)), shown.getpixel((20, 55))
    assert isinstance(top, int)
    assert isinstance(bottom, int)
    assert top < 50 < 200 < bottom


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    for form in ("JPEG", "PNG"):
        upload = checked(written(picture(), form) + b"PK\x03\x04" + HTML)
        assert HTML not in upload.content
        assert b"PK\x03\x04" not in upload.content


def test_a_large_photo_is_made_smaller_and_a_small_one_stays() -> None:
    large = written(picture((LONGEST_SIDE + 800, 300), "L"))
    assert opened(checked(large)).size[0] == LONGEST_SIDE
    assert opened(checked(photo())).size == (60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_kind_of_colour_are_shown(mode: str) -> None:
    drawn = Image.new("I;16", (60, 40), 40_000) if mode == "I;16" else picture().convert(mode)
    shown = opened(checked(written(drawn, "JPEG" if mode == "CMYK" else "PNG"))).convert("L")
    assert shown.size == (60, 40)
    assert (shown.getpixel((5, 5)) == 156) if mode == "I;16" else (shown.getpixel((5, 5)) in range(10))


def test_what_can_be_seen_through_stays_so() -> None:
    drawn = picture(mode="RGBA")
    drawn.putalpha(Image.new("L", drawn.size, 0))
    for form in ("PNG", "WEBP"):
        upload = checked(written(drawn, form), "logo.webp")
        assert (upload.name, upload.content_type) == ("logo.png", "image/png")
        assert opened(upload).convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_a_picture_that_would_become_too_large_as_png_becomes_a_jpeg() -> None:
    sent = written(Image.effect_noise((300, 300), 90), "WEBP", quality=1)
    seen_through = Image.open(BytesIO(sent)).convert("RGBA")
    seen_through.putpixel((0, 0), (0, 0, 0, 0))
    content = written(seen_through, "WEBP", quality=1)
    upload = checked(content, "x.webp", most=60_000)
    assert (upload.name, upload.content_type) == ("x.jpg", "image/jpeg")
    assert len(upload.content) <= 60_000
    assert fault(content, most=len(content)) is UploadFault.TOO_LARGE


def test_a_pdf_stays_as_it_is() -> None:
    upload = checked(PDF, "umowa.jpg")
    assert upload == Upload("umowa.pdf", "application/pdf", PDF)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", UploadFault.EMPTY),
        (HTML, UploadFault.WRONG_KIND),
        (SVG, UploadFault.WRONG_KIND),
        (b"GIF89a" + b"\0" * 50, UploadFault.WRONG_KIND),
        (b"PK\x03\x04" + b"\0" * 50, UploadFault.WRONG_KIND),
        (b"MZ\x90\x00" + b"\0" * 50, UploadFault.WRONG_KIND),
        (HTML + PDF, UploadFault.WRONG_KIND),
        (b"RIFF\0\0\0\0WAVEfmt ", UploadFault.WRONG_KIND),
        (HEIC, UploadFault.HEIC),
        (b"\xff\xd8\xff", UploadFault.DAMAGED),
        (b"\xff\xd8\xff\xe0" + HTML, UploadFault.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + HTML, UploadFault.DAMAGED),
        (b"RIFF\x10\0\0\0WEBPVP8 ", UploadFault.DAMAGED),
        (PDF + b"x" * MOST, UploadFault.TOO_LARGE),
        (photo() + b"x" * MOST, UploadFault.TOO_LARGE),
    ],
)
def test_what_is_not_taken(content: bytes, expected: UploadFault) -> None:
    assert fault(content) is expected


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_breaks_off_is_damaged(form: str) -> None:
    whole = photo((400, 300), form)
    assert fault(whole[: len(whole) * 2 // 3]) is UploadFault.DAMAGED


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(form: str) -> None:
    assert fault(moving(form)) is UploadFault.MOVING


@pytest.mark.parametrize("side", [8_001, 12_000, 60_000])
def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_read(side: int) -> None:
    content = bomb(8_001) if side == 8_001 else says_to_be(side)
    assert len(content) < 30_000
    assert fault(content) is UploadFault.TOO_MANY_PIXELS


def test_a_photo_with_several_pictures_in_it_is_the_first_one() -> None:
    upload = checked(written(picture(), "MPO", save_all=True, append_images=[picture((30, 20))]))
    assert opened(upload).size == (60, 40)
    assert upload.content.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("licznik.jpg", "licznik.jpg"),
        ("LICZNIK.JPEG", "LICZNIK.JPEG"),
        ("zdjęcie licznika.png", "zdjęcie licznika.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Jan\\foto.jpg", "foto.jpg"),
        ("faktura.exe", "faktura.exe.jpg"),
        ("umowa\u202egpj.exe", "umowagpj.exe.jpg"),
        ("a\x00\x07\u200b\nb.jpg", "a b.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("..", "zdjecie.jpg"),
        ("", "zdjecie.jpg"),
        (".jpg", "jpg.jpg"),
        ("y" * 300 + ".jpg", "y" * 76 + ".jpg"),
        ('<b>"x".jpg', '<b>"x".jpg'),
    ],
)
def test_names_have_no_path_nothing_unseen_and_the_right_ending(name: str, kept: str) -> None:
    assert checked(photo(), name).name == kept


def test_a_refusal_names_the_file_as_it_can_be_shown() -> None:
    with pytest.raises(UploadRefused) as refused:
        checked(HTML, "../evil\u202e.svg")
    assert refused.value.name == "evil.svg"

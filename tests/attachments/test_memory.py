"""How much memory the largest pictures take that are accepted, measured in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support.files import ORIENTATION, TURNED, picture, says_to_be, written

from wbok.attachments import check_upload
from wbok.domain.attachments import UploadFault, UploadRefused

MOST_KILOBYTES = 300_000
REMADE = """
import re, sys
from pathlib import Path
from wbok.attachments import check_upload
check_upload("x", Path(sys.argv[1]).read_bytes(), most_bytes=8_000_000)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def turned(path: Path, mode: str, side: int, form: str, **how: Any) -> Path:
    drawn = Image.new(mode, (side, side))
    exif = drawn.getexif()
    exif[ORIENTATION] = TURNED
    drawn.save(path, form, exif=exif, **how)
    return path


def assert_too_many_pixels(content: bytes) -> None:
    with pytest.raises(UploadRefused) as refused:
        check_upload("x", content, most_bytes=8_000_000)
    assert refused.value.fault is UploadFault.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("mode", "side", "form", "how"),
    [
        ("RGB", 7_050, "PNG", {"compress_level": 1}),
        ("RGBA", 4_990, "PNG", {"compress_level": 1}),
        ("I;16", 7_050, "PNG", {"compress_level": 1}),
        ("RGB", 5_950, "JPEG", {"progressive": True, "subsampling": 0}),
        ("RGBA", 3_530, "WEBP", {"method": 0}),
    ],
)
def test_the_largest_that_are_taken_fit(
    tmp_path: Path, mode: str, side: int, form: str, how: dict[str, Any]
) -> None:
    path = turned(tmp_path / "large", mode, side, form, **how)
    run = [sys.executable, "-c", REMADE, str(path)]
    used = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    assert used < MOST_KILOBYTES


def test_what_would_not_fit_is_refused() -> None:
    assert_too_many_pixels(says_to_be(5_100))
    assert_too_many_pixels(jpeg_that_says(6_000, progressive=True))
    assert check_upload("x", jpeg_that_says(6_000), most_bytes=8_000_000).content


def test_a_jpeg_of_several_scans_is_held_whole_like_a_progressive_one() -> None:
    """Each colour in a scan of its own, as T.81 allows without being progressive."""
    content = jpeg_that_says(6_000)
    scan = content.rindex(b"\xff\xda\x00\x0c\x03")
    first_colour = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert_too_many_pixels(content[:scan] + first_colour + content[scan + 14 :])


def jpeg_that_says(side: int, *, progressive: bool = False) -> bytes:
    """One of a few points and of the finest colours that says to be larger; T.81, B.2.2."""
    content = written(picture(), "JPEG", subsampling=0, progressive=progressive)
    frame = content.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return content[:frame] + side.to_bytes(2) * 2 + content[frame + 4 :]

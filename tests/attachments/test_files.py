"""Files on the disk: whole or not there, and found only inside of their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wbok.attachments import FileChunks, inner_file, size_of, write_file


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_file(path, b"x" * 100_000)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"".join(FileChunks(path)) == b"x" * 100_000
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_file_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_file(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "parts",
    [
        *((one,) for one in ("..", "../secret", "/etc/passwd", "", ".", "a\0b", "link", "none", "folder")),
        ("folder", "..", "..", "secret"),
        ("x" * 5000,),
    ],
)
def test_nothing_outside_of_the_folder_is_found(tmp_path: Path, parts: tuple[str, ...]) -> None:
    inside = tmp_path / "inside"
    (inside / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (inside / "link").symlink_to(tmp_path / "secret")
    (inside / "file").write_text("x")
    assert inner_file(inside, *parts) is None
    assert size_of(inner_file(inside, "file")) == 1

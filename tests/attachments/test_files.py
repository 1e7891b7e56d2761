"""Files on the disk: whole or not there, and found only inside of their folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wbok.attachments import opened_directory, opened_file, remove_file, size_of, write_file

KILLED = """
import os, signal, sys
from wbok.attachments import opened_directory, write_file
os.fsync = lambda _descriptor: os.kill(os.getpid(), signal.SIGKILL)
from pathlib import Path
with opened_directory(Path(sys.argv[1])) as directory:
    write_file(directory, "a", b"half")
"""


def write(folder: Path, content: bytes) -> None:
    with opened_directory(folder) as directory:
        write_file(directory, "a", content)


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    write(tmp_path, b"x" * 100_000)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    file = opened_file(tmp_path, "a")
    assert file is not None
    assert (file.size, b"".join(file)) == (100_000, b"x" * 100_000)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_file_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write(tmp_path, b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "parts",
    [
        *((one,) for one in ("..", "../secret", "/etc/passwd", "", ".", "a\0b", "link", "none", "folder")),
        ("folder", "..", "..", "secret"),
        ("linked", "inner"),
        ("x" * 5000,),
    ],
)
def test_nothing_outside_of_the_folder_is_found(tmp_path: Path, parts: tuple[str, ...]) -> None:
    inside = tmp_path / "inside"
    (inside / "folder").mkdir(parents=True)
    (inside / "folder" / "inner").write_text("x")
    (tmp_path / "secret").write_text("secret")
    (inside / "link").symlink_to(tmp_path / "secret")
    (inside / "file").write_text("x")
    (inside / "linked").symlink_to("folder")
    assert opened_file(inside, *parts) is None
    assert size_of(inside, *parts) is None
    assert size_of(inside, "file") == 1


def test_what_a_killed_process_left_half_written_is_written_over_and_removed(tmp_path: Path) -> None:
    killed_while_writing(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [".a.part"]
    with opened_directory(tmp_path) as directory:
        remove_file(directory, "a")
    assert list(tmp_path.iterdir()) == []
    killed_while_writing(tmp_path)
    write(tmp_path, b"whole")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"whole")]


def killed_while_writing(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL


def test_an_opened_file_is_given_whole_though_it_is_away_by_then(tmp_path: Path) -> None:
    write(tmp_path, b"x" * 100_000)
    file = opened_file(tmp_path, "a")
    (tmp_path / "a").unlink()
    assert file is not None
    assert b"".join(file) == b"x" * 100_000
    assert opened_file(tmp_path, "a") is None


def test_a_folder_that_is_away_is_no_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        opened_file(tmp_path / "none", "a")
    assert size_of(tmp_path / "none", "a") is None

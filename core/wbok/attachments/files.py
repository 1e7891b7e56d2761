"""Files on a disk: written whole or not at all, and found only where they belong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CHUNK = 64 * 1024
OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class FileChunks:
    path: Path

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def write_file(path: Path, content: bytes, *, mode: int = OWNER_ALONE) -> None:
    """When it returns, the file is on the disk, and survives a machine that loses its power. Raises OSError."""
    unfinished = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE), "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _keep_names(path.parent)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def inner_file(folder: Path, *parts: str) -> Path | None:
    """The file at that place in the folder; None when there is none, or it lies outside, for example by a link."""
    if any(part in {"", ".", ".."} or not part.isprintable() or "/" in part for part in parts):
        return None
    try:
        found = folder.joinpath(*parts).resolve(strict=True)
        return found if found.is_relative_to(folder.resolve()) and found.is_file() else None
    except (OSError, ValueError):
        return None


def size_of(path: Path | None) -> int | None:
    """In bytes; None when there is no such file."""
    try:
        return path.stat().st_size if path else None
    except OSError:
        return None


def _keep_names(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

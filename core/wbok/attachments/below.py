"""Files below a directory: found name by name, through no symbolic link, whatever it is that names them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CHUNK = 64 * 1024
# Not to wait at a pipe that somebody put there.
ONLY_A_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
ONLY_A_DIRECTORY = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


class OpenFile(Iterator[bytes]):
    """Gives its `size` bytes once, no more than it had when it was opened; closed then, or when nobody has it."""

    def __init__(self, descriptor: int, size: int) -> None:
        self.size = size
        self._descriptor: int | None = descriptor
        self._left = size

    def beginning(self, length: int) -> bytes:
        """Which is given none the less. Raises OSError."""
        return b"" if self._descriptor is None else os.pread(self._descriptor, length, 0)

    def __next__(self) -> bytes:
        chunk = b""
        if self._descriptor is not None and self._left:
            chunk = os.read(self._descriptor, min(CHUNK, self._left))
        if not chunk:
            self.close()
            raise StopIteration
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    __del__ = close


@contextmanager
def opened_directory(path: Path) -> Iterator[int]:
    """Its descriptor; the configuration names it, so it may be a link. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def directory_below(directory: int, names: Sequence[str]) -> Iterator[int]:
    """Its descriptor. Raises OSError; ValueError for names that lead elsewhere."""
    here = os.dup(directory)
    try:
        for name in names:
            below = os.open(_own(name), ONLY_A_DIRECTORY, dir_fd=here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def file_below(directory: int, names: Sequence[str]) -> OpenFile:
    """Raises OSError, also for what is no ordinary file; ValueError for names that lead elsewhere."""
    with directory_below(directory, names[:-1]) as folder:
        descriptor = os.open(_own(names[-1]), ONLY_A_FILE, dir_fd=folder)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EISDIR, "it is no ordinary file")
    except BaseException:
        os.close(descriptor)
        raise
    return OpenFile(descriptor, found.st_size)


def _own(name: str) -> str:
    if name in {"", ".", ".."} or "/" in name or "\0" in name:
        raise ValueError(f"{name!r} leads elsewhere")
    return name

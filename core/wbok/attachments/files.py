"""Files in a folder: written whole or not at all, and read only where they belong."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from wbok.attachments.below import OpenFile, file_below, opened_directory

OWNER_ALONE = 0o600
NOT_THERE = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENAMETOOLONG}
)
"""Nothing, or something else than a file: a directory, a socket, a link, which is never followed."""


def opened_file(folder: Path, *names: str) -> OpenFile | None:
    """The file at that place in the folder; None when there is none that belongs there.

    Raises OSError when it cannot be read, or the folder itself is away.
    """
    with opened_directory(folder) as directory:
        try:
            return file_below(directory, names)
        except ValueError:
            return None
        except OSError as error:
            if error.errno in NOT_THERE:
                return None
            raise


def size_of(folder: Path, *names: str) -> int | None:
    """In bytes; None when there is no such file, or none that can be read."""
    try:
        file = opened_file(folder, *names)
    except OSError:
        return None
    return file.size if file else None


def write_file(directory: int, name: str, content: bytes, *, mode: int = OWNER_ALONE) -> None:
    """In the folder of that descriptor. When it returns, the file is on the disk, and survives a machine that loses
    its power. Raises OSError; only a process that is killed leaves something then, see `remove_file`.
    """
    unfinished = _unfinished(name)
    with suppress(FileNotFoundError):
        os.unlink(unfinished, dir_fd=directory)
    try:
        with os.fdopen(_created(directory, unfinished), "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, name, src_dir_fd=directory, dst_dir_fd=directory)
        os.fsync(directory)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished, dir_fd=directory)
        raise


def remove_file(directory: int, name: str) -> None:
    """And what was written of it when its process was killed. Raises OSError."""
    for one in (name, _unfinished(name)):
        with suppress(FileNotFoundError):
            os.unlink(one, dir_fd=directory)


def _created(directory: int, name: str) -> int:
    only_a_new_one = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return os.open(name, only_a_new_one, OWNER_ALONE, dir_fd=directory)


def _unfinished(name: str) -> str:
    return f".{name}.part"

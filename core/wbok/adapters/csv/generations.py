"""The folder of generations: each import writes a new file of SQLite, and a small file names the current one.

    current          the name of the generation that is served; replaced in one step
    g000012.sqlite   a generation; never written again
    loading.sqlite   what an import is writing; nobody reads it
    lock             held by a running import, by the kernel: whatever dies lets go of it

A crash at any moment leaves the generation that was current.
"""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

from wbok.errors import ImportFailed, Unavailable

GENERATION = re.compile(r"g([0-9]{6,12})\.sqlite", re.ASCII)
CURRENT, LOADING, LOCK, FAULTS = "current", "loading", "lock", "faults.txt"
KEPT_SECONDS = 3600


class Generations:
    """`clock` gives seconds since 1970, as the file system counts them."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock

    def current(self) -> Path:
        """Raises Unavailable before the first import."""
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise Unavailable(f"nothing has been imported into {self.folder} yet") from None
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(f"{self.folder / CURRENT} cannot be read: {error}") from None
        if not GENERATION.fullmatch(name):
            raise Unavailable(f"{self.folder / CURRENT} names no generation")
        return self.folder / name

    @property
    def faults(self) -> Path:
        """Where the faults of the latest import stand, all of them."""
        return self.folder / FAULTS

    def loading(self, part: str = "") -> Path:
        """Where an import writes; `part` tells several files apart."""
        return self.folder / f"{LOADING}{part}.sqlite"

    @contextmanager
    def importing(self) -> Iterator[None]:
        """One import at a time, on a tidy folder. Raises ImportFailed."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Reading is enough to lock, so that it does not matter who made the file.
            descriptor = os.open(self.folder / LOCK, os.O_RDONLY | os.O_CREAT, 0o644)
        except OSError as error:
            raise ImportFailed(
                f"billing.folder: {self.folder} cannot be used: {error.strerror}. Nothing was imported."
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise ImportFailed(
                f"Another import into {self.folder} is running. Nothing was imported; try again when it has ended."
            ) from None
        try:
            self._remove_leftovers()
            yield
            self._remove_old()
        finally:
            self._remove_loading()
            os.close(descriptor)

    def flip(self) -> str:
        """What was loaded becomes the current generation; returns its name."""
        number = max(self._numbers(), default=0) + 1
        name = f"g{number:06}.sqlite"
        _to_disk(self.loading())
        self.loading().rename(self.folder / name)
        _to_disk(self.folder)
        written = self.folder / f"{CURRENT}.new"
        written.write_text(f"{name}\n", encoding="ascii")
        _to_disk(written)
        written.replace(self.folder / CURRENT)
        _to_disk(self.folder)
        return name

    def _numbers(self) -> list[int]:
        names = (GENERATION.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(int(found[1]) for found in names if found)

    def _current_number(self) -> int | None:
        try:
            found = GENERATION.fullmatch(self.current().name)
        except Unavailable:
            return None
        return int(found[1]) if found else None

    def _path(self, number: int) -> Path:
        return self.folder / f"g{number:06}.sqlite"

    def _remove_leftovers(self) -> None:
        """What an import left that was killed: parts, and a generation that never became current."""
        self._remove_loading()
        (self.folder / f"{CURRENT}.new").unlink(missing_ok=True)
        current = self._current_number()
        if current is None:
            return
        for number in self._numbers():
            if number > current:
                self._path(number).unlink()

    def _remove_loading(self) -> None:
        for path in self.folder.glob(f"{LOADING}*"):
            path.unlink(missing_ok=True)

    def _remove_old(self) -> None:
        """All but the current generation, the one before, and those that a request may still be reading.

        A generation is out of use since the next one was written; no request lasts as long as it is kept then.
        """
        current = self._current_number()
        numbers = [number for number in self._numbers() if current is not None and number <= current]
        for number, after in pairwise(numbers[:-1]):
            if self._clock() - self._path(after).stat().st_mtime > KEPT_SECONDS:
                self._path(number).unlink()


def open_generation(path: Path) -> closing[sqlite3.Connection]:
    """To look into it, apart from the reading engine."""
    return closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True))


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

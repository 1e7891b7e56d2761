"""The faults of one import: the first thousand are kept to be shown, all are written to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from wbok.billing.imports import Fault
from wbok.errors import ImportFailed

SHOWN = 1000
NOTHING = "Nothing was imported."


class Faults:
    """`file` is the open file at `path`; `total` counts also what is not kept."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self._path = path
        self._file = file
        self._first: list[Fault] = []
        self.total = 0
        self._places: set[str] = set()

    def add(self, fault: Fault, *, relation: str) -> None:
        self.total += 1
        self._places.add(relation)
        self._file.write(f"{fault}\n")
        if len(self._first) < SHOWN:
            self._first.append(fault)

    def has(self, relation: str) -> bool:
        return relation in self._places

    def stop_if_any(self) -> None:
        """Raises ImportFailed that says them."""
        if not self.total:
            return
        self._file.flush()
        first = tuple(self._first)
        if self.total == 1:
            raise ImportFailed(f"{first[0]} {NOTHING}", faults=first)
        lines = [str(fault) for fault in first]
        these = f"the first {SHOWN:,} are above, all" if self.total > SHOWN else "they"
        lines.append(f"{self.total:,} faults; {these} stand in {self._path}. {NOTHING}")
        raise ImportFailed("\n".join(lines), faults=first)


@contextmanager
def noted_faults(path: Path) -> Iterator[Faults]:
    """Written anew by each import; not there after one without a fault."""
    path.unlink(missing_ok=True)
    with path.open("w", encoding="utf-8") as file:
        path.chmod(0o600)
        faults = Faults(path, file)
        try:
            yield faults
        finally:
            if not faults.total:
                path.unlink()

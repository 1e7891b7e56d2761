"""Taking in exported files: what an adapter that keeps its own copy of the billing offers to `wbok import`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = ["Fault", "ImportReport", "Importer", "Loaded", "Progress", "Step"]

MAX_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file.

    `row` counts as spreadsheets do: the header is row 1; `line` stands for it where no rows can be told. `column`
    is what the header calls it. `value` is None where there is none to show, or none that may be shown: a PIN.
    `reason` is what is said of them, without a full stop.
    """

    file: str
    reason: str
    row: int | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = self.file
        for name in ("row", "line", "column"):
            if getattr(self, name) is not None:
                place += f", {name} {getattr(self, name)}"
        if self.value is not None:
            place += f': "{_short(self.value)}"'
        return f"{place} {self.reason}."


@dataclass(frozen=True, slots=True)
class Loaded:
    """`before`: how many rows there are at present; None when there is nothing yet."""

    relation: str
    rows: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`generation` is the name of what is served from now on; None after a dry run."""

    loaded: tuple[Loaded, ...]
    generation: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far a file is read: `rows` so far, `done` of `size` bytes; the last step of a file is `finished`."""

    file: str
    rows: int
    done: int
    size: int
    finished: bool = False


class Progress(Protocol):
    """Is told every few thousand rows, and at the end of each file."""

    def __call__(self, step: Step) -> None: ...


class Importer(Protocol):
    def __call__(self, path: Path, *, dry_run: bool, allow_shrink: bool, progress: Progress) -> ImportReport:
        """Takes in the files under `path`: all of them, or nothing.

        `dry_run` checks everything and changes nothing that is served. `allow_shrink`: also when much less is there
        than before. Raises ImportFailed; what was served before is served on.
        """


def _short(value: str) -> str:
    """In one line, without control characters."""
    line = "".join(c if c.isprintable() else " " for c in value)
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 1] + "…"

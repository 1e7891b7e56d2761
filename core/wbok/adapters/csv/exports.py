"""The exported files in the folder that is imported: which there are, and whether they stay as they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wbok.adapters.csv.mapping import WHERE, FileMapping
from wbok.adapters.csv.text import TextFile
from wbok.errors import ImportFailed

Identity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Exports:
    """`files` by relation; `missing` are the names (or globs) that fit nothing."""

    files: dict[str, tuple[TextFile, ...]]
    missing: dict[str, tuple[str, ...]]
    identities: dict[Path, Identity | None]


def find_exports(folder: Path, mappings: Iterable[FileMapping]) -> Exports:
    """Raises ImportFailed when there is no such folder."""
    if not folder.is_dir():
        raise ImportFailed(
            f"{folder} is no folder; name the one with the exported files. Nothing was imported."
        )
    mappings = tuple(mappings)
    found = {name: _fitting(folder, name) for mapping in mappings for name in mapping.files}
    secrets = _secrets(mappings, found)
    files, missing = {}, {}
    for mapping in mappings:
        relation = mapping.relation.name
        paths = dict.fromkeys(path for name in mapping.files for path in found[name])
        files[relation] = tuple(
            TextFile(
                path,
                name=path.relative_to(folder).as_posix(),
                section=f"{WHERE}.{relation}",
                encoding=mapping.encoding,
                secrets=secrets.get(path, frozenset()),
            )
            for path in paths
        )
        missing[relation] = tuple(name for name in mapping.files if not found[name])
    identities = {text.path: _identity(text.path) for texts in files.values() for text in texts}
    return Exports(files, missing, identities)


def check_unchanged(folder: Path, mappings: Iterable[FileMapping], before: Exports) -> None:
    """Raises ImportFailed when a file was written, replaced, removed or added since they were found."""
    now = find_exports(folder, mappings).identities
    for path in [*before.identities, *now]:
        if before.identities.get(path) != now.get(path):
            raise ImportFailed(
                f"{path.relative_to(folder).as_posix()} changed while it was read. Nothing was imported; "
                "try again when the export has ended."
            )


def _fitting(folder: Path, name: str) -> list[Path]:
    """A name is taken as it is before it is taken for a glob."""
    plain = folder / name
    if plain.is_file() or not any(sign in name for sign in "*?["):
        return [plain] if plain.is_file() else []
    return sorted(path for path in folder.glob(name) if path.is_file())


def _secrets(mappings: Iterable[FileMapping], found: dict[str, list[Path]]) -> dict[Path, frozenset[str]]:
    """The headers of PINs by file, also for other relations that are read from the same file."""
    secrets: dict[Path, frozenset[str]] = {}
    for mapping in mappings:
        for path in (path for name in mapping.files for path in found[name]):
            secrets[path] = secrets.get(path, frozenset()) | mapping.secret_headers
    return secrets


def _identity(path: Path) -> Identity | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino

"""What `wbok new` writes: a distribution of an adapter or of a tab that is whole, and whose tests pass.

The templates lie beside: each file ends in `.in`, and marks like `@NAME@` in paths and texts are filled in.
"""

from __future__ import annotations

import io
import keyword
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from wbok.api_version import API_VERSION
from wbok.errors import ConfigError

__all__ = ["Kind", "write_distribution"]

Kind = Literal["adapter", "tab"]
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


def write_distribution(kind: Kind, name: str, *, into: Path, taken: Iterable[str]) -> Path:
    """The folder `wbok-<name>` in `into`. `taken` are names that cannot be used.

    Raises ConfigError rather than write over anything.
    """
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise ConfigError(
            f'new {kind}: found the name "{name}", expected small letters, digits and _, a letter first: weather.'
        )
    if name in set(taken):
        raise ConfigError(f'new {kind}: the name "{name}" is taken. Choose another one.')
    folder = into / f"wbok-{name}"
    if folder.exists():
        raise ConfigError(f"{folder} is already there; nothing was written.")
    for path, text in _rendered(kind, name):
        _write(folder / path, text)
    return folder


def _rendered(kind: Kind, name: str) -> Iterator[tuple[PurePosixPath, str]]:
    here = version("wbok").split(".")
    values = {
        "@NAME@": name,
        "@TITLE@": name.replace("_", " ").capitalize(),
        "@API@": API_VERSION,
        "@WBOK@": f"{here[0]}.{here[1]}",
        "@NEXT@": f"{here[0]}.{int(here[1]) + 1}",
    }
    for path, text in _templates(resources.files("wbok.scaffold") / kind, PurePosixPath()):
        yield PurePosixPath(_filled(str(path), values).removesuffix(".in")), _filled(text, values)


def _templates(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _templates(entry, at / entry.name)
        elif entry.name.endswith(".in"):
            yield at / entry.name, entry.read_text(encoding="utf-8")


def _filled(text: str, values: dict[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if path.suffix == ".po":
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(text.encode())))
        path.with_suffix(".mo").write_bytes(compiled.getvalue())

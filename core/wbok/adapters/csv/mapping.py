"""`[billing.files]`: which file holds which relation, and which of its columns become ours.

[billing.files.customers]
file = "klienci.csv"
encoding = "cp1250"
columns = { id = "Nr klienta", name = "Nazwa", since = { column = "Od", format = "%d/%m/%Y" } }
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from wbok.adapters.csv.cells import Cell, read_cell
from wbok.adapters.csv.values import converter
from wbok.adapters.rules import Refused
from wbok.adapters.sql.source import Source, is_table, known_relation, read_sources, refuse_unknown_columns
from wbok.errors import ConfigError
from wbok.relations import CANONICAL, Family, Relation, Rule

WHERE = "billing.files"
SETTINGS = ("file", "encoding", "delimiter", "columns", "types")
COMPUTED = "balance_after"


@dataclass(frozen=True, slots=True)
class FileMapping:
    """`files` are names or globs within the imported folder. `cells` are those columns of ours that there may be.

    `is_explicit`: the configuration names the headers, so each must be there; else they are our own names, and
    those that are not needed may be absent.
    """

    source: Source
    files: tuple[str, ...]
    encoding: str | None
    delimiter: str | None
    cells: Mapping[str, Cell]
    is_explicit: bool

    @property
    def relation(self) -> Relation:
        return self.source.relation

    @property
    def secret_headers(self) -> frozenset[str]:
        """Under which headers PINs stand."""
        return frozenset(
            header
            for name, cell in self.cells.items()
            if self.source.columns[name].rule is Rule.PIN
            for header in cell.headers
        )


def read_mappings(config: object) -> dict[str, FileMapping]:
    """`[billing.files]` → a mapping for each relation, in the canonical order. Raises ConfigError."""
    if not isinstance(config, Mapping):
        raise ConfigError(
            f'{WHERE} is missing: it names the file of each relation, like customers = "k.csv".'
        )
    entries = {name: _entry(f"{WHERE}.{name}", name, entry) for name, entry in config.items()}
    sources = read_sources(
        {name: _as_table(name, entry) for name, entry in entries.items()},
        where=WHERE,
        needed=("customers", "credentials"),
    )
    return {
        name: _mapping(f"{WHERE}.{name}", sources[name], entries[name])
        for name in CANONICAL
        if name in entries
    }


def _entry(where: str, name: str, entry: object) -> Mapping[str, Any]:
    relation = known_relation(where, name)
    if isinstance(entry, str):
        entry = {"file": entry}
    if not isinstance(entry, Mapping):
        raise ConfigError(f"{where}: write a file's name, or a table with {', '.join(SETTINGS)}.")
    for setting in entry:
        if setting not in SETTINGS:
            raise ConfigError(f"{where}: there is no setting {setting}. There are: {', '.join(SETTINGS)}.")
    if not is_table(entry.get("types", {}), of=str):
        raise ConfigError(f'{where}.types: write column = "type".')
    columns = {column.name: column for column in relation.columns}
    refuse_unknown_columns(f"{where}.types", relation, entry.get("types", {}))
    for column in entry.get("types", {}):
        if columns[column].family is not Family.KEY:
            raise ConfigError(
                f"{where}.types.{column}: only keys have a type here (int, text or uuid); amounts and days are "
                "read as people write them."
            )
    return entry


def _as_table(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The relation as the reading engine finds it in a generation: amounts are whole grosze there."""
    money = {
        column.name: "money:grosze"
        for column in CANONICAL[name].columns
        if column.family in (Family.MONEY, Family.SUMMABLE)
    }
    return {"table": name, "types": {**entry.get("types", {}), **money}}


def _mapping(where: str, source: Source, entry: Mapping[str, Any]) -> FileMapping:
    columns = entry.get("columns")
    return FileMapping(
        source,
        files=_files(f"{where}.file", entry.get("file")),
        encoding=_encoding(f"{where}.encoding", entry.get("encoding")),
        delimiter=_delimiter(f"{where}.delimiter", entry.get("delimiter")),
        cells=_own_names(source) if columns is None else _cells(f"{where}.columns", source, columns),
        is_explicit=columns is not None,
    )


def _files(where: str, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
        raise ConfigError(f'{where}: write the file\'s name, like "klienci.csv", or several in a list.')
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ConfigError(
                f"{where}: {name} leads out of the folder that is imported; name the file within it."
            )
    return tuple(names)


def _encoding(where: str, value: object) -> str | None:
    if value is None:
        return None
    try:
        "ą".encode(str(value), errors="replace")
        return codecs.lookup(str(value)).name
    except (LookupError, UnicodeError):
        raise ConfigError(
            f'{where}: {value} is no encoding that we know. Write "utf-8", "cp1250" or "iso-8859-2".'
        ) from None


def _delimiter(where: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != 1 or value in '"\r\n\0 ':
        raise ConfigError(f'{where}: write one character, like ";", "," or "\\t".')
    return value


def _own_names(source: Source) -> dict[str, Cell]:
    return {
        name: Cell(headers=(name,))
        for name, column in source.columns.items()
        if name != COMPUTED and column.family is not Family.BINARY
    }


def _cells(where: str, source: Source, columns: object) -> dict[str, Cell]:
    if not isinstance(columns, Mapping):
        raise ConfigError(f'{where}: write column = "header", like {{ id = "Nr klienta" }}.')
    refuse_unknown_columns(where, source.relation, columns)
    if COMPUTED in columns:
        raise ConfigError(f"{where}.{COMPUTED}: the import computes it; leave it out.")
    for name in columns:
        if source.columns[name].family is Family.BINARY:
            raise ConfigError(f"{where}.{name}: no file holds files; name its path, and billing.files_dir.")
    needed = [c.name for c in source.relation.columns if c.required and c.name not in columns]
    if needed:
        raise ConfigError(f"{where}: {source.relation.name} needs {', '.join(needed)} too.")
    cells = {
        name: read_cell(f"{where}.{name}", source, source.columns[name], columns[name])
        for name in source.columns
        if name in columns
    }
    for name, cell in cells.items():
        _check_constant(f"{where}.{name}", source, name, cell)
    return cells


def _check_constant(where: str, source: Source, name: str, cell: Cell) -> None:
    if cell.constant is None:
        return
    try:
        converter(source.columns[name], source.types[name], cell, currency="")(cell.constant)
    except Refused as refused:
        raise ConfigError(f'{where}.constant: "{cell.constant}" {refused}.') from None

"""How one column of ours comes from a file: from one column, from several, or from none."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wbok.adapters.sql.source import Source, is_table
from wbok.errors import ConfigError
from wbok.relations import CANONICAL, Column, Family, Rule

ORIGINS = ("column", "constant", "difference", "key")
CHANGES = ("values", "negate", "format")
AMOUNTS = (Family.MONEY, Family.SUMMABLE)
NUMBERS = (*AMOUNTS, Family.NUMBER)
WORDS = (Family.TEXT, Family.BOOL)
TIMES = (Family.WHEN, Family.INSTANT)
PROBE = date(2026, 11, 12)
REFERRED = frozenset(c.refers for relation in CANONICAL.values() for c in relation.columns if c.refers)


@dataclass(frozen=True, slots=True)
class Cell:
    """`headers`: one; two for a difference (first minus second); those of a key in order; none for a constant.

    `is_key`: the cells are joined, and what occurs again gets an ordinal, if `has_ordinal`.
    """

    headers: tuple[str, ...] = ()
    constant: str | None = None
    is_difference: bool = False
    is_key: bool = False
    has_ordinal: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    negate: bool = False
    format: str | None = None

    @property
    def label(self) -> str:
        """What to call it in a message."""
        return " + ".join(self.headers)


def read_cell(where: str, source: Source, column: Column, config: object) -> Cell:
    """One value of `columns`. `where` is the setting's name. Raises ConfigError."""
    if isinstance(config, str):
        config = {"column": config}
    if not isinstance(config, Mapping) or not set(config) <= {*ORIGINS, *CHANGES}:
        raise ConfigError(
            f"{where}: write a header, or a table with one of {', '.join(ORIGINS)}, and {', '.join(CHANGES)}."
        )
    origins = [name for name in ORIGINS if name in config]
    if len(origins) != 1:
        raise ConfigError(f"{where}: write one of {', '.join(ORIGINS)}.")
    origin = origins[0]
    _check_origin(where, source, column, origin)
    _check_changes(where, column, config)
    is_own_key = column.name == source.relation.key
    return Cell(
        headers=_headers(f"{where}.{origin}", origin, config[origin]),
        constant=_constant(where, config.get("constant")),
        is_difference=origin == "difference",
        is_key=origin == "key",
        has_ordinal=origin == "key" and is_own_key and source.relation.name not in REFERRED,
        values=config.get("values", {}),
        negate=config.get("negate", False),
        format=_format(f"{where}.format", config.get("format")),
    )


def _check_origin(where: str, source: Source, column: Column, origin: str) -> None:
    relation = source.relation
    if origin == "constant" and (
        column.name in (relation.key, relation.owner, relation.within)
        or column.refers == "customers"
        or column.rule is Rule.PIN
    ):
        raise ConfigError(f"{where}: it is different in every row and cannot be a constant.")
    if origin == "difference" and column.family not in AMOUNTS:
        raise ConfigError(f"{where}: only of amounts there is a difference.")
    if origin == "key" and (column.family is not Family.KEY or column.rule is Rule.LOGIN):
        raise ConfigError(f"{where}: key joins columns to a key, and {column.name} is none.")
    if origin == "key" and source.types[column.name].spec != "text":
        name = column.refers or relation.name
        key = CANONICAL[name].key
        raise ConfigError(
            f'{where}: a key made of several columns is a text; write types = {{ {key} = "text" }} at {name}.'
        )


def _check_changes(where: str, column: Column, config: Mapping[str, Any]) -> None:
    if "values" in config:
        if column.family not in WORDS or column.rule is Rule.PIN:
            raise ConfigError(f"{where}.values: values translates words; {column.name} holds none.")
        if not is_table(config["values"], of=str):
            raise ConfigError(f'{where}.values: write {{ "in the file" = "ours" }}.')
        for word in config["values"].values():
            if column.words and word and word not in column.words:
                raise ConfigError(f'{where}.values: "{word}" is none of: {", ".join(column.words)}.')
    if "negate" in config and (column.family not in NUMBERS or not isinstance(config["negate"], bool)):
        raise ConfigError(f"{where}.negate: write true, and only for amounts.")
    if "format" in config and column.family not in TIMES:
        raise ConfigError(f"{where}.format: only days and moments have a format.")


def _headers(where: str, origin: str, value: object) -> tuple[str, ...]:
    if origin == "constant":
        return ()
    names = [value] if origin == "column" else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise ConfigError(f"{where}: write {'a header' if origin == 'column' else 'headers in a list'}.")
    if origin == "difference" and len(names) != 2:
        raise ConfigError(f'{where}: write two headers, the first minus the second, like ["Ma", "Winien"].')
    if not names:
        raise ConfigError(f"{where}: write headers in a list.")
    return tuple(name.strip() for name in names)


def _constant(where: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    raise ConfigError(f"{where}.constant: write a text.")


def _format(where: str, value: object) -> str | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and time.strptime(f"{PROBE:{value}}", value)[:3] == PROBE.timetuple()[:3]:
            return value
    except ValueError:
        pass
    raise ConfigError(f'{where}: write how a day stands in the file, like "%d.%m.%Y".')

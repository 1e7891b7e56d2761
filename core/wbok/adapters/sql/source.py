"""Where a relation comes from in a provider's database: a table, a view or a SELECT, and its column types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import SelectBase, text

from wbok.errors import ConfigError
from wbok.relations import CANONICAL, Column, Family, NativeType, Relation, parse_type
from wbok.relations.types import family_types

PERIOD = ("since", "until")
PARAMETERS = ("customer_id", *PERIOD)
"""What a SELECT may use inside: whose rows, from which moment on, and before which one."""

NEEDED = {
    "customers": "without it nobody can log in",
    "credentials": "without it nobody can log in",
    "ledger": "without it there is no Finanse",
    "calls": "without it there is no Telefon",
    "notices": "without it the billing has nothing to notify of",
}


class LeaveOut(Exception):
    """Of a cell without which its row cannot be shown; the text says why, and names nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """`table` (may be "schema.table"), `select` or `query` (both may use PARAMETERS); exactly one of them.

    `section` is where the relations stand in the configuration, for messages. `readers`: what an adapter makes of a
    cell before its declared type reads it; one that raises LeaveOut leaves the row out.
    """

    relation: Relation
    columns: Mapping[str, Column]
    types: Mapping[str, NativeType]
    table: str | None = None
    select: str | None = None
    query: SelectBase | None = None
    parameters: frozenset[str] = frozenset()
    """Those of PARAMETERS that the select uses."""
    section: str = "billing.relations"
    configured: frozenset[str] = frozenset()
    """The relations that stand beside it; others may come from another system."""
    readers: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    undeclared: frozenset[str] = frozenset()
    """Columns whose type the configuration might say, and does not."""

    @property
    def where(self) -> str:
        """The setting that says where this relation comes from."""
        return f"{self.section}.{self.relation.name}"


def read_sources(config: Mapping[str, Any], *, where: str, needed: tuple[str, ...]) -> dict[str, Source]:
    """`[billing.relations]`, or whatever section `where` names → sources. Raises ConfigError.

    A value is a table's name, or `{table = …}` or `{select = …}`, with `types` and `values` by column. A column
    that holds another relation's key has that key's type; only the key itself is declared.
    """
    entries = {name: _entry(f"{where}.{name}", name, entry) for name, entry in config.items()}
    for name in needed:
        if name not in entries:
            raise ConfigError(f"{where}.{name} is missing: {NEEDED[name]}.")
    keys = {name: entry.get("types", {}).get(CANONICAL[name].key) for name, entry in entries.items()}
    return {name: _source(f"{where}.{name}", name, entry, keys) for name, entry in entries.items()}


def built_source(
    name: str,
    query: SelectBase,
    *,
    types: Mapping[str, str | tuple[str, Mapping[str, str]]],
    readers: Mapping[str, Callable[[Any], Any]] | None = None,
    where: str,
) -> Source:
    """A relation that an adapter builds itself. `types` by column: a type, or a type and its `values`.

    What is not named has the type that the relation gives. Raises ConfigError.
    """
    relation = CANONICAL[name]
    kinds = {column.name: column.type for column in relation.columns} | dict(types)
    pairs = {c: (kind, {}) if isinstance(kind, str) else kind for c, kind in kinds.items()}
    return Source(
        relation,
        columns={column.name: column for column in relation.columns},
        types={c: parse_type(spec, values=values) for c, (spec, values) in pairs.items()},
        query=query,
        # Not `params`, which would ask each of them for its value, and so the database at the start.
        parameters=frozenset(query.compile().binds).intersection(PARAMETERS),
        section=where,
        readers=readers or {},
    )


def _source(where: str, name: str, entry: Mapping[str, Any], keys: Mapping[str, str | None]) -> Source:
    relation = CANONICAL[name]
    select, parameters = _select(where, relation, entry)
    return Source(
        relation,
        columns={column.name: column for column in relation.columns},
        types=_types(where, relation, entry, keys),
        undeclared=frozenset(column.name for column in relation.columns).difference(entry.get("types", {})),
        table=entry.get("table"),
        select=select,
        parameters=parameters,
        section=where.rpartition(".")[0],
        configured=frozenset(keys),
    )


def _select(where: str, relation: Relation, entry: Mapping[str, Any]) -> tuple[str | None, frozenset[str]]:
    """The select, as it goes into ours, and the parameters that it uses."""
    if "select" not in entry:
        return None, frozenset()
    select = entry["select"].strip().rstrip(";")
    used = frozenset(text(select).compile().params)
    for name in sorted(used.difference(PARAMETERS)):
        raise ConfigError(
            f"{where}.select: it uses :{name}, which we do not know. It may use :{', :'.join(PARAMETERS)}; "
            "write a colon that is none of these as \\:."
        )
    if relation.owner is None and "customer_id" in used:
        raise ConfigError(
            f"{where}.select: it cannot use :customer_id, since {relation.name} belong to nobody."
        )
    if relation.sort is None and used.intersection(PERIOD):
        raise ConfigError(
            f"{where}.select: {relation.name} has no order in time, so there is no :since and :until."
        )
    return select, used


def known_relation(where: str, name: str) -> Relation:
    """Raises ConfigError that lists the relations."""
    if name not in CANONICAL:
        raise ConfigError(f"{where}: there is no such relation. There are: {', '.join(CANONICAL)}.")
    return CANONICAL[name]


def refuse_unknown_columns(where: str, relation: Relation, names: Iterable[str]) -> None:
    """Raises ConfigError that lists the relation's columns."""
    known = [column.name for column in relation.columns]
    for name in names:
        if name not in known:
            raise ConfigError(f"{where}: {relation.name} has no column {name}. It has: {', '.join(known)}.")


def _entry(where: str, name: str, entry: object) -> Mapping[str, Any]:
    known_relation(where, name)
    if isinstance(entry, str):
        entry = {"table": entry}
    if not isinstance(entry, Mapping) or not set(entry) <= {"table", "select", "types", "values"}:
        raise ConfigError(f"{where}: write a table's name, or table or select, with types and values.")
    if ("select" in entry) == ("table" in entry):
        raise ConfigError(f"{where}: write either table or select.")
    if not isinstance(entry.get("select", entry.get("table")), str):
        raise ConfigError(f"{where}: table and select are texts.")
    if not entry.get("select", entry.get("table")).strip():
        raise ConfigError(f"{where}: it is empty; leave it out if the billing does not have it.")
    if not is_table(entry.get("types", {}), of=str):
        raise ConfigError(f'{where}.types: write column = "type".')
    if not is_table(entry.get("values", {}), of=Mapping):
        raise ConfigError(f'{where}.values: write column = {{ "in the database" = "ours" }}.')
    return entry


def is_table(value: object, *, of: type) -> bool:
    """Whether it is a table of TOML whose values are all of that type."""
    return isinstance(value, Mapping) and all(isinstance(part, of) for part in value.values())


def _types(
    where: str, relation: Relation, entry: Mapping[str, Any], keys: Mapping[str, str | None]
) -> dict[str, NativeType]:
    declared, values = entry.get("types", {}), entry.get("values", {})
    refuse_unknown_columns(where, relation, [*declared, *values])
    types = {}
    for column in relation.columns:
        inherited_from = column.refers if column.refers in keys else None
        inherited = keys[inherited_from] if inherited_from else None
        spec = declared.get(column.name) or inherited or column.type
        try:
            types[column.name] = parse_type(spec, values=values.get(column.name))
        except ConfigError as error:
            raise ConfigError(f"{where}.types.{column.name}: {error}") from None
        if types[column.name].spec not in family_types(column.family):
            allowed = ", ".join(family_types(column.family))
            raise ConfigError(f"{where}.types.{column.name}: it cannot be {spec}. It can be: {allowed}.")
        if column.family is Family.KEY and (
            values.get(column.name) or _empties_key(column, types[column.name])
        ):
            raise ConfigError(
                f"{where}.{column.name}: a key is taken as it is; leave out values and zero_is_none. "
                "If the database needs them, write a select."
            )
        if inherited_from and types[column.name].spec != (inherited or column.type).split()[0]:
            raise ConfigError(
                f"{where}.types.{column.name}: it holds a key of {column.refers} and must have the same type. "
                "If the database has another one, cast it in a select."
            )
    return types


def _empties_key(column: Column, kind: NativeType) -> bool:
    """0 may stand for "none" where there need not be any, never for whose row it is."""
    return column.required and kind.zero_is_none

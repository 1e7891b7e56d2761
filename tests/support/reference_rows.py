"""What an integrator can name: hooks, Protocols, settings, relations and commands, each with its exact signature.

A table's rows are by name; of each row all cells but the last are exact, and the last is words, for which the
source has a first draft. A table of settings has no words: they stand beside each setting in config/wbok.toml.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import partial
from typing import Any

import click
from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from wbok import api, hookspecs
from wbok.adapters import csv, lms, sql
from wbok.billing import AdapterContext, Billing
from wbok.cli.commands import wbok
from wbok.plugins import load_plugins
from wbok.relations import CANONICAL
from wbok.settings import Settings, Words
from wbok.testing import adapter_context, memory_billing
from wbok_helpdesk.fields import LAYOUTS

Rows = Mapping[str, tuple[str, ...]]
"""By name; each with its exact cells, and a draft of the words where there are any."""

PROTOCOLS = {name: kind for name, kind in vars(api).items() if getattr(kind, "_is_protocol", False)}
"""All that an adapter writes or is given."""
CORE = [name for name in Settings.model_fields if name not in {"billing", "tabs"}]
TABLE = "table, see below"
OURS = {"info", "finance", "phone", "notifications", "helpdesk"}
ADAPTERS: Mapping[str, Any] = {"sql": sql, "csv": csv, "lms": lms}


def hooks() -> Rows:
    found = {name: hook for name, hook in vars(hookspecs).items() if name.startswith("wbok_")}
    return {name: (_code(_signature(name, hook)), _draft(hook)) for name, hook in found.items()}


def protocol(name: str) -> Rows:
    rows = {}
    for member, value in vars(PROTOCOLS[name]).items():
        if isinstance(value, property):
            rows[member] = (_code(_signature(member, value.fget, is_property=True)), _draft(value))
        elif inspect.isfunction(value) and (not member.startswith("_") or member == "__call__"):
            rows[member] = (_code(_signature(member, value)), _draft(value))
    return rows


def fields(kind: type) -> Rows:
    found = {field.name: field for field in dataclasses.fields(kind)}
    return {name: (_code(f"{name}: {field.type}"), "") for name, field in found.items()}


def relation(name: str) -> Rows:
    rows = {}
    for column in CANONICAL[name].columns:
        words = f" (one of: {', '.join(column.words)})" if column.words else ""
        refers = f"; a key of `{column.refers}`" if column.refers else ""
        rows[column.name] = (
            _code(column.name), column.type, "yes" if column.required else "", f"{column.meaning}{words}{refers}"
        )  # fmt: skip
    return rows


def settings(section: str) -> Rows:
    model = _model(section)
    return {name: (_code(name), _value(field), _default(field)) for name, field in model.model_fields.items()}


def left_out() -> Rows:
    """What `without` of a category can name."""
    return {
        kind: (
            _code(kind),
            ", ".join(_code(one.name) for one in layout.fields if not one.is_required) or "nothing",
        )
        for kind, layout in LAYOUTS.items()
    }


def adapter_settings(name: str) -> Rows:
    return {setting: (_code(setting), "") for setting in sorted(ADAPTERS[name].SETTINGS)}


def commands() -> Rows:
    return {name: (_code(usage), words) for name, usage, words in _commands(wbok, "wbok")} | {
        name: (_code(usage), words)
        for group in _groups_of_tabs()
        for name, usage, words in _commands(group[1], f"wbok {group[0]}")
    }


def _signature(name: str, function: Any, *, is_property: bool = False) -> str:
    """As it stands in the source."""
    found = inspect.signature(function)
    given = [p for p in found.parameters.values() if p.name != "self"]
    text = str(found.replace(parameters=given)).replace("'", "")
    return f"{name}{text.removeprefix('()')}" if is_property else f"{name}{text}"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


def _draft(documented: Any) -> str:
    return " ".join(inspect.cleandoc(documented.__doc__ or "").partition("\n\n")[0].split())


def _model(section: str) -> type[BaseModel]:
    first, *rest = section.split(".")
    if first != "tabs":
        return _inner(Settings.model_fields[first])
    model = _tab_models()[rest[0]]
    for name in rest[1:]:
        model = _inner(model.model_fields[name])
    return model


def _tab_models() -> Mapping[str, type[BaseModel]]:
    plugins = load_plugins(sorted(OURS), billing=memory_billing(), settings={})
    return {tab.name: type(tab.settings) for tab in plugins.tabs}


def _inner(field: FieldInfo) -> type[BaseModel]:
    kind: Any = field.annotation
    found: type[BaseModel] = typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else kind
    return found


def _value(field: FieldInfo) -> str:
    limits = [_limit(one) for one in field.metadata]
    return ", ".join(filter(None, [_kind(field.annotation), *limits]))


def _kind(kind: Any) -> str:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _kind(arguments[0])
    if origin is typing.Literal:
        return " or ".join(_code(f'"{word}"') for word in arguments)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_kind(one) for one in arguments if one is not types.NoneType)
    if origin is tuple:
        return f"list of: {_kind(arguments[0])}"
    if kind is Words:
        return 'words: `{ pl = "…", en = "…" }`'
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(_code(f'"{word.value}"') for word in kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return TABLE
    return {"str": "text", "int": "whole number", "bool": "true or false"}.get(kind.__name__, "text")


def _limit(limit: object) -> str:
    match limit:
        case Ge(ge=least):
            return f"at least {least}"
        case Gt(gt=least):
            return f"more than {least}"
        case Le(le=most):
            return f"at most {most}"
        case Lt(lt=most):
            return f"less than {most}"
        case MinLen(min_length=least) if least > 1:
            return f"at least {least} characters"
    return ""


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "must be set"
    if field.default is None:
        return "not set"
    value = field.default.model_dump() if isinstance(field.default, BaseModel) else field.default
    if isinstance(value, dict) or (isinstance(value, tuple) and value and isinstance(value[0], BaseModel)):
        return "see `wbok.toml`"
    return _code(_toml(value))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, int) else f'"{value}"'


def _groups_of_tabs() -> Iterator[tuple[str, click.Group]]:
    plugins = load_plugins(sorted(OURS), billing=memory_billing(), settings={})
    for tab in plugins.tabs:
        group = tab.call("wbok_commands")
        if isinstance(group, click.Group):
            yield tab.name, group
    yield "lms", lms.commands({"url": "postgresql://u@h/lms"}, adapter_context())


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, str, str]]:
    for name, command in sorted(group.commands.items()):
        here = f"{path} {name}"
        if isinstance(command, click.Group):
            yield from _commands(command, here)
        else:
            yield here, f"{here}{_parameters(command)}", command.get_short_help_str(limit=200)


def _parameters(command: click.Command) -> str:
    text = ""
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            choices = getattr(parameter.type, "choices", None)
            one = f"{{{'|'.join(map(str, choices))}}}" if choices else str(parameter.name).upper()
        else:
            value = "" if getattr(parameter, "is_flag", False) else f" {_metavar(parameter)}"
            one = f"{parameter.opts[0]}{value}"
        many = "…" if parameter.multiple or parameter.nargs == -1 else ""
        text += f" {one}{many}" if parameter.required else f" [{one}]{many}"
    return text


def _metavar(parameter: click.Parameter) -> str:
    if parameter.metavar:
        return parameter.metavar
    if isinstance(parameter.type, click.Choice):
        return "|".join(map(str, parameter.type.choices))
    return "NUMBER" if isinstance(parameter.type, click.IntRange) else parameter.type.name.upper()


def _tables_of_tabs() -> Iterator[str]:
    """Each section, and each list of tables in it."""
    for tab, model in sorted(_tab_models().items()):
        yield f"tabs.{tab}"
        for name, field in model.model_fields.items():
            if _kind(field.annotation).endswith(TABLE):
                yield f"tabs.{tab}.{name}"


TABLES: Mapping[str, Callable[[], Rows]] = {
    "hooks": hooks,
    "commands": commands,
    "Billing": partial(fields, Billing),
    "AdapterContext": partial(fields, AdapterContext),
    **{name: partial(protocol, name) for name in PROTOCOLS},
    **{f"relation {name}": partial(relation, name) for name in CANONICAL},
    **{f"settings {name}": partial(settings, name) for name in CORE},
    **{f"settings {name}": partial(settings, name) for name in _tables_of_tabs()},
    "settings tabs.helpdesk.categories.without": left_out,
    **{f"settings of {name}": partial(adapter_settings, name) for name in ADAPTERS},
}

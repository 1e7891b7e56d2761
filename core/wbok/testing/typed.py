"""Whether an answer is of the types that the contract promises, down to the last field."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from wbok.billing import LoginKind

HINTS: dict[type, str] = {
    Decimal: "Amounts are Decimal, made of text or of whole grosze; binary floating point loses grosze.",
    tuple: "Give a tuple: a list could be changed by whoever gets it.",
    str: "Ids are text, whatever they are in the database: str(key).",
    date: "A day has no time; convert the moment to the provider's zone and take .date() of it.",
    datetime: "A moment says its zone: what the provider's clock wrote gets .replace(tzinfo=context.zone).",
    frozenset: "Give a frozenset of names.",
}


def faults(value: Any, expected: Any, *, where: str) -> Iterator[str]:
    """What is wrong, one sentence each: place, found, expected, what to do."""
    origin = typing.get_origin(expected)
    if origin in (types.UnionType, typing.Union):
        yield from _none_or(value, expected, where)
    elif origin in (tuple, frozenset):
        yield from _each(value, origin, typing.get_args(expected)[0], where)
    elif origin is Iterator:
        if not isinstance(value, Iterator):
            yield _sentence(value, Iterator, where)
    elif dataclasses.is_dataclass(origin or expected):
        yield from _fields(value, origin or expected, typing.get_args(expected), where)
    elif expected is LoginKind:
        if not callable(value):
            yield f"{where}: found {_shown(value)}, expected a function that reads what customers type."
    elif not _is(value, expected):
        yield _sentence(value, expected, where)


def _none_or(value: Any, expected: Any, where: str) -> Iterator[str]:
    if value is None:
        return
    named = [kind for kind in typing.get_args(expected) if kind is not type(None)]
    fitting = [kind for kind in named if isinstance(kind, type) and isinstance(value, kind)]
    yield from faults(value, (fitting or named)[0], where=where)


def _each(value: Any, container: Any, kind: Any, where: str) -> Iterator[str]:
    if not isinstance(value, container):
        yield _sentence(value, container, where)
        return
    for place, part in enumerate(value):
        yield from faults(part, kind, where=f"{where}[{place}]")


def _fields(value: Any, expected: Any, arguments: tuple[Any, ...], where: str) -> Iterator[str]:
    if not isinstance(value, expected):
        hint = " Who or what is not there is NotFound: raise it." if value is None else ""
        yield f"{where}: found {_shown(value)}, expected a {expected.__name__} of wbok.api.{hint}"
        return
    for name, kind in _hints(expected).items():
        if arguments and typing.get_origin(kind) is tuple:
            kind = tuple[arguments[0], ...]  # type: ignore[misc, valid-type, unused-ignore]
        yield from faults(getattr(value, name), kind, where=f"{where}.{name}")


@cache
def _hints(expected: type) -> dict[str, Any]:
    return typing.get_type_hints(expected)


def _is(value: Any, expected: Any) -> bool:
    if expected is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    if expected is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if expected is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if expected is Decimal:
        return isinstance(value, Decimal) and value.is_finite()
    return isinstance(value, expected)


def _sentence(value: Any, expected: type, where: str) -> str:
    is_word = isinstance(expected, type) and issubclass(expected, Enum)
    hint = f"Use wbok.api.{expected.__name__}." if is_word else HINTS.get(expected, "")
    return f"{where}: found {_shown(value)}, expected {_named(expected)}. {hint}".rstrip()


def _shown(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:
        return f"a naive datetime ({value!r})"
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} ({value!r:.80})"


def _named(expected: type) -> str:
    return {datetime: "an aware datetime", date: "a date", int: "an int"}.get(
        expected, f"a {expected.__name__}"
    )

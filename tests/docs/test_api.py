"""What is public is used: by our tabs, by the example, by what `wbok new` writes, or by the documents."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support.reference import RECORD, public_names

from wbok import api

ROOT = Path(__file__).parent.parent.parent
PUBLIC = {name: value for name, value in vars(api).items() if not name.startswith("__")}
DOCUMENTS = ("core/wbok/adapters/README.md", "plugins/README.md")


def sources() -> Iterator[str]:
    for folder in ("plugins", "tests/thirdparty"):
        yield from (path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.py"))
    for path in (ROOT / "core/wbok/scaffold").rglob("*.py.in"):
        yield path.read_text(encoding="utf-8").replace("@NAME@", "name")
    for document in DOCUMENTS:
        text = (ROOT / document).read_text(encoding="utf-8")
        yield from re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def imported() -> set[str]:
    """The names of wbok.api that somebody imports."""
    return {
        name.name
        for source in sources()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "wbok.api"
        for name in node.names
    }


def told_by(value: Any) -> Iterator[str]:
    """The names in the signatures of a class: fields, methods, bases; or of what is one of several (`Entry`)."""
    if typing.get_args(value):
        yield from re.findall(r"\w+", str(value))
    for name, member in [*vars(value).items(), ("", value)] if inspect.isclass(value) else [("", value)]:
        if name.startswith("_") and name not in ("__call__", "__init__"):
            continue
        function = member.fget if isinstance(member, property) else member
        for annotation in getattr(function, "__annotations__", {}).values():
            yield from re.findall(r"\w+", str(annotation))
    if inspect.isclass(value):
        yield from (base.__name__ for base in value.__mro__[1:])
        if dataclasses.is_dataclass(value):
            yield from (
                word for field in dataclasses.fields(value) for word in re.findall(r"\w+", str(field.type))
            )


def reached(names: set[str]) -> set[str]:
    """With all that their signatures name."""
    found, new = set[str](), names
    while new:
        found |= new
        new = ({word for name in new for word in told_by(PUBLIC[name])} & PUBLIC.keys()) - found
    return found


def test_nothing_public_is_unused() -> None:
    assert PUBLIC.keys() - reached(imported() & PUBLIC.keys()) == set()


def test_a_name_that_nobody_uses_would_be_seen() -> None:
    assert "Importer" not in imported()
    assert "Importer" in reached({"Billing"})
    assert "Billing" not in reached({"Money"})
    assert "Post" in reached({"Entry"})


def test_what_is_public_stays() -> None:
    """A name of wbok.api or wbok.testing that goes needs a new first number of API_VERSION, and a new record."""
    recorded = set(RECORD.read_text(encoding="utf-8").split())
    assert recorded - public_names() == set(), "these were public in version 1 of wbok.api"
    assert public_names() - recorded == set(), "these are new: run make reference"

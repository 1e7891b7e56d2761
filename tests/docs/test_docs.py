"""The documents are true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from support.billing import CONTEXT
from support.reference import DOCUMENTS

from wbok.adapters import csv
from wbok.adapters.csv import cells, mapping
from wbok.adapters.lms.settings import DEFAULTS
from wbok.cli.commands import wbok
from wbok.relations import CANONICAL
from wbok.relations.types import READERS
from wbok.settings import Settings
from wbok_phone.settings import PhoneSettings

ROOT = Path(__file__).parent.parent.parent
CONFIG = (ROOT / "config/wbok.toml").read_text()


def settings_of(model: type[BaseModel], section: str) -> list[tuple[str, str, object]]:
    found: list[tuple[str, str, object]] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if not section and isinstance(kind, type) and issubclass(kind, BaseModel):
            found += settings_of(kind, name)
        elif section:
            found.append((section, name, field.default))
    return found


@pytest.mark.parametrize(
    ("section", "name", "default"), settings_of(Settings, "") + settings_of(PhoneSettings, "tabs.phone")
)
def test_every_setting_stands_in_the_example_with_its_default_and_a_comment(
    section: str, name: str, default: object
) -> None:
    part = CONFIG.split(f"\n[{section}]\n")[1].split("\n[")[0]
    line = re.search(rf"^(# )?{name}(_file)? = .*$", part, re.MULTILINE)
    assert line, f"config/wbok.toml has no {section}.{name}"
    assert line.group(0).lstrip("# ").count("#") >= 1, f"{section}.{name} has no comment"
    if default is PydanticUndefined or default is None:
        return
    written = tomllib.loads(line.group(0))[name]
    expected = default.model_dump() if isinstance(default, BaseModel) else default
    assert written == (list(expected) if isinstance(expected, tuple) else expected)


def test_the_example_names_every_relation() -> None:
    assert list(tomllib.loads(CONFIG)["billing"]["relations"]) == list(CANONICAL)


@pytest.mark.parametrize("name", sorted(wbok.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"wbok (--config \S+ )?{name}\b", (ROOT / "README.md").read_text())


@pytest.mark.parametrize("name", DEFAULTS)
def test_every_setting_of_lms_that_counts_is_documented(name: str) -> None:
    text = (ROOT / "core/wbok/adapters/README.md").read_text()
    assert re.search(rf"`([a-z_]+\.)?{name.partition('.')[2]}`", text)


def test_every_type_is_documented() -> None:
    text = (ROOT / "core/wbok/adapters/README.md").read_text()
    for name in READERS:
        assert f"`{name}`" in text


def test_the_example_of_exported_files_is_a_configuration_that_works() -> None:
    example = next(block for block in blocks("core/wbok/adapters/README.md") if 'adapter = "csv"' in block)
    config = tomllib.loads(example)["billing"]
    assert config.pop("adapter") == "csv"
    assert csv.connect(config, CONTEXT).finance is not None


@pytest.mark.parametrize("name", [*csv.SETTINGS, *mapping.SETTINGS, *cells.ORIGINS, *cells.CHANGES])
def test_every_setting_of_exported_files_is_documented(name: str) -> None:
    text = (ROOT / "core/wbok/adapters/README.md").read_text()
    part = text.split("## Exported files")[1].split("## The relations")[0]
    assert re.search(rf"`{name}`|^{name} = |\[billing\.{name}[\].]", part, re.MULTILINE), name


def blocks(document: str) -> list[str]:
    """The examples in TOML."""
    return re.findall(r"^```toml\n(.*?)^```", (ROOT / document).read_text(), re.MULTILINE | re.DOTALL)


def test_links_between_our_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / name for name in DOCUMENTS)]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), (document.name, target)

"""The house is in order: who imports whom, what is packaged, how long files are, that texts are translated."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
TABS = ("info", "finance", "notifications", "phone", "helpdesk")
TEXTS = [
    ROOT / "core/wbok/web",
    ROOT / "core/wbok/documents",
    ROOT / "core/wbok/mail",
    *(ROOT / f"plugins/{tab}/wbok_{tab}" for tab in TABS),
    ROOT / "tests/thirdparty/wbok_usage",
]
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def sources() -> Iterator[Path]:
    for folder in ("core", "plugins", "config", "tests", "bench"):
        yield from (p for p in (ROOT / folder).rglob("*.py") if "build" not in p.parts)


def test_nobody_imports_what_he_must_not() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert "0 broken" in run.stdout


def test_the_import_rules_cover_every_package_of_ours() -> None:
    rules = (ROOT / ".importlinter").read_text()
    for entry in entry_points(group="wbok.plugins"):
        if entry.dist is not None and entry.dist.name == "wbok":
            assert rules.count(entry.value) >= 4
    for part in (ROOT / "core/wbok").iterdir():
        if part.is_dir() and (part / "__init__.py").exists() and part.name != "domain":
            assert f"wbok.{part.name}\n" in rules, part.name


def test_the_list_of_packages_is_the_tree() -> None:
    options = setup_cfg()["options"]
    folders = dict(line.split(" = ") for line in options["package_dir"].strip().splitlines())
    found = {"wbok_config"}
    for package, folder in folders.items():
        if package != "wbok_config":
            for init in (ROOT / folder).rglob("__init__.py"):
                found.add(".".join([package, *init.parent.relative_to(ROOT / folder).parts]))
    assert found == set(options["packages"].split())


@pytest.mark.parametrize("path", sorted(sources()), ids=lambda p: str(p.relative_to(ROOT)))
def test_files_are_short_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 350
    assert text.startswith('"""')


def test_no_name_says_nothing() -> None:
    empty = {"utils", "helpers", "manager", "base", "common"}
    assert not [p for p in sources() if empty & set(p.relative_to(ROOT).with_suffix("").parts)]


@pytest.mark.parametrize("folder", TEXTS, ids=lambda p: p.name)
def test_every_text_is_in_polish_and_compiled(folder: Path) -> None:
    texts = {_id(message) for _, _, message, _, _ in extract_from_dir(folder, METHODS)}
    po, mo = (folder / f"translations/pl/LC_MESSAGES/messages.{kind}" for kind in ("po", "mo"))
    with po.open("rb") as file:
        catalog = read_po(file, locale="pl")
    with mo.open("rb") as file:
        compiled = {_id(m.id): m.string for m in read_mo(file) if m.id}
    translated = {_id(m.id): m.string for m in catalog if m.id}
    assert set(translated) == texts
    for message in catalog:
        if message.id:
            forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
            assert all(forms), message.id
            assert not message.fuzzy
            assert tuple(forms) == _forms(compiled[_id(message.id)])


def test_the_same_text_reads_the_same_in_every_tab() -> None:
    polish: dict[str, object] = {}
    for folder in TEXTS:
        with (folder / "translations/pl/LC_MESSAGES/messages.po").open("rb") as file:
            for message in read_po(file, locale="pl"):
                if message.id:
                    known = polish.setdefault(_id(message.id), message.string)
                    assert known == message.string, message.id


def test_vendored_files_say_where_they_come_from() -> None:
    static = ROOT / "core/wbok/web/static"
    assert "v2.1.1" in (static / "pico.min.css").read_text()[:300]
    assert "Lucide 1.62.0" in (static / "icons.svg").read_text()[:300]
    assert (static / "pico.LICENSE.md").exists()
    assert (static / "icons.LICENSE").exists()


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "core/wbok/web/static/icons.svg").read_text()))
    for template in ROOT.rglob("templates/**/*.html"):
        for name in re.findall(r'(?:icon|empty)\("([a-z-]+)"', template.read_text()):
            assert name in symbols, (template, name)


def _id(message: object) -> str:
    return str(message[0]) if isinstance(message, (tuple, list)) else str(message)


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (list, tuple)) else (str(string),)

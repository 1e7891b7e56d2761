"""The tab of the document works as it stands there: module, template, entry point, test."""

from __future__ import annotations

import configparser
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest
from docs.test_three_ways import assert_steps
from support.blocks import PLUGINS, block

from wbok import plugins


@pytest.fixture
def weather(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EntryPoint:
    """The package, installed as its setup.cfg says."""
    package = tmp_path / "wbok_weather"
    (package / "templates/weather").mkdir(parents=True)
    (package / "__init__.py").write_text(block(PLUGINS, "python", "Blueprint"), encoding="utf-8")
    template = block(PLUGINS, "html", "wbok/layout.html")
    (package / "templates/weather/index.html").write_text(template, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "wbok_weather", raising=False)
    parser = configparser.ConfigParser()
    parser.read_string(block(PLUGINS, "ini", "wbok.plugins"))
    name, _, value = parser["options.entry_points"]["wbok.plugins"].strip().partition(" = ")
    entry = EntryPoint(name, value, plugins.GROUP)
    found = [*entry_points(group=plugins.GROUP), entry]
    monkeypatch.setattr(plugins, "entry_points", lambda *, group: found)
    return entry


def test_the_test_of_the_document_passes(weather: EntryPoint, tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(compile(block(PLUGINS, "python", "open_panel"), "tests/test_weather.py", "exec"), names)
    folder = tmp_path / "panel"
    folder.mkdir()
    names["test_the_page_is_there"](folder)


def test_the_steps_of_a_new_tab_are_those_that_the_command_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_steps(block(PLUGINS, "sh", "wbok new tab"), tmp_path, monkeypatch)

"""The made-up provider's configuration, its panel, and the commands on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wbok.cli.commands import wbok
from wbok.cli.demo import write_demo
from wbok.panel import Panel, build_panel
from wbok.settings import load_settings


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_demo(tmp_path, port=8000)


@pytest.fixture
def panel(config: Path) -> Panel:
    return build_panel(load_settings(config))


@pytest.fixture
def command(config: Path) -> Callable[..., Result]:
    """`wbok` with these arguments, and what is `typed` into it."""

    def invoke(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(wbok, ["--config", str(config), *arguments], input=typed)

    return invoke

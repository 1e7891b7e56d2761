"""A tab's own commands, from a package of somebody else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.server import WBOK

from wbok.cli.demo import write_demo

TAB = """
import click
from flask import Blueprint
from wbok.api import Panel, hookimpl, operator, pass_panel

blueprint = Blueprint("weather", __name__)

@hookimpl
def wbok_blueprint():
    return blueprint

@click.group()
def weather():
    "The weather at the provider's."

@weather.command()
@click.argument("place")
@pass_panel
def show(panel: Panel, place: str) -> None:
    click.echo(f"{panel.settings.panel.name}: sunny in {place}, says {operator()}")

@hookimpl
def wbok_commands():
    return weather
"""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Where a package is installed that brings the tab."""
    folder = tmp_path / "packages"
    about = folder / "weather-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "stranger_weather.py").write_text(TAB)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: weather\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[wbok.plugins]\nweather = stranger_weather\n")
    return folder


def wbok(packages: Path, config: Path, *arguments: str, tabs: str) -> subprocess.CompletedProcess[str]:
    more = {"PYTHONPATH": str(packages), "WBOK_PANEL__TABS": tabs, "SUDO_USER": "ala"}
    return subprocess.run(
        [str(WBOK), "--config", str(config), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **more},
    )


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("demo"), port=8000)


def test_a_tab_that_is_on_brings_its_commands(packages: Path, config: Path) -> None:
    done = wbok(packages, config, "weather", "show", "Jasnowice", tabs='["info", "weather"]')
    assert (done.returncode, done.stdout) == (0, "Światłonet: sunny in Jasnowice, says ala\n")
    assert "The weather at the provider's." in wbok(packages, config, "--help", tabs='["weather"]').stdout


def test_a_tab_that_is_off_has_no_commands(packages: Path, config: Path) -> None:
    done = wbok(packages, config, "weather", "show", "Jasnowice", tabs='["info"]')
    assert done.returncode == 2
    assert "No such command 'weather'" in done.stderr

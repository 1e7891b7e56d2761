"""An adapter's own commands, from a package of somebody else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.server import WBOK

from wbok.cli.demo import write_demo

ADAPTER = """
import click
from wbok.api import AdapterContext, Billing, ConfigError

def connect(config, context: AdapterContext) -> Billing:
    raise ConfigError("this billing is never connected")

def commands(config, context: AdapterContext):
    @click.group()
    def clouds():
        "The billing in the clouds."

    @clouds.command()
    def where() -> None:
        click.echo(f"{context.section}: {config['address']}")

    return clouds
"""
NO_GROUP = ADAPTER.replace("return clouds", "return 7")


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Where a package is installed that brings the adapter."""
    folder = tmp_path / "packages"
    about = folder / "clouds-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "stranger_clouds.py").write_text(ADAPTER)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: clouds\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[wbok.adapters]\nclouds = stranger_clouds:connect\n")
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Of a panel whose calls come from that adapter."""
    (tmp_path / "demo").mkdir()
    path = write_demo(tmp_path / "demo", port=8000)
    path.write_text(path.read_text() + '\n[billing.phone]\nadapter = "clouds"\naddress = "up there"\n')
    return path


def wbok(packages: Path, config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(WBOK), "--config", str(config), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(packages)},
    )


def test_an_adapter_in_use_brings_its_commands(packages: Path, config: Path) -> None:
    done = wbok(packages, config, "clouds", "where")
    assert (done.returncode, done.stdout) == (0, "billing.phone: up there\n")


def test_an_adapter_that_is_not_in_use_has_no_commands(packages: Path, config: Path) -> None:
    config.write_text(config.read_text().partition("\n[billing.phone]")[0])
    done = wbok(packages, config, "clouds", "where")
    assert done.returncode == 2
    assert "No such command 'clouds'" in done.stderr


def test_the_commands_are_listed(packages: Path, config: Path) -> None:
    (packages / "stranger_clouds.py").write_text(
        ADAPTER.replace(
            'raise ConfigError("this billing is never connected")',
            "return Billing(customers=None, phone=object())",
        )
    )
    assert "The billing in the clouds." in wbok(packages, config, "--help").stdout


def test_what_is_no_group_is_said(packages: Path, config: Path) -> None:
    (packages / "stranger_clouds.py").write_text(NO_GROUP)
    done = wbok(packages, config, "clouds", "where")
    assert (done.returncode, done.stderr) == (
        1,
        "wbok: billing.phone.adapter: commands() of clouds gives no click.Group.\n",
    )

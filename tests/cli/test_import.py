"""`wbok import`, as the office or a timer types it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import click.testing
import pytest
from support.exports import LEDGER, Exports
from support.server import WBOK

from wbok.cli.commands import wbok
from wbok.cli.demo import write_demo
from wbok.panel import build_panel
from wbok.settings import load_settings

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports.written(tmp_path)


@pytest.fixture
def config(tmp_path: Path, exports: Exports) -> Path:
    """The demo's configuration, with exported files as its billing."""
    config = write_demo(tmp_path, port=8000)
    text = config.read_text().partition("[billing]")[0]
    files = "\n".join(f"{name} = {json.dumps(file)}" for name, file in exports.config["files"].items())
    folder = json.dumps(exports.config["folder"])
    config.write_text(f'{text}[billing]\nadapter = "csv"\nfolder = {folder}\n\n[billing.files]\n{files}\n')
    return config


@pytest.fixture
def run(config: Path, exports: Exports) -> Run:
    """In a process of its own: what it says, and where, is what people see."""

    def process(*options: str) -> subprocess.CompletedProcess[str]:
        command = [str(WBOK), "--config", str(config), "import", str(exports.folder), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return process


def audited(config: Path) -> list[tuple[str, str, str]]:
    with build_panel(load_settings(config)).store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, actor, details FROM audit").all()
    return [(row[0], row[1], row[2]) for row in rows]


def test_an_import_says_what_it_did_and_is_audited(
    run: Run, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "marta")
    done = run()
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "customers\t2 rows",
        "credentials\t2 rows",
        "ledger\t2 rows",
        "documents\t1 rows",
        "Imported: g000001.sqlite is served from now on.",
    ]
    assert [line.split(",")[0] for line in done.stderr.splitlines()] == [
        "customers.csv: 2 rows",
        "credentials.csv: 2 rows",
        "ledger.csv: 2 rows",
        "documents.csv: 1 rows",
    ]
    assert audited(config) == [
        ("imported", "office:marta", "g000001.sqlite: customers 2, credentials 2, ledger 2, documents 1")
    ]


def test_a_fault_is_said_in_one_line_and_the_exit_code_tells(
    run: Run, config: Path, exports: Exports
) -> None:
    run()
    exports.write("ledger.csv", LEDGER + '3,1,2026-11-03,"12,5o",x\n')
    done = run()
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        'ledger.csv, row 4, column amount: "12,5o" is not an amount. Nothing was imported.'
    )
    assert len(audited(config)) == 1


def test_a_dry_run_needs_no_store_and_is_not_audited(run: Run, config: Path, exports: Exports) -> None:
    with build_panel(load_settings(config)).store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    done = run("--dry-run")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "No fault was found. It was a dry run: nothing was imported."
    assert not (exports.generations / "current").exists()


def test_without_a_store_to_write_it_down_nothing_is_imported(
    run: Run, config: Path, exports: Exports
) -> None:
    with build_panel(load_settings(config)).store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    done = run()
    assert done.returncode == 1
    assert "Run: wbok db upgrade" in done.stderr
    assert not exports.generations.exists()


def test_what_shrank_is_imported_when_it_is_said_to_be_right(run: Run, exports: Exports) -> None:
    run()
    exports.write("ledger.csv", LEDGER.rpartition("2,1,")[0])
    done = run()
    assert done.returncode == 1
    assert "ledger: 1 rows, and 2 at present." in done.stderr
    done = run("--allow-shrink")
    assert done.returncode == 0
    assert "ledger\t1 rows (-1)" in done.stdout


def test_an_adapter_that_cannot_import_says_so(tmp_path: Path) -> None:
    config = write_demo(tmp_path, port=8000)
    answer = click.testing.CliRunner().invoke(wbok, ["--config", str(config), "import", str(tmp_path)])
    assert answer.exit_code == 1
    assert str(answer.exception) == (
        'billing.adapter: "sql" reads the billing itself; nothing is imported into it.'
    )

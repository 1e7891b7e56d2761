"""`wbok new` writes a distribution whose own tests pass at once, in an environment of a stranger."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.rounds import FULL, ROUNDS
from support.second_environment import SecondEnvironment

from wbok.cli.commands import wbok
from wbok.errors import ConfigError
from wbok.scaffold import Kind, write_distribution

ROOT = Path(__file__).parent.parent.parent
TESTED = {"adapter": "contract", "tab": "tab"}


TOGETHER = [("adapter", "tab")]
"""One run of pytest for both; a full run does for each what is printed, word by word."""


@pytest.mark.parametrize("kinds", [("adapter",), ("tab",)] if ROUNDS >= FULL else TOGETHER, ids="+".join)
def test_what_is_written_is_whole_and_its_tests_pass(
    kinds: tuple[Kind, ...], tmp_path: Path, environment: SecondEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders, lines = [], list[str]()
    for kind in kinds:
        written = CliRunner().invoke(wbok, ["new", kind, f"my_{kind}"])
        assert written.exit_code == 0, written.output
        *steps, last = re.findall(r"^  [1-3]\. (.*)$", written.output, re.MULTILINE)
        assert last == "pytest"
        folders.append(tmp_path / f"wbok-my_{kind}")
        lines += [f"cd {tmp_path}", *steps]
    lines += ["pytest"] if len(kinds) == 1 else [f"cd {tmp_path}", f"pytest {' '.join(map(str, folders))}"]
    ran = environment.run("\n".join(lines), cwd=tmp_path)
    assert ran.code == 0, ran.said
    assert [kind for kind in kinds if f"tests/test_{TESTED[kind]}.py" not in ran.said] == [], ran.said
    assert re.search(r"[0-9]+ passed", ran.said), ran.said
    style = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "ruff.toml"), "--ignore", "I001"]
    ruff = subprocess.run([*style, *folders], capture_output=True, text=True, check=False)
    assert ruff.returncode == 0, ruff.stdout
    left = [path for folder in folders for path in folder.rglob("*") if "@" in path.name]
    assert left == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Weather", 'found the name "Weather", expected small letters'),
        ("1a", "a letter first"),
        ("class", "expected small letters"),
        ("info", 'the name "info" is taken'),
        ("login", 'the name "login" is taken'),
        ("../x", "expected small letters"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name: str, said: str) -> None:
    ran = CliRunner().invoke(wbok, ["new", "tab", name])
    assert isinstance(ran.exception, ConfigError)
    assert said in str(ran.exception)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    folder = write_distribution("tab", "sample", into=tmp_path, taken=())
    (folder / "setup.cfg").write_text("mine")
    with pytest.raises(ConfigError, match="is already there; nothing was written"):
        write_distribution("tab", "sample", into=tmp_path, taken=())
    assert (folder / "setup.cfg").read_text() == "mine"

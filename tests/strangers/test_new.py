"""`wbok new` writes a distribution whose own tests pass at once, in an environment of a stranger."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.second_environment import SecondEnvironment

from wbok.cli.commands import wbok
from wbok.errors import ConfigError
from wbok.scaffold import write_distribution

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("kind", ["adapter", "tab"])
def test_what_is_written_is_whole_and_its_tests_pass(
    kind: str, tmp_path: Path, environment: SecondEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = CliRunner().invoke(wbok, ["new", kind, "sample"])
    assert written.exit_code == 0, written.output
    steps = re.findall(r"^  [1-3]\. (.*)$", written.output, re.MULTILINE)
    ran = environment.run("; ".join(steps), cwd=tmp_path)
    assert ran.code == 0, ran.said
    assert re.search(r"[0-9]+ passed", ran.said), ran.said
    style = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "ruff.toml"), "--ignore", "I001"]
    ruff = subprocess.run(
        [*style, str(tmp_path / "wbok-sample")], capture_output=True, text=True, check=False
    )
    assert ruff.returncode == 0, ruff.stdout
    left = [path for path in (tmp_path / "wbok-sample").rglob("*") if "@" in path.name]
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

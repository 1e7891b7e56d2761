"""An environment of its own for packages of others: a bare venv that sees what is installed here.

Nothing is fetched: it holds what is put into it, and looks up the rest, WBOK too, in the environment of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = {
    "wbok": 'exec "{python}" -c "from wbok.cli import main; main()" "$@"',
    "pytest": 'exec "{python}" -m pytest -p no:cacheprovider "$@"',
    "pip": 'exec "{python}" -m pip "$@" --quiet --no-deps --no-build-isolation --no-index '
    "--disable-pip-version-check",
    "pybabel": 'exec "{python}" -m babel.messages.frontend "$@"',
}
NOT_THE_STRANGERS = ("PYTEST", "WBOK_", "PYTHONDONTWRITEBYTECODE")
"""What is compiled is kept, as usual: each of many processes would compile all of WBOK once more."""


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    said: str


@dataclass(frozen=True, slots=True)
class SecondEnvironment:
    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def run(self, command: str, *, cwd: Path, **more: str) -> Ran:
        """A line (or several) of a shell in which this environment is active."""
        path = f"{self.folder / 'bin'}:/usr/bin:/bin"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(NOT_THE_STRANGERS)},
            "PATH": path,
            "VIRTUAL_ENV": str(self.folder),
            "PIP_ROOT_USER_ACTION": "ignore",
            **more,
        }
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", command],
            cwd=cwd,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Ran(done.returncode, done.stdout)

    def install(self, source: Path, *, scratch: Path) -> None:
        """As pip would; built beside, so that the tree stays clean."""
        copy = scratch / source.name
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
        ran = self.run("pip install .", cwd=copy)
        assert ran.code == 0, ran.said


def make_environment(folder: Path) -> SecondEnvironment:
    venv.EnvBuilder(symlinks=True, with_pip=False).create(folder)
    site = next(folder.glob("lib/python*/site-packages"))
    ours = sysconfig.get_path("purelib")
    (site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
    python = folder / "bin" / "python"
    for name, script in SCRIPTS.items():
        path = folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{script.format(python=python)}\n")
        path.chmod(0o755)
    assert sys.version_info >= (3, 11)
    return SecondEnvironment(folder)

"""An environment of a stranger, who has WBOK installed and packages of his own."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from support.second_environment import SecondEnvironment, make_environment

THIRDPARTY = Path(__file__).parent.parent / "thirdparty"


@pytest.fixture
def environment(tmp_path: Path) -> SecondEnvironment:
    return make_environment(tmp_path / "environment")


@pytest.fixture(scope="session")
def with_thirdparty(tmp_path_factory: pytest.TempPathFactory) -> SecondEnvironment:
    """With the example installed in it: once, however many processes run the tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "thirdparty"
    folder.mkdir(exist_ok=True)
    environment, done = SecondEnvironment(folder / "environment"), folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make_environment(environment.folder).install(THIRDPARTY, scratch=folder)
            done.touch()
    return environment

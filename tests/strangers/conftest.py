"""An environment of a stranger, who has WBOK installed and packages of his own."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.conftest import browser  # noqa: F401
from support.second_environment import SecondEnvironment, make_environment

THIRDPARTY = Path(__file__).parent.parent / "thirdparty"


@pytest.fixture
def environment(tmp_path: Path) -> SecondEnvironment:
    return make_environment(tmp_path / "environment")


@pytest.fixture(scope="session")
def with_thirdparty(tmp_path_factory: pytest.TempPathFactory) -> SecondEnvironment:
    """With the example installed in it."""
    folder = tmp_path_factory.mktemp("thirdparty")
    environment = make_environment(folder / "environment")
    environment.install(THIRDPARTY, scratch=folder)
    return environment

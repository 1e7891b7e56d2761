"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.clock import START, HandClock
from support.places import DIALECTS, new_urls
from support.scene import Scene, make_scene, make_settings, sql_billing

from wbok.relations import CANONICAL
from wbok.store import Store
from wbok_demo import DemoLogin, build_billing

MakeScene = Callable[..., Scene]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=DIALECTS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store, on every kind of database."""
    with new_urls(request.param, tmp_path) as new_url:
        yield new_url()


@pytest.fixture
def store(store_url: str) -> Store:
    store = Store(store_url)
    store.upgrade()
    return store


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[DemoLogin, ...]]:
    """The made-up provider on the day at which the tests' clock stands."""
    path = tmp_path_factory.mktemp("demo") / "billing.sqlite"
    return path, build_billing(path, today=START.date())


@pytest.fixture
def make_demo_scene(tmp_path: Path, demo: tuple[Path, tuple[DemoLogin, ...]], clock: HandClock) -> MakeScene:
    """A panel over the made-up provider; sections of the configuration can be given."""

    def make(*, billing_file: Path | None = None, available_tabs: Any = None, **sections: Any) -> Scene:
        billing = sql_billing(billing_file or demo[0], CANONICAL)
        settings = make_settings(tmp_path, billing, **sections)
        return make_scene(settings, clock=clock, available_tabs=available_tabs)

    return make


@pytest.fixture
def scene(make_demo_scene: MakeScene) -> Scene:
    return make_demo_scene()

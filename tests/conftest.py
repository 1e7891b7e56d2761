"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from lms_demo.differences import NOT_TRIED, SAYS
from playwright.sync_api import Browser, sync_playwright
from support.browser import FLAGS
from support.clock import START, HandClock
from support.everywhere import LMS, USUAL, Everywhere
from support.kept import Kept
from support.mailbox import Mailbox, mail_server
from support.places import DIALECTS, closed_connections
from support.rounds import FULL, ROUNDS
from support.scene import Scene, make_scene, make_settings, sql_billing
from support.shortened import shortened
from support.stores import lent_store

from wbok.relations import CANONICAL
from wbok.store import Store
from wbok_demo import DemoLogin, build_billing

MakeScene = Callable[..., Scene]
collect_ignore = ["thirdparty"]
"""Runs in an environment of its own: tests/strangers."""
# How long an example takes says how busy the machine is, and nothing of the product.
hypothesis.settings.register_profile("any pace", deadline=None)
if not os.environ.get("CI"):
    # There hypothesis has a profile of its own, without deadlines and always with the same examples.
    hypothesis.settings.load_profile("any pace")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def kept_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    known = Kept(tmp_path_factory.mktemp("kept"))
    yield known
    known.close()


@pytest.fixture(params=DIALECTS)
def store_url(request: pytest.FixtureRequest, tmp_path: Path, kept_databases: Kept) -> Iterator[str]:
    """The address of a store in which nothing stands, on every kind of database."""
    with lent_store(kept_databases, request.param, tmp_path) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Store:
    return Store(store_url)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[DemoLogin, ...]]:
    """The made-up provider on the day at which the tests' clock stands."""
    path = tmp_path_factory.mktemp("demo") / "billing.sqlite"
    return path, build_billing(path, today=START.date())


@pytest.fixture(scope="session")
def everywhere(
    tmp_path_factory: pytest.TempPathFactory, demo: tuple[Path, tuple[DemoLogin, ...]]
) -> Iterator[Everywhere]:
    known = Everywhere(demo[0], lambda name: tmp_path_factory.mktemp(name))
    yield known
    known.close()


@pytest.fixture(scope="session")
def mail_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    """A real mail server on loopback."""
    with mail_server(tmp_path_factory.mktemp("mail")) as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(mail_host: Mailbox) -> Mailbox:
    """What came to that server, nothing at first."""
    mail_host.clear()
    return mail_host


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all: a process has one Playwright."""
    program = shutil.which("chromium")
    if program is None:
        reason = "Chromium is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if ROUNDS >= FULL:
        return
    kept = shortened(items, tests=Path(__file__).parent)
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`@pytest.mark.everywhere`: the test runs over the demo in SQLite, and over the same provider in an LMS on
    PostgreSQL and on MariaDB; further places of `support.everywhere.PLACES` can be named: `everywhere("csv")`.

    It uses `scene` or `make_demo_scene`, writes nothing into the billing, and asks for words of the demo by
    `scene.told`. What LMS has no place for stands in `lms_demo.differences`, and nowhere else.
    """
    mark = metafunc.definition.get_closest_marker("everywhere")
    if mark is None:
        return
    assert "billing_place" in metafunc.fixturenames, f"{metafunc.definition.nodeid} asks for no scene"
    lms = () if metafunc.definition.originalname in NOT_TRIED else LMS
    metafunc.parametrize("billing_place", (USUAL, *mark.args, *lms), indirect=True)


@pytest.fixture
def billing_place(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the made-up provider keeps his billing: one of PLACES."""
    with closed_connections():
        yield getattr(request, "param", USUAL)


@pytest.fixture
def make_demo_scene(
    tmp_path: Path, everywhere: Everywhere, billing_place: str, clock: HandClock
) -> MakeScene:
    """A panel over the made-up provider; sections of the configuration can be given."""

    def make(*, billing_file: Path | None = None, available_tabs: Any = None, **sections: Any) -> Scene:
        billing = everywhere.billing(billing_place)
        if billing_file is not None:
            billing = sql_billing(billing_file, CANONICAL)
        settings = make_settings(tmp_path, billing, **sections)
        scene = make_scene(settings, clock=clock, available_tabs=available_tabs)
        if billing_place in LMS:
            scene.says = {words: instead.words for words, instead in SAYS.items()}
        return scene

    return make


@pytest.fixture
def scene(make_demo_scene: MakeScene) -> Scene:
    return make_demo_scene()

"""Panels whose tickets the panel keeps itself, and such whose tickets live in an LMS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeScene
from support.billing import people
from support.calls import Come, a_call
from support.clock import HandClock
from support.everywhere import TABLE_PLACES, written_tables
from support.kept import Kept
from support.lms_desk import lent_lms
from support.places import SERVERS
from support.scene import Scene, Visitor, make_scene, make_settings, sql_billing

from wbok.relations import CANONICAL

PEOPLE = (10427, 11206)
"""Customers of the demo who write."""


@contextmanager
def lms_scenes(
    dialect: str, demo_file: Path, kept_databases: Kept, folder: Path, clock: HandClock
) -> Iterator[MakeScene]:
    """Over the made-up provider; only the tickets live elsewhere, all scenes of a test in one LMS."""
    with lent_lms(kept_databases, dialect, clock, people=PEOPLE) as lms:

        def make(**sections: Any) -> Scene:
            billing = sql_billing(demo_file, CANONICAL)
            files = folder / "rt"
            files.mkdir(exist_ok=True)
            billing["helpdesk"] = {
                "adapter": "lms",
                "url": lms.url,
                "write_url": lms.url,
                "tickets_dir": str(files),
            }
            tabs = sections.pop("tabs", {})
            tabs["helpdesk"] = {"desk": "billing", **tabs.get("helpdesk", {})}
            scene = make_scene(make_settings(folder, billing, tabs=tabs, **sections), clock=clock)
            scene.lms = lms
            return scene

        yield make


@pytest.fixture(params=SERVERS)
def make_lms_scene(
    request: pytest.FixtureRequest,
    demo: tuple[Path, object],
    kept_databases: Kept,
    tmp_path: Path,
    clock: HandClock,
) -> Iterator[MakeScene]:
    with lms_scenes(request.param, demo[0], kept_databases, tmp_path, clock) as make:
        yield make


@pytest.fixture
def lms_scene(make_lms_scene: MakeScene) -> Scene:
    return make_lms_scene()


@pytest.fixture(params=("panel", *SERVERS))
def make_desk_scene(
    request: pytest.FixtureRequest,
    make_demo_scene: MakeScene,
    demo: tuple[Path, object],
    kept_databases: Kept,
    tmp_path: Path,
    clock: HandClock,
) -> Iterator[MakeScene]:
    """Whoever keeps the tickets, the pages are the same."""
    if request.param == "panel":
        yield make_demo_scene
        return
    with lms_scenes(request.param, demo[0], kept_databases, tmp_path, clock) as make:
        yield make


@pytest.fixture
def desk_scene(make_desk_scene: MakeScene) -> Scene:
    return make_desk_scene()


@pytest.fixture(params=TABLE_PLACES)
def come(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[Come]:
    """Customer 1 of a billing with these tables, logged in; `tabs` are settings."""
    with ExitStack() as stack:

        def build(tabs: dict[str, Any] | None = None, **tables: list[dict[str, Any]]) -> Visitor:
            rows = {**people(2), "calls": [a_call(1, customer_id=2)], **tables}
            folder = tmp_path / f"billing{len(list(tmp_path.glob('billing*')))}"
            folder.mkdir()
            billing = stack.enter_context(written_tables(request.param, folder, rows))
            settings = make_settings(tmp_path, billing, tabs=tabs or {})
            return make_scene(settings, clock=clock).customer("1", "4711")

        yield build

"""Pages over an LMS of some size: few statements, and no large table read as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from support.clock import HandClock
from support.places import SERVERS, engine_of, new_urls
from support.plans import noted_plans, whole_reads
from support.scene import Scene, Visitor, make_scene, make_settings
from support.statements import counted

from bench.lms.build import FIRST_PLAIN, Volume, build
from bench.lms.people import pin_of
from wbok.adapters.lms.tables.phone import voip_cdr

CUSTOMERS = 150
LARGE = {"voip_cdr", "messageitems"}
PAGES = (
    "/phone/",
    "/phone/?month=2026-10",
    "/phone/calls",
    "/phone/calls?number=600&kind=voice&direction=outgoing&cost=paid",
    "/phone/calls.csv",
    "/notifications/",
    "/notifications/?part=new",
    "/notifications/?part=service",
    "/notifications/?part=archive",
    "notice",
)


@dataclass(frozen=True, slots=True)
class Place:
    scene: Scene
    engine: Engine
    customer: Visitor


@pytest.fixture(scope="module", params=SERVERS)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("large")
    with new_urls(request.param, folder) as new_url:
        url, clock = new_url(), HandClock()
        engine = engine_of(url)
        build(engine, customers=CUSTOMERS, now=clock(), volume=Volume(months=1, calls=100, messages=100))
        _learn(engine)
        scene = make_scene(make_settings(folder, {"adapter": "lms", "url": url}), clock=clock)
        customer = FIRST_PLAIN + CUSTOMERS // 2
        yield Place(scene, engine, scene.customer(str(customer), pin_of(customer)))


def _learn(engine: Engine) -> None:
    """As each server does by itself after a while."""
    command = "ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE TABLE"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (*LARGE, "messages", "voipaccounts", "voip_numbers", "assignments"):
            connection.execute(text(f"{command} {table}"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_little(place: Place, path: str) -> None:
    if path == "notice":
        path = f"/notifications/B-{_newest_notice(place)}"
    place.customer.get(path)
    # So that nothing is remembered but what a page before it asked.
    place.scene.clock.advance(minutes=11)
    with counted(place.scene.panel) as statements, noted_plans(place.engine) as plans:
        assert place.customer.get(path).status_code == 200
    assert 0 < len(statements.billing) <= 4, statements.billing
    assert len(plans.asked) >= len(statements.billing)
    assert plans.whole_reads().isdisjoint(LARGE)


def test_a_whole_read_is_seen(place: Place) -> None:
    with place.engine.connect() as connection:
        assert whole_reads(connection, select(voip_cdr.c.id).where(voip_cdr.c.price > 0), {}) == {"voip_cdr"}


def _newest_notice(place: Place) -> int:
    with place.engine.connect() as connection:
        found = connection.scalar(
            text(
                "SELECT max(i.id) FROM messageitems i JOIN messages m ON m.id = i.messageid "
                "WHERE i.customerid = :customer AND m.type = 5"
            ),
            {"customer": FIRST_PLAIN + CUSTOMERS // 2},
        )
    return int(found or 0)

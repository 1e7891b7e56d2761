"""The same billing in exported files, on PostgreSQL and on MariaDB: every page is the one that SQLite gives."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.clock import HandClock
from support.exports import export_tables
from support.places import new_urls, write_typed_tables
from support.scene import Scene, make_scene, make_settings, sql_billing

from wbok.relations import CANONICAL, Family
from wbok_demo import DemoLogin

Billing = dict[str, Any]
Place = Callable[[Path, Path], AbstractContextManager[Billing]]
PAGES = (
    "/info/",
    "/finance/",
    "/finance/ledger",
    "/finance/ledger?from=2026-03-01&to=2026-09-30",
    "/finance/documents/",
    "/phone/",
    "/phone/?month=2026-10",
    "/phone/calls",
    "/phone/calls?month=2026-10&kind=voice&direction=outgoing&cost=paid",
    "/phone/calls.csv?month=2026-10",
    "/notifications/",
    "/notifications/?part=billing",
    "/notifications/?part=archive",
    "/helpdesk/",
    "/help",
)
OF_THIS_ANSWER = re.compile(r'after=[^"&]+|name="(?:csrf_token|key)" value="[^"]+"')
AS_PYTHON: Mapping[Family, Callable[[Any], Any]] = {
    Family.WHEN: date.fromisoformat,
    Family.INSTANT: datetime.fromisoformat,
    Family.MONEY: lambda raw: Decimal(str(raw)),
    Family.SUMMABLE: lambda raw: Decimal(str(raw)),
    Family.NUMBER: lambda raw: Decimal(str(raw)),
    Family.BOOL: bool,
}


def typed_rows(billing: Path, name: str) -> list[dict[str, Any]]:
    """As a server's typed columns have them."""
    families = {column.name: column.family for column in CANONICAL[name].columns}
    with closing(sqlite3.connect(billing)) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
    return [
        {
            column: raw if raw is None else AS_PYTHON.get(families[column], lambda same: same)(raw)
            for column, raw in row.items()
        }
        for row in rows
    ]


@contextmanager
def on_server(dialect: str, demo: Path, folder: Path) -> Iterator[Billing]:
    with new_urls(dialect, folder) as new_url:
        url = new_url()
        write_typed_tables(url, {name: typed_rows(demo, name) for name in CANONICAL})
        yield sql_billing(demo, CANONICAL) | {"url": url}


@contextmanager
def as_exports(demo: Path, folder: Path) -> Iterator[Billing]:
    export_tables(demo, folder / "exports")
    files = {path.stem: path.name for path in (folder / "exports").glob("*.csv")}
    folders = {"folder": str(folder / "generations"), "files_dir": str(folder / "exports")}
    yield {"adapter": "csv", "files": files, **folders}


PLACES: Mapping[str, Place] = {
    "csv": as_exports,
    "postgresql": partial(on_server, "postgresql"),
    "mysql": partial(on_server, "mysql"),
}


@pytest.fixture(params=PLACES)
def elsewhere(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    demo: tuple[Path, tuple[DemoLogin, ...]],
    clock: HandClock,
) -> Iterator[Scene]:
    with PLACES[request.param](demo[0], tmp_path) as billing:
        folder = tmp_path / "panel"
        folder.mkdir()
        scene = make_scene(make_settings(folder, billing), clock=clock)
        if scene.panel.billing.importer is not None:
            scene.panel.billing.importer(
                tmp_path / "exports", dry_run=False, allow_shrink=False, progress=lambda _step: None
            )
        yield scene


def test_every_page_is_the_same_whatever_holds_the_billing(
    scene: Scene, elsewhere: Scene, demo: tuple[Path, tuple[DemoLogin, ...]]
) -> None:
    for login in demo[1]:
        here = scene.customer(login.customer_id, login.pin)
        there = elsewhere.customer(login.customer_id, login.pin)
        for path in PAGES:
            expected, found = (visitor.get(path, follow_redirects=True) for visitor in (here, there))
            assert found.status_code == expected.status_code == 200, (login, path)
            pages = [OF_THIS_ANSWER.sub("", answer.text) for answer in (expected, found)]
            assert pages[1] == pages[0], (login, path)

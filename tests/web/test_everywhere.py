"""The same billing in exported files, on PostgreSQL and on MariaDB: every page is the one that SQLite gives.

Over LMS the tests of the pages themselves run, see `everywhere` in tests/conftest.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lms_demo.differences import NOT_TRIED, SAYS
from support.clock import HandClock
from support.everywhere import Everywhere
from support.places import SERVERS, closed_connections
from support.rounds import part_of
from support.scene import Scene, make_scene, make_settings

from wbok_demo import DemoLogin

OTHERS = ("csv", *SERVERS)
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


@pytest.fixture
def elsewhere(tmp_path: Path, everywhere: Everywhere, clock: HandClock) -> Iterator[dict[str, Scene]]:
    """Panels over the other places, by their names."""
    with closed_connections():
        yield {place: _scene(tmp_path / place, everywhere.billing(place), clock) for place in OTHERS}


def test_every_page_is_the_same_whatever_holds_the_billing(
    scene: Scene, elsewhere: dict[str, Scene], demo: tuple[Path, tuple[DemoLogin, ...]]
) -> None:
    for login in demo[1][: part_of(len(demo[1]))]:
        expected = list(_pages(scene, login))
        for place, there in elsewhere.items():
            for path, page, found in zip(PAGES, expected, _pages(there, login), strict=True):
                assert found == page, (place, login, path)


def _scene(folder: Path, billing: dict[str, Any], clock: HandClock) -> Scene:
    folder.mkdir()
    return make_scene(make_settings(folder, billing), clock=clock)


def _pages(scene: Scene, login: DemoLogin) -> Iterator[str]:
    customer = scene.customer(login.customer_id, login.pin)
    for path in PAGES:
        answer = customer.get(path, follow_redirects=True)
        assert answer.status_code == 200, (login, path)
        yield OF_THIS_ANSWER.sub("", answer.text)


def test_every_difference_of_lms_is_asked_for_by_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*_pages.py"))
    tests += (Path(__file__).parent / "test_pages.py").read_text()
    unused = [words for words in SAYS if f'"{words}"' not in tests]
    unused += [name for name in NOT_TRIED if f"@pytest.mark.everywhere\ndef {name}(" not in tests]
    assert unused == []

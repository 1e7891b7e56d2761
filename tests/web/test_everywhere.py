"""The same billing in exported files, on PostgreSQL and on MariaDB: every page is the one that SQLite gives.

Over LMS the tests of the pages themselves run, see `everywhere` in tests/conftest.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lms_demo.differences import NOT_TRIED, SAYS
from support.clock import HandClock
from support.everywhere import Everywhere
from support.places import SERVERS, closed_connections
from support.scene import Scene, make_scene, make_settings

from wbok_demo import DemoLogin

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


@pytest.fixture(params=("csv", *SERVERS))
def elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, everywhere: Everywhere, clock: HandClock
) -> Iterator[Scene]:
    folder = tmp_path / "panel"
    folder.mkdir()
    with closed_connections():
        yield make_scene(make_settings(folder, everywhere.billing(request.param)), clock=clock)


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


def test_every_difference_of_lms_is_asked_for_by_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*_pages.py"))
    tests += (Path(__file__).parent / "test_pages.py").read_text()
    unused = [words for words in SAYS if f'"{words}"' not in tests]
    unused += [name for name in NOT_TRIED if f"@pytest.mark.everywhere\ndef {name}(" not in tests]
    assert unused == []

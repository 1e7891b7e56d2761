"""What LMS is set to: rows of divisions, empty values, and a database that gives no answer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert
from support.billing import CONTEXT
from support.places import SERVERS, engine_of, new_urls

from wbok.adapters.lms import connect
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.tables.people import customers, divisions
from wbok.adapters.lms.tables.settings import uiconfig
from wbok.adapters.sql.database import open_database
from wbok.databases import database_url
from wbok.errors import Unavailable

PLAIN, EMPTIED, OWN = 1, 2, 3
TITLES = {None: "Wszyscy %CID%", EMPTIED: "", OWN: "Swoi %CID%"}
THREADS = 4


@pytest.fixture(scope="module", params=SERVERS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Customer and division have the same number; the last customer has no division."""
    with new_urls(request.param, tmp_path_factory.mktemp("lms")) as new_url:
        url = new_url()
        engine = engine_of(url)
        uiconfig.metadata.create_all(engine)
        with engine.begin() as connection:
            for number in (PLAIN, EMPTIED, OWN):
                connection.execute(insert(divisions).values(id=number, name="", shortname="x"))
            for number in (PLAIN, EMPTIED, OWN, 4):
                texts = {"info": "", "notes": "", "message": ""}
                division = number if number != 4 else None
                connection.execute(insert(customers).values(id=number, divisionid=division, **texts))
            for division, value in TITLES.items():
                row = {"section": "finances", "var": "pay_title", "value": value, "divisionid": division}
                connection.execute(insert(uiconfig).values(row))
        yield url


def settings_of(url: str, *, timeout: float = 5, clock: Callable[[], int] = lambda: 0) -> LmsSettings:
    address = database_url(url, where="url")
    database = open_database(address, timeout=timeout, zone=ZoneInfo("Europe/Warsaw"))
    return LmsSettings(database, {}, clock=clock, where="billing.settings")


def test_an_empty_row_of_a_division_counts_as_nothing_set(url: str) -> None:
    settings = settings_of(url)
    name = "finances.pay_title"
    told = {division: settings.text(name, division=division) for division in (None, PLAIN, EMPTIED, OWN)}
    usual = "Abonament - ID:%CID% %LongCID%"
    assert told == {None: "Wszyscy %CID%", PLAIN: "Wszyscy %CID%", EMPTIED: usual, OWN: "Swoi %CID%"}


def test_the_pages_say_the_same_of_empty_rows(url: str) -> None:
    finance = connect({"url": url}, CONTEXT).finance
    assert finance is not None
    titles = [finance.terms(customer).payment_title for customer in ("1", "2", "3", "4")]
    assert titles == ["Wszyscy 1", "Abonament - ID:2 0002", "Swoi 3", "Wszyscy 4"]


def test_whoever_waited_for_a_failed_reading_does_not_wait_again() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=THREADS) as silent:
        settings = settings_of(f"mysql://u@127.0.0.1:{silent.getsockname()[1]}/lms", timeout=1)
        together = Barrier(THREADS)

        def ask(_: int) -> str:
            together.wait()
            try:
                return settings.text("finances.pay_title")
            except Unavailable:
                return "away"

        with ThreadPoolExecutor(THREADS) as pool:
            assert list(pool.map(ask, range(THREADS))) == ["away"] * THREADS
        assert _came_to(silent) == 1
        with pytest.raises(Unavailable):
            settings.text("finances.pay_title")
        assert _came_to(silent) == 1


def _came_to(silent: socket.socket) -> int:
    """Connections since it was last asked."""
    silent.setblocking(False)
    came = 0
    while True:
        try:
            silent.accept()[0].close()
        except BlockingIOError:
            return came
        came += 1

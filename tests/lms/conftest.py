"""A made-up LMS on PostgreSQL and on MariaDB, and the adapter over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from support.billing import CONTEXT
from support.clock import HandClock
from support.kept import Kept
from support.lms import Change, odd_lms, write_odd_lms
from support.places import SERVERS, closed_connections, engine_of, new_urls

from wbok.adapters.lms import connect
from wbok.billing import Billing


@pytest.fixture(scope="session", params=SERVERS)
def lms_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Written once; whoever changes it takes `own_url`."""
    with new_urls(request.param, tmp_path_factory.mktemp("lms"), watched=False) as new_url:
        url = new_url()
        with closed_connections():
            write_odd_lms(url, customers=5)
        yield url


@pytest.fixture(autouse=True)
def _no_connection_stays() -> Iterator[None]:
    """Each test makes panels of its own over the one database."""
    with closed_connections():
        yield


@pytest.fixture(scope="session")
def lms(lms_url: str) -> Billing:
    """One for all: each would keep connections of its own, and a server has only so many."""
    return connect({"url": lms_url}, replace(CONTEXT, clock=HandClock()))


@pytest.fixture(params=SERVERS)
def own_url(request: pytest.FixtureRequest, kept_databases: Kept) -> Iterator[str]:
    """An LMS with the odd customers alone, which the test may change."""
    with odd_lms(kept_databases, request.param) as url:
        yield url


@pytest.fixture
def change(own_url: str) -> Change:
    def run(*statements: Any, **values: object) -> Billing:
        with engine_of(own_url).begin() as connection:
            for statement in statements:
                connection.execute(statement, values)
        return connect({"url": own_url, "write_url": own_url}, replace(CONTEXT, clock=HandClock()))

    return run

"""A made-up LMS on PostgreSQL and on MariaDB, and the adapter over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from support.billing import CONTEXT
from support.clock import HandClock
from support.places import SERVERS, closed_connections, engine_of, new_urls

from bench.lms.build import build
from wbok.adapters.lms import connect
from wbok.billing import Billing


@pytest.fixture(scope="session", params=SERVERS)
def lms_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Written once; whoever changes it makes one of his own."""
    with new_urls(request.param, tmp_path_factory.mktemp("lms")) as new_url:
        url = new_url()
        build(engine_of(url), customers=5, now=now())
        yield url


@pytest.fixture(autouse=True)
def _no_connection_stays() -> Iterator[None]:
    """Each test makes panels of its own over the one database."""
    with closed_connections():
        yield


@pytest.fixture
def lms(lms_url: str) -> Billing:
    return connect({"url": lms_url}, replace(CONTEXT, clock=HandClock()))


def now() -> datetime:
    return HandClock()()

"""The desk on every kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clock import HandClock
from support.places import DIALECTS, new_urls

from wbok.store import Store
from wbok.store.desk import Desk, open_desk
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages


@pytest.fixture(params=DIALECTS)
def empty_store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which no store was ever made."""
    with new_urls(request.param, tmp_path) as new_url:
        yield new_url()


@pytest.fixture
def desk(store: Store, clock: HandClock) -> Desk:
    return open_desk(
        store,
        keys=IdempotencyKeys(store, clock=clock),
        messages=Messages(store, clock=clock),
        clock=clock,
    )

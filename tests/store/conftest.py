"""The desk on every kind of database."""

from __future__ import annotations

import pytest
from support.clock import HandClock

from wbok.store import Store
from wbok.store.desk import Desk, open_desk
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages


@pytest.fixture
def desk(store: Store, clock: HandClock) -> Desk:
    return open_desk(
        store,
        keys=IdempotencyKeys(store, clock=clock),
        messages=Messages(store, clock=clock),
        clock=clock,
    )

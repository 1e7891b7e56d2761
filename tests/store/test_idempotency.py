"""A form that is sent twice, on every kind of database."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from support.clock import HandClock

from wbok.store import Store
from wbok.store.audit import Audit
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.tables import audit, idempotency_keys


@pytest.fixture
def keys(store: Store, clock: HandClock) -> IdempotencyKeys:
    return IdempotencyKeys(store, clock=clock)


def note(connection: Connection) -> str:
    """Writes something that can be counted."""
    connection.execute(audit.insert().values(at=1, actor="x", action="work", customer_id="7", details=""))
    return str(connection.execute(select(func.max(audit.c.id))).scalar())


def test_the_same_key_does_its_work_once(keys: IdempotencyKeys, store: Store, clock: HandClock) -> None:
    outcomes = {keys.once("k", customer_id="7", work=note) for _ in range(3)}
    assert len(outcomes) == 1
    assert len(Audit(store, clock=clock).of("7")) == 1


def test_another_customers_equal_key_is_another_one(
    keys: IdempotencyKeys, store: Store, clock: HandClock
) -> None:
    for customer_id in ("7", "8", "ab", "AB"):
        keys.once("k", customer_id=customer_id, work=note)
    assert len(Audit(store, clock=clock).of("7")) == 4


def test_many_at_once_do_it_once_and_hear_the_same(
    keys: IdempotencyKeys, store: Store, clock: HandClock
) -> None:
    rounds = 10
    outcomes: list[list[str]] = [[] for _ in range(rounds)]
    for number in range(rounds):
        barrier = threading.Barrier(8)

        def send(number: int = number, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            outcomes[number].append(keys.once(f"k{number}", customer_id="7", work=note))

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [(len(heard), len(set(heard))) for heard in outcomes] == [(8, 1)] * rounds
    assert len(Audit(store, clock=clock).of("7", limit=100)) == rounds


def test_work_that_fails_leaves_nothing_and_can_be_tried_again(
    keys: IdempotencyKeys, store: Store, clock: HandClock
) -> None:
    def fail(connection: Connection) -> str:
        note(connection)
        raise RuntimeError("the paper ran out")

    with pytest.raises(RuntimeError):
        keys.once("k", customer_id="7", work=fail)
    assert Audit(store, clock=clock).of("7") == ()
    keys.once("k", customer_id="7", work=note)
    assert len(Audit(store, clock=clock).of("7")) == 1


def test_nobody_waits_for_a_form_whose_work_is_still_going_on(
    keys: IdempotencyKeys, store: Store, clock: HandClock
) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time, who waits")

    def work(connection: Connection) -> str:
        note(connection)
        # Eight, so that some stand in the index behind the one at work.
        return "".join(keys.once(f"{i}", customer_id="8", work=lambda _connection: "x") for i in range(8))

    assert keys.once("k", customer_id="7", work=work) == "x" * 8


def test_old_keys_are_cleared_away(keys: IdempotencyKeys, store: Store, clock: HandClock) -> None:
    keys.once("old", customer_id="7", work=note)
    clock.advance(days=8)
    keys.once("new", customer_id="7", work=note)
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(idempotency_keys)).scalar() == 1

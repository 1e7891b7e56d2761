"""The outbox on every kind of database: written with its cause, claimed by one alone, cleared when it is old."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest
from sqlalchemy import delete, func, insert, select
from support.clock import HandClock
from support.places import DIALECTS, new_urls
from support.rounds import part_of

from wbok.domain.letters import Delivery, EmailChoice, Letter, Recipient, To, Topic
from wbok.domain.messages import MessageKind
from wbok.errors import NotFound
from wbok.store import Store
from wbok.store.dispatch import LEASE_SECONDS, Claimed, Dispatch
from wbok.store.drafts import Draft
from wbok.store.email_choices import EmailChoices
from wbok.store.hashes import key_hash
from wbok.store.messages import Messages
from wbok.store.outbox import Outbox
from wbok.store.outbox_tables import email_choices, letters
from wbok.store.outbox_tables import outbox as outbox_table

LETTER = Letter(key="1" * 64, topic=Topic.SERVICE, title="Przerwa", body="Od 8.00.")


@pytest.fixture(scope="module", params=DIALECTS)
def whole_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_urls(request.param, tmp_path_factory.mktemp("store")) as new_url:
        store = Store(new_url())
        store.upgrade()
        yield store


@pytest.fixture
def store(whole_store: Store) -> Store:
    """With nothing in the tables of the outbox."""
    with whole_store.writing() as connection:
        for table in (outbox_table, letters, email_choices):
            connection.execute(delete(table))
    return whole_store


@pytest.fixture
def outbox(store: Store, clock: HandClock) -> Outbox:
    return Outbox(store, clock=clock, is_open=True)


@pytest.fixture
def dispatch(store: Store, outbox: Outbox, clock: HandClock) -> Dispatch:
    return Dispatch(store, outbox, clock=clock)


def put(store: Store, outbox: Outbox, names: Sequence[str], *, letter: Letter = LETTER) -> None:
    with store.writing() as connection:
        outbox.put_within(connection, letter, [Recipient(To.ADDRESS, name) for name in names])


def test_the_same_letter_twice_is_one(store: Store, outbox: Outbox, dispatch: Dispatch) -> None:
    put(store, outbox, ["a", "b", "a"])
    put(store, outbox, ["a", "c"])
    assert [mine.recipient.name for mine in dispatch.claim()] == ["a", "b"]


def test_what_is_put_within_a_transaction_that_fails_is_not_there(store: Store, outbox: Outbox) -> None:
    with suppress(ZeroDivisionError), store.writing() as connection:
        outbox.put_within(connection, LETTER, [Recipient(To.ADDRESS, "a")])
        raise ZeroDivisionError
    assert outbox.counts() == {}
    put(store, outbox, ["a"])
    assert outbox.counts() == {Delivery.WAITING: 1}


def test_several_senders_at_once_never_have_the_same_letter(
    store: Store, outbox: Outbox, dispatch: Dispatch
) -> None:
    names = [f"{number:03}" for number in range(part_of(300))]
    put(store, outbox, names)
    barrier, had = threading.Barrier(4), list[str]()

    def work() -> None:
        barrier.wait()
        while claims := dispatch.claim():
            for mine in claims:
                if dispatch.begin(mine):
                    had.append(mine.recipient.name)
                dispatch.sent(mine)

    senders = [threading.Thread(target=work) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(had) == names
    assert outbox.counts() == {Delivery.SENT: len(names)}


def test_a_claim_of_the_dead_is_free_again_and_he_cannot_go_on(
    store: Store, outbox: Outbox, dispatch: Dispatch, clock: HandClock
) -> None:
    put(store, outbox, ["a"])
    (dead,) = dispatch.claim()
    assert dispatch.recover() == 0
    assert dispatch.claim() == ()
    clock.advance(seconds=LEASE_SECONDS)
    dispatch.recover()
    (heir,) = dispatch.claim()
    assert not dispatch.begin(dead)
    assert dispatch.begin(heir)
    dispatch.end(dead, Delivery.GIVEN_UP, "late")
    dispatch.failed(dead, "late")
    dispatch.sent(heir)
    assert outbox.counts() == {Delivery.SENT: 1}


@pytest.mark.parametrize("seconds", [LEASE_SECONDS, -86400])
def test_what_was_being_sent_by_the_dead_is_unknown_and_never_sent_by_itself(
    store: Store, outbox: Outbox, dispatch: Dispatch, clock: HandClock, seconds: int
) -> None:
    put(store, outbox, ["a"])
    (mine,) = dispatch.claim()
    assert dispatch.begin(mine)
    clock.advance(seconds=seconds)
    assert dispatch.recover() == 1
    for _ in range(3):
        assert dispatch.claim() == ()
        dispatch.recover()
        clock.advance(days=1)
    assert outbox.counts() == {Delivery.UNKNOWN: 1}
    # He was not dead, only slow: now it is known.
    dispatch.sent(mine)
    assert outbox.counts() == {Delivery.SENT: 1}


def test_the_office_decides_about_what_is_unknown(
    store: Store, outbox: Outbox, dispatch: Dispatch, clock: HandClock
) -> None:
    put(store, outbox, ["a"])
    (mine,) = dispatch.claim()
    dispatch.begin(mine)
    dispatch.unclear(mine, "silence")
    (entry,) = outbox.entries(limit=2)
    assert outbox.retry(entry.id) is Delivery.UNKNOWN
    with pytest.raises(NotFound):
        outbox.retry(entry.id)
    dispatch.sent(mine)
    assert outbox.counts() == {Delivery.WAITING: 1}
    (again,) = dispatch.claim()
    assert dispatch.begin(again)


def test_what_nobody_waits_for_is_cleared_away(
    store: Store, outbox: Outbox, dispatch: Dispatch, clock: HandClock
) -> None:
    put(store, outbox, ["a", "b"])
    put(store, outbox, ["c"], letter=Letter(key="2" * 64, topic=Topic.SERVICE, title="T", body="B"))
    first, *_rest = dispatch.claim()
    dispatch.end(first, Delivery.NO_ADDRESS, "none")
    clock.advance(days=31)
    dispatch.clear(keep_days=30)
    assert sum(outbox.counts().values()) == 2
    dispatch.recover()
    for mine in dispatch.claim():
        finished(dispatch, mine)
    clock.advance(days=31)
    dispatch.clear(keep_days=30)
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(letters)).scalar() == 0


def finished(dispatch: Dispatch, mine: Claimed) -> None:
    dispatch.begin(mine)
    dispatch.sent(mine)


def test_choices_are_kept_by_customer_and_offers_refused_for_him_alone(
    store: Store, clock: HandClock
) -> None:
    choices = EmailChoices(store, clock=clock)
    for customer in ("ab", "AB", "ab "):
        choices.save(customer, EmailChoice(commercial=True))
    choices.save("ab", EmailChoice(commercial=True, billing=True, answers=False, language="en"))
    assert choices.refuse_offers("ab")
    assert not choices.refuse_offers("ab")
    assert not choices.refuse_offers("nobody")
    assert choices.of("ab") == EmailChoice(billing=True, answers=False, language="en")
    assert choices.of("AB").commercial
    assert choices.of("nobody") == EmailChoice()


def test_a_message_to_a_hundred_thousand_customers_is_copied_in_seconds(
    store: Store, outbox: Outbox, dispatch: Dispatch, clock: HandClock
) -> None:
    customers = [str(number) for number in range(part_of(100_000))]
    choice = {"commercial": False, "billing": False, "answers": True, "language": "pl", "changed_at": 0}
    rows = [
        {**choice, "customer_hash": key_hash(one), "customer_id": one, "service": number % 10 != 0}
        for number, one in enumerate(customers)
    ]
    for begin in range(0, len(rows), 5000):
        with store.writing() as connection:
            connection.execute(insert(email_choices), rows[begin : begin + 5000])
    messages = Messages(store, clock=clock, outbox=outbox)
    wanting = len(customers) * 9 // 10
    for number, recipients in enumerate((None, customers), start=1):
        draft = Draft(kind=MessageKind.SERVICE, title="Przerwa", body="Od 8.00.", recipients=recipients)
        began = time.monotonic()
        assert messages.deliver(draft).copies == wanting
        assert time.monotonic() - began < 30
        assert outbox.counts() == {Delivery.WAITING: number * wanting}
    began = time.monotonic()
    assert len(dispatch.claim()) == 20
    assert time.monotonic() - began < 5

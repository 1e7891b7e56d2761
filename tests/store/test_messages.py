"""Messages of the panel's own, on every kind of database: sending them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from support.clock import HandClock
from support.desk import at_once

from wbok.domain.messages import MessageKind
from wbok.errors import MessageRefused, StoreUnavailable
from wbok.store import Store
from wbok.store.deliveries import Deliveries, Told
from wbok.store.drafts import Draft
from wbok.store.inbox import Inbox
from wbok.store.messages import Messages
from wbok.store.tables import deliveries, message_recipients, messages

TOLD = Told(valid_from=0, urgent=False)
BREAK: dict[str, Any] = {"kind": MessageKind.SERVICE, "title": "Przerwa", "body": "W sobotę od 8.00."}


@pytest.fixture
def box(store: Store, clock: HandClock) -> Messages:
    return Messages(store, clock=clock)


@pytest.fixture
def inbox(store: Store, clock: HandClock) -> Inbox:
    return Inbox(store, clock=clock)


def count(store: Store, table: Any) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_same_key_twice_is_one_message(box: Messages, store: Store) -> None:
    first = box.send(**BREAK, recipients=["7", "8"], key="break 14")
    assert box.send(**BREAK, recipients=["7", "9"], key="break 14") == first
    assert (count(store, messages), count(store, message_recipients)) == (1, 2)


def test_without_a_key_each_is_a_message(box: Messages, store: Store) -> None:
    assert box.send(**BREAK, recipients=None) != box.send(**BREAK, recipients=None)
    assert count(store, messages) == 2


def test_a_customer_named_twice_gets_it_once(box: Messages, store: Store) -> None:
    box.send(**BREAK, recipients=["7", "7", "8"])
    assert count(store, message_recipients) == 2


def test_of_many_who_send_under_one_key_at_once_one_reaches_whom_he_named(
    box: Messages, inbox: Inbox, store: Store, clock: HandClock
) -> None:
    def send(place: int) -> str:
        whom = [f"{place}-{number}" for number in range(5000)]
        return f"{place}" if box.deliver(Draft(**BREAK, recipients=whom, key="k")).is_first else ""

    (first,) = filter(None, at_once(send, number=3))
    assert [count(store, table) for table in (messages, message_recipients, deliveries)] == [1, 5000, 0]
    for place in "012":
        had = inbox.page(f"{place}-4999", since=clock() - timedelta(days=1), limit=5)
        assert len(had) == (1 if place == first else 0)


def test_a_message_within_a_transaction_shares_its_fate(box: Messages, store: Store) -> None:
    with store.writing() as connection:
        first = box.send_within(connection, **BREAK, recipients=["7"], key="solved P-17")
        again = box.send_within(connection, **BREAK, recipients=["7"], key="solved P-17")
    assert first == again
    with store.writing() as connection:
        box.send_within(connection, **BREAK, recipients=["7"], key="solved P-18")
        connection.rollback()
    assert (count(store, messages), count(store, message_recipients)) == (1, 1)


def test_messages_valid_in_the_past_are_refused_in_words(box: Messages, clock: HandClock) -> None:
    with pytest.raises(MessageRefused, match="only in the past"):
        box.send(**BREAK, recipients=None, valid_to=clock() - timedelta(minutes=1))
    with pytest.raises(MessageRefused, match="end before it begins"):
        box.send(
            **BREAK,
            recipients=None,
            valid_from=clock() + timedelta(days=2),
            valid_to=clock() + timedelta(days=1),
        )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"valid_from": datetime(2020, 1, 1, tzinfo=UTC)}, "more than a year ago"),
        ({"title": " "}, "no title"),
        ({"title": "\u200b\u3164"}, "no title"),
        ({"title": "Przerwa\nw sobotę"}, "several lines"),
        ({"key": ""}, "key is empty"),
        ({"title": "x" * 201}, "201 characters"),
        ({"body": "x" * 10_001}, "10001 characters"),
        ({"body": "a\0b"}, "signs"),
        ({"title": "\ud800"}, "signs"),
        ({"recipients": []}, "nobody"),
        ({"link": "https://elsewhere.example/"}, "no path"),
        ({"link": "//elsewhere.example/"}, "no path"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(box: Messages, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(MessageRefused, match=said):
        box.send(**{**BREAK, "recipients": None, **wrong})


def test_another_message_under_the_same_key_is_refused(box: Messages) -> None:
    box.send(**BREAK, recipients=["7"], key="k")
    with pytest.raises(MessageRefused, match='another message was sent already: "Przerwa"'):
        box.send(**{**BREAK, "body": "W niedzielę."}, recipients=["7"], key="k")


def test_whom_a_try_that_was_cut_off_had_addressed_gets_nothing_of_the_next(
    box: Messages, inbox: Inbox, store: Store, clock: HandClock
) -> None:
    Deliveries(store, clock=clock).prepare(["8"], TOLD)
    box.send(**BREAK, recipients=["7"], key="k")
    assert [len(inbox.page(c, since=clock() - timedelta(days=1), limit=5)) for c in "78"] == [1, 0]
    assert count(store, message_recipients) == 2
    clock.advance(days=1, seconds=1)
    box.send(**BREAK, recipients=["7"])
    assert count(store, message_recipients) == 2


def test_a_delivery_that_was_cleared_away_becomes_no_message(store: Store, clock: HandClock) -> None:
    slow = Deliveries(store, clock=clock)
    delivery = slow.prepare(["8"], TOLD)
    clock.advance(days=1, seconds=1)
    slow.prepare(["7"], TOLD)
    with pytest.raises(StoreUnavailable, match="longer than a day"), store.writing() as connection:
        slow.complete(connection, delivery)

"""Messages of the panel's own, on every kind of database: sending them."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from support.clock import HandClock

from wbok.domain.messages import MessageKind
from wbok.errors import MessageRefused
from wbok.store import Store
from wbok.store.drafts import Draft
from wbok.store.messages import Messages, _batches
from wbok.store.tables import message_recipients, messages

BREAK: dict[str, Any] = {"kind": MessageKind.SERVICE, "title": "Przerwa", "body": "W sobotę od 8.00."}


@pytest.fixture
def box(store: Store, clock: HandClock) -> Messages:
    return Messages(store, clock=clock)


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


def test_many_who_send_the_same_at_once_send_it_once(box: Messages, store: Store) -> None:
    everybody = [str(number) for number in range(5000)]
    sent: list[str] = []
    barrier = threading.Barrier(3)

    def send() -> None:
        barrier.wait()
        sent.append(box.send(**BREAK, recipients=everybody, key="k"))

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(sent), len(set(sent))) == (3, 1)
    assert (count(store, messages), count(store, message_recipients)) == (1, len(everybody))


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


def test_whom_a_try_that_was_cut_off_had_addressed_gets_nothing_of_the_next(
    box: Messages, store: Store
) -> None:
    cut_off = Draft(**BREAK, recipients=["8"], key="k")
    with store.writing() as connection:
        for row in recipient_rows(cut_off.message_id(), ["8"]):
            connection.execute(insert(message_recipients), row)
    box.send(**BREAK, recipients=["7"], key="k")
    with store.reading() as connection:
        there = connection.execute(select(message_recipients.c.customer_hash)).scalars().all()
    assert there == [row["customer_hash"] for row in recipient_rows(cut_off.message_id(), ["7"])]


def recipient_rows(message_id: str, recipients: list[str]) -> list[dict[str, Any]]:
    return [row for batch in _batches(message_id, recipients) for row in batch]

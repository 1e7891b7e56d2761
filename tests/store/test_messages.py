"""Messages of the panel's own, on every kind of database: sending them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from support.clock import HandClock
from support.desk import at_once
from support.statements import NOT_COUNTED

from wbok.domain.messages import MessageKind
from wbok.errors import MessageRefused, StoreUnavailable
from wbok.store import Store
from wbok.store.deliveries import BATCH, Addressed, Deliveries
from wbok.store.drafts import Draft
from wbok.store.inbox import Inbox
from wbok.store.messages import Messages
from wbok.store.tables import deliveries, message_recipients, messages

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
    assert box.send(**BREAK, recipients=["8", "7"], key="break 14") == first
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
        try:
            box.send(**BREAK, recipients=whom, key="k")
        except MessageRefused as refused:
            return str(refused)
        return str(place)

    first, *others = sorted(at_once(send, number=3), key=len)
    assert all("did not then: 5000" in refused for refused in others)
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


@pytest.mark.parametrize(
    "other",
    [
        {"urgent": True},
        {"recipients": None},
        {"link": "/helpdesk/"},
        {"markdown": True},
        {"valid_to": datetime(2100, 1, 1, tzinfo=UTC)},
        {"valid_from": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_under_a_key_nothing_goes_otherwise(box: Messages, clock: HandClock, other: dict[str, Any]) -> None:
    draft = Draft(**BREAK, recipients=["7"], key="k")
    first = box.deliver(draft)
    clock.advance(seconds=9)
    assert box.deliver(draft).message_id == first.message_id
    with pytest.raises(MessageRefused, match='another message was sent already: "Przerwa"'):
        box.deliver(replace(draft, **other))


def test_under_a_key_nobody_else_is_passed_over_in_silence(box: Messages, inbox: Inbox) -> None:
    box.send(**BREAK, recipients=["7", "8"], key="k")
    box.send(**BREAK, recipients=["8", "7", "7"], key="k")
    with pytest.raises(MessageRefused, match="now and did not then: 2; who got it then and would not now: 1"):
        box.send(**BREAK, recipients=["7", "9", "10"], key="k")


def test_whom_a_try_that_was_cut_off_had_addressed_gets_nothing_of_the_next(
    box: Messages, inbox: Inbox, store: Store, clock: HandClock
) -> None:
    Deliveries(store, clock=clock).prepare(["8"], Addressed())
    box.send(**BREAK, recipients=["7"], key="k")
    assert [len(inbox.page(c, since=clock() - timedelta(days=1), limit=5)) for c in "78"] == [1, 0]
    assert count(store, message_recipients) == 2
    clock.advance(days=1, seconds=1)
    box.send(**BREAK, recipients=["7"])
    assert count(store, message_recipients) == 2


def test_a_delivery_that_was_cleared_away_becomes_no_message(store: Store, clock: HandClock) -> None:
    slow = Deliveries(store, clock=clock)
    delivery = slow.prepare(["8"], Addressed())
    clock.advance(days=1, seconds=1)
    slow.prepare(["7"], Addressed())
    with pytest.raises(StoreUnavailable, match="longer than a day"), store.writing() as connection:
        slow.complete(connection, delivery)


def test_very_many_recipients_are_written_in_few_statements(
    box: Messages, inbox: Inbox, store: Store, clock: HandClock
) -> None:
    """What takes time is not the rows but the statements: 100,000 customers need 60 of them."""
    whom, executed = [str(number) for number in range(20_000)], list[str]()
    with listening(store, executed):
        box.send(**BREAK, recipients=whom)
    assert len(executed) <= 20_000 // BATCH + 8
    assert count(store, message_recipients) == 20_000
    assert len(inbox.page("19999", since=clock() - timedelta(days=1), limit=5)) == 1


@contextmanager
def listening(store: Store, executed: list[str]) -> Iterator[None]:
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(NOT_COUNTED):
            executed.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def test_words_are_found_in_title_and_text_also_of_the_archive(
    box: Messages, inbox: Inbox, clock: HandClock
) -> None:
    since = clock() - timedelta(days=1)
    box.send(kind=MessageKind.SERVICE, title="Łącze", body="100% _światła_", recipients=["7"])
    box.deliver(
        Draft(kind=MessageKind.BILLING, title="Faktura", body="Za **łą**cze", recipients=None, markdown=True)
    )
    box.send(kind=MessageKind.SERVICE, title="Łącze sąsiada", body="", recipients=["8"])

    def found(*words: str, who: str = "7", **more: Any) -> list[str]:
        page = inbox.page(who, since=since, archived=None, words=words, limit=9, **more)
        return sorted(message.title for message in page)

    assert found("lacze") == ["Faktura", "Łącze"]
    assert found("lacze", "swiatla") == found("100%") == found("_swiatla_") == ["Łącze"]
    assert found("%za") == found("x_") == found("sasiada") == []
    assert found("lacze", kind=MessageKind.BILLING) == found("lacze", who="9") == ["Faktura"]
    clock.advance(days=400)
    assert found("lacze") == ["Faktura", "Łącze"]

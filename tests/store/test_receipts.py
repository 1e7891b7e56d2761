"""Who received a message and when he read it, on every kind of database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from support.clock import START, HandClock
from support.files import PDF

from wbok.domain.attachments import Upload
from wbok.domain.messages import Mark, MessageKind, Origin
from wbok.errors import NotFound
from wbok.store import Store
from wbok.store.drafts import Draft
from wbok.store.inbox import Inbox, Seen
from wbok.store.messages import Messages
from wbok.store.receipts import Reader, Receipts
from wbok.store.tables import message_recipients

TEXT: dict[str, Any] = {"kind": MessageKind.SERVICE, "title": "Przerwa", "body": "Od stycznia."}
LATER = START + timedelta(hours=1)


@pytest.fixture
def receipts(store: Store) -> Receipts:
    return Receipts(store)


def read(store: Store, clock: HandClock, who: str, message_id: str, *, confirmed: bool = False) -> None:
    inbox, seen = Inbox(store, clock=clock), Seen(Origin.PANEL, message_id, START)
    (inbox.confirm(who, seen) if confirmed else inbox.read(who, [seen]))


def test_of_a_legal_message_each_recipient_is_known_with_his_times(
    store: Store, clock: HandClock, receipts: Receipts
) -> None:
    legal = Upload("Zmiana.pdf", "application/pdf", PDF)
    sent = (
        Messages(store, clock=clock)
        .deliver(Draft(**TEXT, recipients=["7", "8", "9"], legal=legal))
        .message_id
    )
    read(store, clock, "8", sent)
    clock.now = LATER
    read(store, clock, "9", sent, confirmed=True)
    read(store, clock, "8", sent)
    assert list(receipts.readers(sent)) == [
        Reader("7", None),
        Reader("8", Mark(START)),
        Reader("9", Mark(LATER, LATER)),
    ]
    receipt = receipts.of(sent)
    assert (receipt.recipients, receipt.read, receipt.confirmed, receipt.is_legal) == (3, 2, 1, True)
    assert receipts.newest(limit=5) == (receipt,)


def test_of_a_message_to_everybody_those_are_listed_who_are_customers(
    store: Store, clock: HandClock, receipts: Receipts
) -> None:
    sent = Messages(store, clock=clock).send(**TEXT, recipients=None)
    read(store, clock, "8", sent)
    assert list(receipts.readers(sent, ["7", "8"])) == [Reader("7", None), Reader("8", Mark(START))]
    assert (receipts.of(sent).recipients, receipts.of(sent).read) == (None, 1)


def test_who_was_sent_it_by_an_earlier_version_is_named_by_the_billing(
    store: Store, clock: HandClock, receipts: Receipts
) -> None:
    sent = Messages(store, clock=clock).send(**TEXT, recipients=["7", "8"])
    with store.writing() as connection:
        connection.execute(update(message_recipients).values(customer_id=None))
    assert {reader.customer_id for reader in receipts.readers(sent, ["8"])} == {"8", None}


@pytest.mark.parametrize("unknown", ["0" * 32, "", "%", "ó", "x" * 65])
def test_an_unknown_message_is_not_found(receipts: Receipts, unknown: str) -> None:
    with pytest.raises(NotFound):
        receipts.of(unknown)

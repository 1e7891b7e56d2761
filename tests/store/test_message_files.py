"""Files of messages on every kind of database: whole, for whom they are, and never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from support.clock import HandClock
from support.files import PDF, upload

from wbok.domain.attachments import Upload
from wbok.domain.messages import MessageKind
from wbok.errors import KeptFileUnusable, MessageRefused, NotFound
from wbok.store import Store
from wbok.store.deliveries import Addressed, Deliveries
from wbok.store.drafts import Draft
from wbok.store.inbox import Inbox
from wbok.store.message_files import PART, FileToWrite, MessageFiles
from wbok.store.messages import Messages
from wbok.store.tables import message_file_parts, message_files

LETTER = Upload("Zmiana cennika.pdf", "application/pdf", PDF * (2 * PART // len(PDF) + 1))
PHOTO = upload("mapa.jpg")
DRAFT = Draft(
    kind=MessageKind.BILLING,
    title="Zmiana cennika",
    body="**Nowy** cennik",
    recipients=["ab"],
    markdown=True,
    attachments=(PHOTO,),
    legal=LETTER,
)


class Home:
    def __init__(self, store: Store, clock: HandClock) -> None:
        self.store, self.clock = store, clock
        self.box = Messages(store, clock=clock)
        self.files = MessageFiles(store, clock=clock)
        self.inbox = Inbox(store, clock=clock)

    def content(self, who: str, message_id: str, place: int) -> bytes:
        file = self.files.of(message_id)[place].attachment.id
        return b"".join(self.files.of_customer(who, message_id, file).chunks)


@pytest.fixture
def home(store: Store, clock: HandClock) -> Home:
    return Home(store, clock)


def count(store: Store, table: Any) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_files_come_back_whole_the_document_first(home: Home) -> None:
    sent = home.box.deliver(DRAFT).message_id
    message = home.inbox.message("ab", sent)
    assert [(f.attachment.name, f.digest, f.is_legal) for f in message.files] == [
        (LETTER.name, LETTER.digest, True),
        (PHOTO.name, PHOTO.digest, False),
    ]
    assert (message.is_legal, message.is_markdown, message.summary) == (True, True, "Nowy cennik")
    assert [home.content("ab", sent, place) for place in (0, 1)] == [LETTER.content, PHOTO.content]
    (listed,) = home.inbox.page("ab", since=home.clock() - timedelta(days=1), limit=5)
    assert (listed.has_files, listed.files) == (True, ())


def test_another_customer_finds_no_file_and_nobody_one_of_another_message(home: Home) -> None:
    sent = home.box.deliver(DRAFT).message_id
    file = home.files.of(sent)[0].attachment.id
    other = home.box.deliver(replace(DRAFT, recipients=["AB"])).message_id
    for who, message, wanted in (
        *(("AB", sent, file), ("ab ", sent, file), ("ab", other, file), ("AB", other, file)),
        *(("ab", sent, senseless) for senseless in ("", "x" * 65, "%", "ó", "\0")),
    ):
        with pytest.raises(NotFound):
            home.files.of_customer(who, message, wanted)
    with pytest.raises(NotFound):
        home.files.of_office(other, file)


def test_before_it_is_valid_nobody_has_its_files(home: Home) -> None:
    sent = home.box.deliver(replace(DRAFT, valid_from=home.clock() + timedelta(days=1))).message_id
    with pytest.raises(NotFound):
        home.content("ab", sent, 0)
    home.clock.advance(days=1)
    assert home.content("ab", sent, 0) == LETTER.content


@pytest.mark.parametrize("what", ["another byte", "a part less", "no parts"])
def test_what_was_changed_in_the_database_is_not_handed_out(home: Home, what: str) -> None:
    sent = home.box.deliver(DRAFT).message_id
    parts = message_file_parts
    last = parts.c.place == 2
    changed = {
        "another byte": update(parts).where(last).values(content=b"x"),
        "a part less": parts.delete().where(last),
        "no parts": parts.delete().where(parts.c.file_id == home.files.of(sent)[0].attachment.id),
    }[what]
    with home.store.writing() as connection:
        connection.execute(changed)
    with pytest.raises(KeptFileUnusable, match="not what was sent"):
        home.content("ab", sent, 0)
    assert home.content("ab", sent, 1) == PHOTO.content


def test_sent_again_under_its_key_it_is_the_same_document_and_with_other_files_refused(home: Home) -> None:
    first = home.box.deliver(replace(DRAFT, key="k"))
    anew = replace(DRAFT, key="k", legal=replace(LETTER, content=PDF + b"made later"))
    again = home.box.deliver(anew)
    assert (again.message_id, again.is_first) == (first.message_id, False)
    assert home.content("ab", first.message_id, 0) == LETTER.content
    assert count(home.store, message_files) == 2
    for other in (replace(anew, attachments=()), replace(anew, legal=None)):
        with pytest.raises(MessageRefused, match="another message"):
            home.box.deliver(other)


def test_a_document_has_a_text_and_goes_to_named_customers_alone(home: Home) -> None:
    with pytest.raises(MessageRefused, match="named customers"):
        home.box.deliver(replace(DRAFT, recipients=None))
    with pytest.raises(MessageRefused, match="no text"):
        home.box.deliver(replace(DRAFT, body=" "))


def test_files_of_a_try_that_was_cut_off_are_cleared_away(home: Home) -> None:
    Deliveries(home.store, clock=home.clock).prepare(["ab"], Addressed(), [FileToWrite(LETTER)])
    home.clock.advance(days=1, seconds=1)
    home.box.deliver(replace(DRAFT, legal=None, attachments=()))
    assert [count(home.store, table) for table in (message_files, message_file_parts)] == [0, 0]

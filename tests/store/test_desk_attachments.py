"""Files of the panel's own desk: with their ticket or not at all, once for one form, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from support.clock import HandClock
from support.desk import QUESTION, RULES, at_once, opened, refused
from support.files import upload

from wbok.domain.attachments import Attachment, AttachmentContent
from wbok.domain.desk import DeskRules, NewReply, Post, Refusal
from wbok.errors import ConfigError, KeptFileUnusable, NotFound, StoreUnavailable
from wbok.store import Store
from wbok.store.desk import Desk, open_desk
from wbok.store.desk.folder import attachments_folder
from wbok.store.desk.tables import attachments
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages

PHOTO, OTHER = upload(), upload("tabliczka.jpg", b"\xff\xd8\xff another")
WITH_TWO = replace(QUESTION, uploads=(PHOTO, OTHER))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def desk(store: Store, clock: HandClock, folder: Path) -> Desk:
    return open_desk(
        store,
        keys=IdempotencyKeys(store, clock=clock),
        messages=Messages(store, clock=clock),
        clock=clock,
        folder=folder,
    )


def shown(desk: Desk, number: str) -> list[list[str]]:
    """Of each post, the names of its files."""
    thread = desk.customer.thread("7", number)
    return [[one.name for one in post.attachments] for post in thread.entries if isinstance(post, Post)]


def only_file(desk: Desk, number: str) -> Attachment:
    posts = [post for post in desk.customer.thread("7", number).entries if isinstance(post, Post)]
    return posts[0].attachments[0]


def whole(content: AttachmentContent) -> bytes:
    return b"".join(content.chunks)


def kept(store: Store, folder: Path) -> tuple[int, int]:
    """Rows, and files on the disk."""
    with store.reading() as connection:
        rows = connection.execute(select(func.count()).select_from(attachments)).scalar_one()
    return rows, len(list(folder.iterdir())) if folder.exists() else 0


def reply(desk: Desk, number: str, text: str, *, rules: DeskRules = RULES, key: str = "r") -> None:
    desk.customer.reply("7", number, NewReply("Halina", text, (PHOTO,)), key=key, rules=rules)


def test_files_stand_with_what_they_came_with_and_are_the_same(desk: Desk, folder: Path) -> None:
    number = opened(desk, WITH_TWO)
    reply(desk, number, "Jeszcze jedno")
    assert shown(desk, number) == [["licznik.jpg", "tabliczka.jpg"], ["licznik.jpg"]]
    first = only_file(desk, number)
    for content in (
        desk.customer.attachment("7", number, first.id),
        desk.office.attachment(number, first.id),
    ):
        assert whole(content) == PHOTO.content
        assert content.attachment == Attachment(first.id, "licznik.jpg", "image/jpeg", len(PHOTO.content))
    office = [post for post in desk.office.entries(number) if isinstance(post, Post)]
    assert [len(post.attachments) for post in office] == [2, 1]
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert "licznik" not in file.name


def test_nobody_elses_ticket_gives_a_file(desk: Desk) -> None:
    number = opened(desk, WITH_TWO)
    mine = only_file(desk, number).id
    other = desk.customer.open("8", QUESTION, key="o", rules=RULES)
    own = opened(desk, QUESTION, key="l")
    calls: tuple[Callable[[], object], ...] = (
        lambda: desk.customer.attachment("8", number, mine),
        lambda: desk.customer.attachment("8", other, mine),
        lambda: desk.customer.attachment("7", own, mine),
        lambda: desk.customer.attachment("7 ", number, mine),
        lambda: desk.customer.attachment("7", number, "99"),
        lambda: desk.customer.attachment("7", number, "x"),
        lambda: desk.customer.attachment("7", "x", mine),
        lambda: desk.office.attachment(other, mine),
    )
    for call in calls:
        with pytest.raises(NotFound):
            call()


def test_the_same_form_twice_keeps_its_files_once(desk: Desk, store: Store, folder: Path) -> None:
    number = opened(desk, WITH_TWO)
    assert opened(desk, WITH_TWO) == number
    assert kept(store, folder) == (2, 2)
    assert opened(desk, replace(QUESTION, uploads=(PHOTO,))) != number


def test_eight_at_once_are_one_ticket_with_its_files_once(desk: Desk, store: Store, folder: Path) -> None:
    assert len(set(at_once(lambda _i: opened(desk, WITH_TWO)))) == 1
    assert kept(store, folder) == (2, 2)


def test_what_is_refused_leaves_no_file(desk: Desk, store: Store, folder: Path) -> None:
    number = opened(desk)
    desk.customer.close("7", number)
    assert refused(lambda: reply(desk, number, "x")) is Refusal.HAS_ENDED
    assert kept(store, folder) == (0, 0)


def test_one_customer_keeps_no_more_than_his_quota_however_many_come_at_once(
    desk: Desk, store: Store, folder: Path
) -> None:
    rules = replace(RULES, most_attached=3 * len(PHOTO.content))
    number = opened(desk)

    def send(place: int) -> str:
        try:
            reply(desk, number, f"Tekst {place}", rules=rules, key=f"r{place}")
        except Exception as error:
            return str(getattr(error, "reason", error))
        return "sent"

    heard = at_once(send)
    assert (heard.count("sent"), heard.count(Refusal.TOO_MUCH_ATTACHED)) == (3, 5)
    assert kept(store, folder) == (3, 3)
    other = desk.customer.open("8", replace(QUESTION, uploads=(PHOTO,)), key="o", rules=rules)
    assert other


def test_without_a_place_nothing_is_sent_and_no_file_is_lost(store: Store, clock: HandClock) -> None:
    desk = open_desk(
        store,
        keys=IdempotencyKeys(store, clock=clock),
        messages=Messages(store, clock=clock),
        clock=clock,
    )
    assert not desk.customer.takes_attachments
    with pytest.raises(StoreUnavailable):
        opened(desk, WITH_TWO)
    assert desk.customer.of("7", limit=5) == ()


def test_a_place_that_takes_nothing_leaves_no_ticket_without_its_file(desk: Desk, folder: Path) -> None:
    folder.write_text("no folder")
    with pytest.raises(StoreUnavailable, match=r"attachments\.dir"):
        opened(desk, WITH_TWO)
    assert desk.customer.of("7", limit=5) == ()
    folder.unlink()
    assert opened(desk, WITH_TWO) == "P-1"


def test_what_a_process_that_died_left_is_cleared_away_later(
    desk: Desk, store: Store, folder: Path, clock: HandClock
) -> None:
    number = opened(desk, WITH_TWO)
    with store.writing() as connection:
        connection.execute(attachments.update().values(ticket_id=None, entry_id=None))
    reply(desk, number, "a", key="a")
    assert kept(store, folder) == (3, 3)
    clock.advance(hours=1, seconds=1)
    reply(desk, number, "b", key="b")
    assert kept(store, folder) == (2, 2)
    assert shown(desk, number) == [[], ["licznik.jpg"], ["licznik.jpg"]]


def test_what_was_being_written_by_a_process_that_was_killed_goes_with_its_row(
    desk: Desk, store: Store, folder: Path, clock: HandClock
) -> None:
    number = opened(desk, WITH_TWO)
    with store.writing() as connection:
        connection.execute(attachments.update().values(ticket_id=None, entry_id=None))
    for file in folder.iterdir():
        file.rename(folder / f".{file.name}.part")
    clock.advance(hours=1, seconds=1)
    reply(desk, number, "a")
    assert kept(store, folder) == (1, 1)


def test_a_folder_that_is_away_for_a_while_is_no_missing_file(desk: Desk, folder: Path) -> None:
    number = opened(desk, WITH_TWO)
    key = only_file(desk, number).id
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(StoreUnavailable, match=r"attachments\.dir"):
        desk.customer.attachment("7", number, key)
    with pytest.raises(StoreUnavailable, match=r"attachments\.dir"):
        desk.office.attachment(number, key)
    away.rename(folder)
    assert whole(desk.customer.attachment("7", number, key)) == PHOTO.content


def test_a_file_that_is_not_whole_is_not_handed_out(desk: Desk, folder: Path) -> None:
    number = opened(desk, WITH_TWO)
    key = only_file(desk, number).id
    for file in folder.iterdir():
        file.write_bytes(PHOTO.content[:-1])
    with pytest.raises(KeptFileUnusable, match=rf"attachments\.dir: .*attachment {key}, has "):
        desk.customer.attachment("7", number, key)


def test_a_file_that_is_gone_from_the_disk_is_named(desk: Desk, folder: Path) -> None:
    number = opened(desk, WITH_TWO)
    names = {file.name for file in folder.iterdir()}
    for file in folder.iterdir():
        file.unlink()
    missing = only_file(desk, number)
    assert missing.size is None
    with pytest.raises(KeptFileUnusable, match="is missing") as raised:
        desk.customer.attachment("7", number, missing.id)
    assert any(name in str(raised.value) for name in names)


def test_a_file_that_goes_while_it_is_sent_is_sent_whole(desk: Desk, folder: Path) -> None:
    number = opened(desk, WITH_TWO)
    content = desk.customer.attachment("7", number, only_file(desk, number).id)
    for file in folder.iterdir():
        file.unlink()
    assert whole(content) == PHOTO.content


def test_many_files_do_not_shorten_a_page_of_the_thread(desk: Desk) -> None:
    number = opened(desk, replace(QUESTION, uploads=(PHOTO,) * 3))
    for place in range(12):
        reply(desk, number, str(place), key=str(place))
    assert len(shown(desk, number)) == 13
    assert shown(desk, number)[0] == ["licznik.jpg"] * 3


def test_the_place_is_beside_a_store_in_a_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    beside: Callable[[Path | None], Path | None] = lambda chosen: attachments_folder(chosen, store)  # noqa: E731
    assert beside(None) == tmp_path / "attachments"
    assert beside(tmp_path / "files") == tmp_path / "files"
    on_server = Store("postgresql://nobody@127.0.0.1/none")
    assert attachments_folder(None, on_server) is None
    (tmp_path / "file").write_text("x")
    for wrong in (tmp_path / "no" / "where", tmp_path / "file"):
        with pytest.raises(ConfigError, match=r"attachments\.dir: "):
            beside(wrong)

"""Files of tickets in LMS: in its folders as its own panel would leave them, with the ticket or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lms.test_desk_writing import NEW, attempt, opened
from support.billing import CONTEXT
from support.clock import HandClock
from support.desk import RULES, refused
from support.files import upload
from support.lms_desk import LmsOffice, place, small_lms
from support.places import SERVERS, new_urls

from bench.lms.odd import Odd
from bench.lms.odd_tickets import HIDDEN_FILE, SHOWN_FILE
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.tickets import rtattachments, rtmessages, rttickets
from wbok.billing import Billing, Helpdesk
from wbok.domain.attachments import Attachment
from wbok.domain.desk import NewReply, NewTicket, Post, Refusal
from wbok.domain.page import PageRequest
from wbok.errors import ConfigError, NotFound, Unavailable

PHOTO = upload("zdjęcie licznika.jpg")
WITH_PHOTO = replace(NEW, uploads=(PHOTO, replace(PHOTO, content=b"\xff\xd8\xff another")))
STAFF, LMSS_OWN = b"%PDF-1.4 of the office", 0o2750


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rt"
    made.mkdir()
    made.chmod(LMSS_OWN)
    return made


@pytest.fixture(params=SERVERS)
def office(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[LmsOffice]:
    with new_urls(request.param, tmp_path) as new_url:
        yield small_lms(new_url(), clock, people=(7, 8))


def desk_over(url: str, folder: Path | None, clock: HandClock) -> Helpdesk:
    place = {} if folder is None else {"tickets_dir": str(folder)}
    billing = connect({"url": url, "write_url": url, **place}, replace(CONTEXT, clock=clock))
    assert billing.helpdesk is not None
    return billing.helpdesk


@pytest.fixture
def desk(office: LmsOffice, folder: Path, clock: HandClock) -> Helpdesk:
    return desk_over(office.url, folder, clock)


def on_disk(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def attached(desk: Helpdesk, number: str, customer: str = "7") -> list[Attachment]:
    posts = [post for post in desk.thread(customer, number).entries if isinstance(post, Post)]
    return [one for post in posts for one in post.attachments]


def kept(office: LmsOffice, folder: Path) -> tuple[int, int, list[str]]:
    return office.count(rttickets), office.count(rtattachments), on_disk(folder)


def test_files_are_left_where_lms_looks_for_them(
    office: LmsOffice, desk: Helpdesk, folder: Path, clock: HandClock
) -> None:
    assert desk.takes_attachments
    assert opened(desk, clock, WITH_PHOTO) == "B-1"
    names = ["zdj_cie_licznika-2.jpg", "zdj_cie_licznika.jpg"]
    message = "000001/000001"
    assert on_disk(folder) == ["000001", message, *(f"{message}/{name}" for name in names)]
    assert (folder / message / names[1]).read_bytes() == PHOTO.content
    with office.engine.connect() as connection:
        rows = connection.execute(rtattachments.select().order_by(rtattachments.c.filename)).all()
    assert sorted(map(tuple, rows)) == [(1, name, "image/jpeg", None) for name in names]
    modes = [(folder / path).stat().st_mode & 0o7777 for path in ("000001", message, f"{message}/{names[0]}")]
    assert modes == [LMSS_OWN, LMSS_OWN, 0o640]
    mine = attached(desk, "B-1")
    assert [one.name for one in mine] == sorted(names)
    content = desk.attachment("7", "B-1", mine[-1].id)
    assert b"".join(content.chunks) == PHOTO.content
    assert content.attachment.size == len(PHOTO.content)


def test_the_same_form_again_leaves_its_files_once_and_another_photo_is_another_reply(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    number = opened(desk, clock, WITH_PHOTO)
    assert opened(desk, clock, WITH_PHOTO) == number
    assert office.count(rtattachments) == 2
    for photo in (PHOTO, PHOTO, upload(content=b"\xff\xd8\xff third")):
        desk.reply("7", number, NewReply("H", "Oto", (photo,)), attempt=attempt(clock), rules=RULES)
    assert office.count(rtattachments) == 4
    assert office.count(rtmessages) == 3
    assert opened(desk, clock, replace(WITH_PHOTO, uploads=())) != number


def test_what_cannot_be_written_leaves_neither_ticket_nor_file(
    office: LmsOffice, desk: Helpdesk, folder: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, list[int]()

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError("no space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="no space"):
        opened(desk, clock, WITH_PHOTO)
    assert kept(office, folder) == (0, 0, [])
    monkeypatch.setattr(os, "fsync", real)
    folder.rmdir()
    with pytest.raises(Unavailable, match="tickets_dir"):
        opened(desk, clock, WITH_PHOTO)
    folder.mkdir()
    assert opened(desk, clock, WITH_PHOTO)


def test_rows_that_cannot_be_written_leave_no_file(
    office: LmsOffice, desk: Helpdesk, folder: Path, clock: HandClock
) -> None:
    rtattachments.drop(office.engine)
    with pytest.raises(Unavailable):
        opened(desk, clock, WITH_PHOTO)
    assert on_disk(folder) == []
    assert office.count(rttickets) == 0


def test_one_customer_sends_no_more_than_his_quota(
    office: LmsOffice, desk: Helpdesk, folder: Path, clock: HandClock
) -> None:
    number = opened(desk, clock, WITH_PHOTO)
    before = kept(office, folder)
    rules = replace(RULES, most_attached=sum(len(one.content) for one in WITH_PHOTO.uploads))

    def send(customer: str, new: NewTicket) -> str:
        return desk.open(customer, new, attempt=attempt(clock), rules=rules)

    one_more = replace(WITH_PHOTO, title="Jeszcze", uploads=(PHOTO,))
    assert refused(lambda: send("7", one_more)) is Refusal.TOO_MUCH_ATTACHED
    assert kept(office, folder) == before
    assert send("8", one_more) != number


def test_another_customer_gets_no_file(desk: Helpdesk, clock: HandClock) -> None:
    number, own = opened(desk, clock, WITH_PHOTO), opened(desk, clock, customer="8")
    mine = attached(desk, number)[0].id
    for customer, ticket, key in (
        ("8", number, mine),
        ("8", own, mine),
        ("07", number, mine),
        ("7", number, mine.upper()),
        ("7", number, mine + " "),
        ("7", number, "1.../../secret"),
        ("7", number, "x"),
        ("7", number, "99999999999.a"),
        ("7", "P-1", mine),
    ):
        with pytest.raises(NotFound):
            desk.attachment(customer, ticket, key)


def test_without_a_folder_no_file_is_shown_and_none_is_taken(
    office: LmsOffice, desk: Helpdesk, folder: Path, clock: HandClock
) -> None:
    number = opened(desk, clock, WITH_PHOTO)
    mine = attached(desk, number)[0].id
    without = desk_over(office.url, None, clock)
    assert not without.takes_attachments
    assert attached(without, number) == []
    with pytest.raises(NotFound):
        without.attachment("7", number, mine)
    before = kept(office, folder)
    with pytest.raises(Unavailable):
        opened(without, clock, replace(WITH_PHOTO, title="Inne"))
    assert kept(office, folder) == before


def test_a_link_out_of_the_folder_leads_nowhere(desk: Helpdesk, folder: Path, clock: HandClock) -> None:
    number = opened(desk, clock, WITH_PHOTO)
    mine = attached(desk, number)[0]
    path = folder / "000001/000001" / mine.name
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert attached(desk, number)[0].size is None
    with pytest.raises(NotFound):
        desk.attachment("7", number, mine.id)


@pytest.mark.parametrize("link", ["000001", "000001/000002"])
def test_a_folder_that_is_a_link_swallows_no_file(
    office: LmsOffice, desk: Helpdesk, folder: Path, clock: HandClock, tmp_path: Path, link: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    number = opened(desk, clock)
    (folder / link).parent.mkdir(exist_ok=True)
    (folder / link).symlink_to(elsewhere)
    before = kept(office, folder)
    with pytest.raises(Unavailable, match="tickets_dir"):
        desk.reply("7", number, NewReply("H", "Oto", (PHOTO,)), attempt=attempt(clock), rules=RULES)
    assert kept(office, folder) == before
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_is_away_for_a_while_is_no_missing_file(
    desk: Helpdesk, folder: Path, clock: HandClock
) -> None:
    number = opened(desk, clock, WITH_PHOTO)
    mine = attached(desk, number)[0].id
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(Unavailable, match="tickets_dir"):
        desk.attachment("7", number, mine)
    (away / "000001" / "000001").rename(away / "000001" / "gone")
    away.rename(folder)
    with pytest.raises(NotFound):
        desk.attachment("7", number, mine)


@pytest.mark.parametrize("value", ["rt", "/no/such/folder", "/etc/hostname"])
def test_a_folder_that_is_not_there_stops_the_start(value: str) -> None:
    for name in ("tickets_dir", "documents_dir"):
        with pytest.raises(ConfigError, match=rf"billing\.{name}: "):
            connect({"url": "postgresql://nobody@127.0.0.1/lms", name: value}, CONTEXT)


def test_a_folder_that_may_not_be_written_into_is_a_fault(
    lms_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    billing = connect({"url": lms_url, "write_url": lms_url, "tickets_dir": str(folder)}, CONTEXT)
    assert not [one for one in faults(billing) if "tickets_dir" in one]
    # Whoever runs the tests may be the one who may do everything.
    monkeypatch.setattr(os, "access", lambda _path, rights: not rights & os.W_OK)
    assert f"billing.tickets_dir: {folder} may not be written into" in faults(billing)


def faults(billing: Billing) -> list[str]:
    assert billing.check is not None
    return [finding.found for part in billing.check(show_values=False) for finding in part.findings]


def test_files_of_the_office_are_shown_and_those_of_its_notes_are_not(
    lms_url: str, folder: Path, clock: HandClock
) -> None:
    desk, writer = desk_over(lms_url, folder, clock), str(Odd.WRITER.value)
    page = desk.tickets(writer, PageRequest(limit=50))
    number = next(one.ticket.number for one in page.rows if one.ticket.title == "Rozmowa")
    with LmsOffice(lms_url, clock).engine.connect() as connection:
        rows = connection.execute(rtattachments.select()).all()
    for row in rows:
        path = folder / f"{place(number):06d}" / f"{row.messageid:06d}" / row.filename
        path.parent.mkdir(parents=True)
        path.write_bytes(STAFF)
    (shown,) = attached(desk, number, writer)
    assert (shown.name, shown.size) == (SHOWN_FILE, len(STAFF))
    assert b"".join(desk.attachment(writer, number, shown.id).chunks) == STAFF
    hidden = [f"{row.messageid}.{row.filename}" for row in rows if row.filename == HIDDEN_FILE]
    assert len(hidden) == 3
    for key in hidden:
        with pytest.raises(NotFound):
            desk.attachment(writer, number, key)

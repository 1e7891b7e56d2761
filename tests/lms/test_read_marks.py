"""What is read and confirmed in the panel is told to LMS: his own items alone, and only where it may be written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from support.billing import CONTEXT
from support.clock import START, HandClock
from support.lms import Change
from support.places import engine_of
from support.scene import Scene, make_scene, make_settings

from bench.lms.odd import Odd
from bench.lms.people import pin_of
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.messages import messageitems, messages
from wbok.billing import Billing, ReadMarks
from wbok.domain.messages import NoticeRequest
from wbok.errors import ConfigError, Unavailable

TALKER, NEIGHBOUR = str(Odd.TALKER.value), str(Odd.NEIGHBOUR.value)
NOW = int(START.timestamp())
NOWHERE = "postgresql://postgres@127.0.0.1:1/lms"
SENT, DELIVERED = 2, 5
Item = tuple[int, int, int]


def items(url: str, *conditions: Any) -> dict[int, Item]:
    """By id: status, when it last changed, when it was read."""
    c = messageitems.c
    statement = select(c.id, c.status, c.lastdate, c.lastreaddate).join(
        messages, messages.c.id == c.messageid
    )
    with engine_of(url).connect() as connection:
        return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(statement.where(*conditions))}


def changed(url: str, before: dict[int, Item]) -> dict[int, Item]:
    return {number: item for number, item in items(url).items() if item != before[number]}


def titled(billing: Billing, title: str, customer: str = TALKER) -> str:
    assert billing.notifications is not None
    rows = billing.notifications.notices(customer, NoticeRequest(limit=100)).rows
    return next(notice.id for notice in rows if notice.title == title)


@pytest.fixture
def marks(change: Change) -> ReadMarks:
    billing = change()
    assert billing.read_marks is not None
    return billing.read_marks


def test_what_is_read_is_told_once(change: Change, marks: ReadMarks, own_url: str) -> None:
    before = items(own_url)
    first, second = (int(titled(change(), title)) for title in ("Pilne", "Do Pani"))
    marks.mark_read(TALKER, [str(first), str(second)], START)
    marks.mark_read(TALKER, [str(first)], START + timedelta(hours=1))
    assert changed(own_url, before) == {first: (SENT, 0, NOW), second: (SENT, 0, NOW)}


def test_what_is_confirmed_is_told_once(change: Change, marks: ReadMarks, own_url: str) -> None:
    before = items(own_url)
    urgent = titled(change(), "Pilne")
    marks.confirm(TALKER, urgent, START)
    marks.confirm(TALKER, urgent, START + timedelta(hours=1))
    assert changed(own_url, before) == {int(urgent): (DELIVERED, NOW, NOW)}


def test_what_was_read_before_is_confirmed_all_the_same(
    change: Change, marks: ReadMarks, own_url: str
) -> None:
    urgent = titled(change(), "Pilne")
    marks.mark_read(TALKER, [urgent], START - timedelta(seconds=60))
    marks.confirm(TALKER, urgent, START)
    assert items(own_url)[int(urgent)] == (DELIVERED, NOW, NOW - 60)


Tell = Callable[[ReadMarks, str, str], None]


@pytest.mark.parametrize(
    "tell",
    [
        lambda marks, customer, notice: marks.mark_read(customer, [notice], START),
        lambda marks, customer, notice: marks.confirm(customer, notice, START),
    ],
    ids=["read", "confirm"],
)
def test_nothing_else_is_ever_written(change: Change, marks: ReadMarks, own_url: str, tell: Tell) -> None:
    theirs = titled(change(), "Do sąsiada", NEIGHBOUR)
    before = items(own_url)
    tell(marks, TALKER, theirs)
    for kind in (1, 2, 3, 4):
        (mail,) = items(own_url, messages.c.type == kind, messageitems.c.customerid == Odd.TALKER)
        tell(marks, TALKER, str(mail))
    (nobodys,) = items(own_url, messageitems.c.customerid.is_(None))
    for customer in (TALKER, "0", "", "None", "18 ", "-1", "9" * 18, "\ud800"):
        tell(marks, customer, str(nobodys))
    for senseless in ("", "x", "-1", "1 OR 1=1", "9" * 18, "9" * 400, "\x00", "\ud800", "1.0"):
        tell(marks, TALKER, senseless)
    assert changed(own_url, before) == {}


def test_a_database_that_is_gone_is_unavailable(own_url: str) -> None:
    billing = connect({"url": own_url, "write_url": NOWHERE}, replace(CONTEXT, clock=HandClock()))
    assert billing.read_marks is not None
    with pytest.raises(Unavailable):
        billing.read_marks.mark_read(TALKER, ["1"], START)


def test_without_an_address_for_writing_nothing_is_written(own_url: str) -> None:
    assert connect({"url": own_url}, CONTEXT).read_marks is None


@pytest.mark.parametrize("write_url", [7, "", "sqlite:////srv/lms.sqlite", "nonsense"])
def test_an_address_for_writing_that_is_none(own_url: str, write_url: object) -> None:
    with pytest.raises(ConfigError, match=r"billing\.write_url"):
        connect({"url": own_url, "write_url": write_url}, CONTEXT)


def scene_over(folder: Path, url: str, **more: str) -> Scene:
    settings = make_settings(folder, {"adapter": "lms", "url": url, **more})
    scene = make_scene(settings)
    # The panel's first day: what was sent before counts as read.
    scene.clock.now = START - timedelta(days=20)
    scene.visitor().get("/login")
    return scene


def test_the_pages_tell_what_is_read_and_confirmed(own_url: str, tmp_path: Path) -> None:
    scene = scene_over(tmp_path, own_url, write_url=own_url)
    customer = scene.customer(TALKER, pin_of(Odd.TALKER))
    customer.get("/notifications/")
    scene.clock.now = START
    customer = scene.customer(TALKER, pin_of(Odd.TALKER))
    urgent, html = (titled(scene.panel.billing, title) for title in ("Pilne", "Z układem"))
    before = items(own_url)
    page = customer.get(f"/notifications/B-{html}")
    assert "<p>Dzień dobry,<br>w nocy wymienimy sprzęt.</p>" in page.text
    assert changed(own_url, before) == {int(html): (SENT, 0, NOW)}
    form = {"csrf_token": customer.token("/notifications/")}
    assert customer.post(f"/notifications/B-{urgent}/confirm", form).status_code == 303
    assert items(own_url)[int(urgent)] == (DELIVERED, NOW, NOW)
    assert customer.post("/notifications/read", form).status_code == 303
    unread = items(own_url, messages.c.type.in_((5, 6)), messageitems.c.lastreaddate == 0)
    ours = items(own_url, messageitems.c.customerid == Odd.TALKER)
    shown = {int(titled(scene.panel.billing, title)) for title in ("Do Pani", "Wczoraj o czasie", "Dwa razy")}
    assert shown.isdisjoint(unread)
    assert shown <= set(ours)


def test_no_page_fails_when_lms_cannot_be_told(
    own_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    scene = scene_over(tmp_path, own_url, write_url=NOWHERE)
    customer = scene.customer(TALKER, pin_of(Odd.TALKER))
    urgent = titled(scene.panel.billing, "Pilne")
    with caplog.at_level(logging.WARNING, "wbok"):
        assert customer.get(f"/notifications/B-{urgent}").status_code == 200
    assert "the billing was not told what was read" in caplog.text
    form = {"csrf_token": customer.token("/notifications/")}
    assert customer.post(f"/notifications/B-{urgent}/confirm", form).status_code == 303
    assert "Potwierdzone" in customer.get(f"/notifications/B-{urgent}").text


def test_what_was_confirmed_in_lms_presses_no_more(change: Change, own_url: str, tmp_path: Path) -> None:
    scene = scene_over(tmp_path, own_url)
    customer = scene.customer(TALKER, pin_of(Odd.TALKER))
    customer.get("/info/")
    scene.clock.now = START
    customer = scene.customer(TALKER, pin_of(Odd.TALKER))
    assert "/confirm" in customer.get("/info/").text
    change(text("UPDATE messageitems SET status = 5, lastdate = 1700000000"))
    scene.clock.advance(minutes=11)
    assert "/confirm" not in customer.get("/info/").text

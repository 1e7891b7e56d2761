"""What stands around every page, and the inbox, on every kind of database."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from support.clock import START, HandClock

from wbok.domain.messages import Mark, MessageKind, Origin
from wbok.errors import NotFound
from wbok.store import Store
from wbok.store.inbox import Inbox, Place, Seen
from wbok.store.messages import Messages
from wbok.store.sessions import Sessions
from wbok.store.signals import Signals, notice_key
from wbok.store.tables import message_marks
from wbok.store.visits import Visits

TEXT: dict[str, Any] = {"kind": MessageKind.SERVICE, "title": "Przerwa", "body": "W sobotę.\n\nŻółw 🦊"}
LONG_AGO = START - timedelta(days=400)


class Home:
    """One store, and what two customers see of it."""

    def __init__(self, store: Store, clock: HandClock) -> None:
        self.store = store
        self.clock = clock
        self.sessions = Sessions(store, clock=clock, idle=timedelta(days=9), absolute=timedelta(days=900))
        self.visits = Visits(store, self.sessions, clock=clock)
        self.box = Messages(store, clock=clock)
        self.inbox = Inbox(store, clock=clock)
        self.tokens = {
            who: self.sessions.start(customer_id=who, customer_name="x", address="10.0.0.1")
            for who in ("ab", "AB")
        }

    def signals(self, who: str = "ab") -> Signals:
        visit = self.visits.find(self.tokens[who])
        assert visit is not None
        assert visit.session.customer_id == who
        return visit.signals

    def unread(self, who: str = "ab") -> list[str]:
        return [headline.id for headline in self.signals(who).headlines if headline.mark is None]

    def seen(self, message_id: str) -> Seen:
        return Seen(Origin.PANEL, message_id, self.clock())

    def listed(self, who: str = "ab", **more: Any) -> list[str]:
        question = {"since": self.clock() - timedelta(days=365), "limit": 10, **more}
        return [message.id for message in self.inbox.page(who, **question)]


@pytest.fixture
def home(store: Store, clock: HandClock) -> Home:
    return Home(store, clock)


def test_a_message_is_unread_for_its_recipients_alone(home: Home) -> None:
    mine, all_of_us = home.box.send(**TEXT, recipients=["ab"]), home.box.send(**TEXT, recipients=None)
    assert set(home.unread("ab")) == {mine, all_of_us}
    assert home.unread("AB") == [all_of_us]


def test_reading_ends_it_for_the_reader_alone_and_keeps_the_first_time(home: Home) -> None:
    sent = home.box.send(**TEXT, recipients=None)
    home.inbox.read("ab", [home.seen(sent)])
    home.clock.advance(hours=1)
    home.inbox.read("ab", [home.seen(sent)])
    assert (home.unread("ab"), home.unread("AB")) == ([], [sent])
    assert home.inbox.message("ab", sent).mark == Mark(START)


def test_an_urgent_message_presses_until_it_is_confirmed(home: Home) -> None:
    sent = home.box.send(**TEXT, recipients=["ab"], urgent=True)
    home.inbox.read("ab", [home.seen(sent)])
    pressing = [headline for headline in home.signals().headlines if headline.is_pressing]
    assert [(headline.id, headline.text) for headline in pressing] == [(sent, "W sobotę. Żółw 🦊")]
    home.clock.advance(hours=1)
    home.inbox.confirm("ab", home.seen(sent))
    confirmed = home.clock()
    home.clock.advance(hours=1)
    home.inbox.confirm("ab", home.seen(sent))
    assert home.signals().headlines == ()
    assert home.inbox.message("ab", sent).mark == Mark(START, confirmed)


def test_what_is_not_yet_valid_is_nowhere_and_what_is_no_longer_is_in_the_archive(home: Home) -> None:
    begins, ends = home.clock() + timedelta(days=1), home.clock() + timedelta(days=2)
    sent = home.box.send(**TEXT, recipients=None, valid_from=begins, valid_to=ends)
    assert (home.unread(), home.listed(), home.listed(archived=True)) == ([], [], [])
    with pytest.raises(NotFound):
        home.inbox.message("ab", sent)
    home.clock.now = begins
    assert (home.unread(), home.listed(), home.listed(archived=True)) == ([sent], [sent], [])
    home.clock.now = ends
    assert (home.unread(), home.listed(), home.listed(archived=True)) == ([], [], [sent])
    assert home.inbox.message("ab", sent).title == TEXT["title"]


def test_after_a_year_a_message_is_archived_and_no_longer_unread(home: Home) -> None:
    sent = home.box.send(**TEXT, recipients=None)
    home.clock.advance(days=366)
    home.tokens["ab"] = home.sessions.start(customer_id="ab", customer_name="x", address="10.0.0.1")
    assert (home.unread(), home.listed(), home.listed(archived=True)) == ([], [], [sent])


def test_the_message_of_another_customer_is_not_found(home: Home) -> None:
    sent = home.box.send(**TEXT, recipients=["ab"])
    for who in ("AB", "ab ", "b", ""):
        with pytest.raises(NotFound):
            home.inbox.message(who, sent)
        assert home.listed(who) == []


@pytest.mark.parametrize("senseless", ["", "x" * 65, "%", "\0", "ó", "' OR 1=1"])
def test_senseless_ids_are_not_found(home: Home, senseless: str) -> None:
    with pytest.raises(NotFound):
        home.inbox.message("ab", senseless)


def test_pages_are_complete_in_order_and_filtered(home: Home) -> None:
    kinds = list(MessageKind)
    for number in range(7):
        home.clock.advance(seconds=number % 2)
        home.box.send(kind=kinds[number % 3], title="x", body="", recipients=["ab"] if number % 2 else None)
    whole = home.listed()
    assert len(whole) == 7
    paged: list[str] = []
    place = None
    while page := home.inbox.page("ab", since=LONG_AGO, after=place, limit=2):
        paged += [message.id for message in page]
        place = Place(int(page[-1].sent_at.timestamp()), page[-1].id)
    assert paged == whole
    assert len(home.listed(kind=MessageKind.BILLING)) == 2


def test_of_very_many_unread_the_newest_hundred_are_told(home: Home) -> None:
    for number in range(120):
        home.clock.advance(seconds=1)
        home.box.send(**TEXT, recipients=["ab"], key=str(number))
    assert len(home.unread()) == 100
    assert home.unread()[0] == home.listed(limit=1)[0]


def test_what_went_to_everybody_and_is_over_or_urgent_pushes_nothing_out(home: Home) -> None:
    sent = home.box.send(**TEXT, recipients=None)
    for number in range(60):
        home.clock.advance(seconds=1)
        home.box.send(
            **TEXT, recipients=None, key=f"o{number}", valid_to=home.clock() + timedelta(seconds=0.5)
        )
        urgent = home.box.send(**TEXT, recipients=None, key=f"u{number}", urgent=True)
        home.inbox.confirm("ab", home.seen(urgent))
    home.clock.advance(seconds=9)
    assert home.unread() == [sent]


def test_older_unread_ones_are_told_once_the_newest_were_read(home: Home) -> None:
    sent = []
    for number in range(103):
        home.clock.advance(seconds=1)
        sent.append(home.box.send(**TEXT, recipients=["ab", "AB"], key=str(number)))
    home.inbox.read("ab", [home.seen(message) for message in home.unread()])
    assert home.unread() == [sent[2], sent[1], sent[0]]
    home.inbox.read("ab", [home.seen(message) for message in sent])
    assert (home.unread(), len(home.unread("AB"))) == ([], 100)


def test_an_urgent_one_presses_behind_any_number_of_newer_ones(home: Home) -> None:
    urgent = [home.box.send(**TEXT, recipients=to, urgent=True) for to in (["ab"], None)]
    for number in range(101):
        home.clock.advance(seconds=1)
        home.box.send(**TEXT, recipients=None, key=str(number))
    assert {one.id for one in home.signals().headlines if one.is_pressing} == set(urgent)


def test_marks_of_the_billings_notices_are_kept_beside_and_told(home: Home) -> None:
    notice = Seen(Origin.BILLING, "17", START)
    assert home.inbox.mark("ab", notice) is None
    home.inbox.confirm("ab", notice)
    assert home.inbox.mark("ab", notice) == Mark(START, START)
    assert home.signals("ab").notice_marks == {notice_key("17"): Mark(START, START)}
    assert home.signals("AB").notice_marks == {}


def test_a_page_opened_many_times_at_once_is_read_once(home: Home) -> None:
    sent = [home.box.send(**TEXT, recipients=["ab"]) for _ in range(5)]
    barrier = threading.Barrier(4)

    def read() -> None:
        barrier.wait()
        home.inbox.read("ab", [home.seen(message) for message in sent])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with home.store.reading() as connection:
        marks = connection.execute(select(func.count()).select_from(message_marks)).scalar()
    assert (marks, home.unread()) == (5, [])


def test_the_first_day_of_the_panel_is_kept(home: Home) -> None:
    first = home.signals().first_day
    home.clock.advance(days=3)
    home.visits.begin(home.clock())
    assert (first, home.signals().first_day) == (START, START)


def test_a_session_that_ended_is_nobodys_visit(home: Home, clock: HandClock) -> None:
    home.box.send(**TEXT, recipients=None)
    assert home.visits.find("no such session") is None
    clock.now = datetime.fromtimestamp(clock().timestamp(), clock().tzinfo) + timedelta(days=10)
    assert home.visits.find(home.tokens["ab"]) is None

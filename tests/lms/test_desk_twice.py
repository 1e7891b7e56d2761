"""A form that is cut off between the billing and the store, sent again: one ticket, one reply, one message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.billing import CONTEXT
from support.clock import HandClock
from support.desk import FAULT, QUESTION, RULES, posts, refused
from support.kept import Kept
from support.lms_desk import LmsOffice, lent_lms
from support.places import SERVERS
from support.stores import lent_store

from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.tickets import rtmessages, rttickets
from wbok.billing import Billing
from wbok.domain.desk import ComplaintClock, DeskKind, NewReply, Refusal, Ticket, TicketKind
from wbok.domain.letters import Recipient, To
from wbok.errors import StoreUnavailable
from wbok.store import Store
from wbok.store.desk import Desk, DeskPlan, open_desk
from wbok.store.desk.side import Solution
from wbok.store.dispatch import Dispatch
from wbok.store.idempotency import IdempotencyKeys, Reserved
from wbok.store.messages import Messages
from wbok.store.outbox import Outbox


class Died(BaseException):
    """As a process that is killed: nobody catches it."""


class CutOff(IdempotencyKeys):
    """The panel dies when the billing has written, before its own store has."""

    def finish(self, reserved: Reserved, outcome: str, **_also: object) -> None:
        raise Died


class Away(IdempotencyKeys):
    """The store is away when the billing has written."""

    def finish(self, reserved: Reserved, outcome: str, **_also: object) -> None:
        raise StoreUnavailable("away")


def solution(ticket: Ticket) -> Solution:
    return Solution(f"{ticket.number} rozwiązane", "x", "/helpdesk/")


@dataclass(frozen=True, slots=True)
class Home:
    office: LmsOffice
    store: Store
    billing: Billing
    clock: HandClock

    def desk(self, keys: type[IdempotencyKeys] = IdempotencyKeys) -> Desk:
        return open_desk(
            self.store,
            keys=keys(self.store, clock=self.clock),
            messages=Messages(self.store, clock=self.clock),
            clock=self.clock,
            billing=self.billing,
            plan=DeskPlan(DeskKind.BILLING, "tabs.helpdesk.desk", solution),
            outbox=self.outbox,
        )

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.store, clock=self.clock, is_open=True)

    def due(self) -> int:
        """How many letters may leave now."""
        return len(Dispatch(self.store, self.outbox, clock=self.clock).claim())

    def told(self) -> list[Recipient]:
        """What is to be sent to the staff."""
        return [one.recipient for one in self.outbox.entries(limit=9)]


@pytest.fixture(params=SERVERS)
def home(
    request: pytest.FixtureRequest, tmp_path: Path, kept_databases: Kept, clock: HandClock
) -> Iterator[Home]:
    """The store on the same kind of database as LMS."""
    with (
        lent_lms(kept_databases, request.param, clock, people=(7, 8)) as office,
        lent_store(kept_databases, request.param, tmp_path) as store_url,
    ):
        billing = connect({"url": office.url, "write_url": office.url}, replace(CONTEXT, clock=clock))
        yield Home(office, Store(store_url), billing, clock)


@pytest.mark.parametrize("later", [{"seconds": 0}, {"minutes": 5}, {"days": 3}])
def test_a_ticket_that_was_cut_off_is_found_again(home: Home, later: dict[str, float]) -> None:
    for _ in range(2):
        with pytest.raises(Died):
            home.desk(CutOff).customer.open("7", QUESTION, key="k", rules=RULES)
    home.clock.advance(**later)
    for _ in range(2):
        assert home.desk().customer.open("7", QUESTION, key="k", rules=RULES) == "B-1"
    assert (home.office.count(rttickets), home.office.count(rtmessages)) == (1, 1)
    assert home.told() == [Recipient(To.STAFF, "B-1")]
    home.clock.advance(minutes=5)
    assert home.desk().customer.open("7", QUESTION, key="another", rules=RULES) == "B-2"


def test_a_reply_that_was_cut_off_is_found_again(home: Home) -> None:
    whole, half = home.desk().customer, home.desk(CutOff).customer
    number = whole.open("7", QUESTION, key="k", rules=RULES)
    home.office.set(number, state=2)
    for again in (half.reopen, half.reply):
        with pytest.raises(Died):
            again("7", number, NewReply("H", "Nadal nie"), key="r", rules=RULES)
    home.clock.advance(hours=1)
    for _ in range(2):
        whole.reply("7", number, NewReply("H", "Nadal nie"), key="r", rules=RULES)
    assert len(home.told()) == 2
    assert posts(home.desk(), number) == [f"{QUESTION.body}\n\nTelefon kontaktowy: 600 000 427", "Nadal nie"]


def test_a_store_that_is_away_once_the_billing_has_written_costs_neither_answer_nor_letter(
    home: Home,
) -> None:
    desk = home.desk(Away).customer
    assert desk.open("7", QUESTION, key="k", rules=RULES) == "B-1"
    desk.reply("7", "B-1", NewReply("H", "Dodam, że pilne."), key="r", rules=RULES)
    assert home.told() == [Recipient(To.STAFF, "B-1")] * 2
    # Until then the staff of a ticket that is just being kept could not be found.
    assert home.due() == 0
    home.clock.advance(minutes=5)
    assert home.due() == 2


@pytest.mark.parametrize("keys", [CutOff, Away])
def test_a_complaint_keeps_its_day_whatever_fails_once_the_billing_has_it(
    home: Home, keys: type[IdempotencyKeys]
) -> None:
    due = home.clock().date() + timedelta(days=30)
    complaint = replace(QUESTION, kind=TicketKind.COMPLAINT, answer_due=due)
    with suppress(Died):
        home.desk(keys).customer.open("7", complaint, key="k", rules=RULES)
    desk = home.desk()
    assert [(one.number, one.due_on) for one in desk.office.complaints(limit=9)] == [("B-1", due)]
    assert desk.customer.thread("7", "B-1").complaint == ComplaintClock(due)
    home.clock.advance(days=3)
    again = replace(complaint, answer_due=due + timedelta(days=3))
    assert desk.customer.open("7", again, key="k", rules=RULES) == "B-1"
    assert [(one.number, one.due_on) for one in desk.office.complaints(limit=9)] == [("B-1", due)]


def test_a_letter_that_cannot_be_kept_leaves_nothing_in_the_billing(home: Home) -> None:
    desk, tables = home.desk().customer, (rttickets, rtmessages)
    number = desk.open("7", QUESTION, key="k", rules=RULES)
    before = [home.office.rows(table) for table in tables]
    with home.store.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE letters RENAME TO letters_away")
    try:
        with pytest.raises(StoreUnavailable):
            desk.open("7", FAULT, key="l", rules=RULES)
        with pytest.raises(StoreUnavailable):
            desk.reply("7", number, NewReply("H", "x"), key="r", rules=RULES)
        assert [home.office.rows(table) for table in tables] == before
    finally:
        with home.store.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE letters_away RENAME TO letters")


def test_forms_that_the_billing_takes_for_one_are_told_once(home: Home) -> None:
    desk = home.desk().customer
    tagged = replace(QUESTION, body=f"<b>{QUESTION.body}</b>")
    assert {desk.open("7", one, key="k", rules=RULES) for one in (QUESTION, tagged)} == {"B-1"}
    for text in ("Nadal nie", "<i>Nadal nie</i>"):
        desk.reply("7", "B-1", NewReply("H", text), key="r", rules=RULES)
    assert home.told() == [Recipient(To.STAFF, "B-1")] * 2
    assert home.due() == 2


def test_a_ticket_that_the_staff_deleted_is_not_taken_for_the_one_that_is_sent(home: Home) -> None:
    desk = home.desk().customer
    number = desk.open("7", QUESTION, key="k", rules=RULES)
    home.office.set(number, deleted=1)
    again = desk.open("7", QUESTION, key="another", rules=RULES)
    assert again != number
    assert desk.thread("7", again).ticket.number == again


def test_an_email_of_a_stranger_is_nobodys_word_in_a_ticket(home: Home) -> None:
    desk = home.desk()
    number = desk.customer.open("7", QUESTION, key="k", rules=RULES)
    home.office.answer(number, "OBCY PISZE", userid=None, mailfrom="obcy@example.org")
    home.office.answer(number, "Dzień dobry")
    assert posts(desk, number)[1:] == ["Dzień dobry"]


def test_a_ticket_with_a_moment_that_no_calendar_has_is_shown(home: Home) -> None:
    desk = home.desk()
    number = desk.customer.open("7", QUESTION, key="k", rules=RULES)
    # The largest that MariaDB's column takes is a day of 2038: only PostgreSQL can have worse.
    far = 99_999_999_999_999 if home.office.engine.dialect.name == "postgresql" else 2**31 - 1
    home.office.set(number, createtime=far, modtime=far)
    assert [ticket.number for ticket in desk.customer.of("7", limit=5)] == [number]
    assert desk.customer.thread("7", number).ticket.number == number


def test_what_was_refused_may_be_sent_again(home: Home) -> None:
    desk = home.desk().customer
    number = desk.open("7", QUESTION, key="k", rules=RULES)
    home.office.set(number, state=3)

    def late() -> None:
        desk.reply("7", number, NewReply("H", "x"), key="r", rules=RULES)

    assert refused(late) is Refusal.HAS_ENDED
    home.office.set(number, state=1)
    late()
    assert home.office.count(rtmessages) == 2


def test_the_watch_goes_on_where_it_ended_and_tells_each_once(home: Home) -> None:
    desk = home.desk()
    assert desk.watch is not None
    numbers = [desk.customer.open(who, QUESTION, key=who, rules=RULES) for who in "78"]
    assert desk.watch() == 0
    home.office.resolve(numbers[0], "Gotowe.")
    home.office.answer(numbers[1], "Jedziemy.")
    first, second = desk.watch(), desk.watch()
    assert (first, second) == (2, 0)
    home.office.note(numbers[1], "wewnętrzne")
    assert desk.watch() == 0
    assert desk.customer.thread("7", numbers[0]).ticket.is_unread
    assert desk.customer.thread("8", numbers[1]).ticket.is_unread
    desk.customer.mark_read("8", numbers[1], version=desk.customer.thread("8", numbers[1]).version)
    assert not desk.customer.thread("8", numbers[1]).ticket.is_unread


def test_a_solution_that_was_taken_back_and_given_again_is_told_again(home: Home) -> None:
    desk = home.desk()
    assert desk.watch is not None
    number = desk.customer.open("7", QUESTION, key="k", rules=RULES)
    for text in ("raz", "dwa"):
        home.office.resolve(number, text)
        assert desk.watch() == 1
        home.office.set(number, state=1)
        home.office.note(number, "otwarte na nowo")
        assert desk.watch() == 0
    with home.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM messages").scalar() == 2

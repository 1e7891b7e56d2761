"""Tickets of customers, on every kind of database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from support.clock import HandClock
from support.desk import (
    FAULT,
    QUESTION,
    RULES,
    SOLUTION,
    at_once,
    opened,
    posts,
    refused,
    solve,
    statuses,
)

from wbok.billing import Billing
from wbok.domain.desk import (
    DeskKind,
    DeskRules,
    NewReply,
    NewTicket,
    Post,
    Refusal,
    TicketKind,
    TicketRefused,
    TicketStatus,
)
from wbok.domain.letters import Topic
from wbok.domain.page import PageRequest
from wbok.errors import NotFound, Rejected
from wbok.store import Store
from wbok.store.desk import Desk, DeskPlan, open_desk
from wbok.store.desk.tables import tickets
from wbok.store.dispatch import Dispatch
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages
from wbok.store.outbox import Outbox
from wbok.testing import memory_billing
from wbok.testing.desk import MemoryHelpdesk


def test_the_same_form_twice_is_one_ticket_and_a_changed_one_is_another(desk: Desk) -> None:
    first = opened(desk)
    assert opened(desk) == first
    changed = NewTicket(TicketKind.QUESTION, "question", "office", "Inny", "Tekst", "Halina")
    assert opened(desk, changed) != first
    assert len(desk.customer.of("7", limit=10)) == 2


def test_a_billing_that_names_nothing_as_written_has_its_staff_told_once(
    store: Store, clock: HandClock
) -> None:
    outbox = Outbox(store, clock=clock, is_open=True)
    billing = Billing(
        customers=memory_billing().customers,
        helpdesk=MemoryHelpdesk({"7"}, clock=clock),
        ticket_staff=lambda _number: ("marta@example.pl",),
    )
    desk = open_desk(
        store,
        keys=IdempotencyKeys(store, clock=clock),
        messages=Messages(store, clock=clock),
        clock=clock,
        billing=billing,
        plan=DeskPlan(DeskKind.BILLING, "tabs.helpdesk.desk", lambda _ticket: SOLUTION),
        outbox=outbox,
    ).customer
    for _ in range(2):
        number = desk.open("7", QUESTION, key="k", rules=RULES)
        desk.reply("7", number, NewReply("H", "Dodam"), key="r", rules=RULES)
    told = Dispatch(store, outbox, clock=clock).claim()
    assert [one.letter.topic for one in told] == [Topic.NEW_TICKET, Topic.NEW_REPLY]


def test_eight_at_once_are_one_ticket(desk: Desk) -> None:
    numbers = at_once(lambda _i: opened(desk))
    assert len(set(numbers)) == 1
    assert len(desk.customer.of("7", limit=10)) == 1


def test_eight_at_once_open_no_more_than_the_rules_allow(desk: Desk) -> None:
    rules = DeskRules(max_open=3, max_per_hour=100, max_replies=100, reopen_days=14)

    def send(place: int) -> str:
        try:
            return desk.customer.open("7", QUESTION, key=f"k{place}", rules=rules)
        except TicketRefused as refusal:
            return refusal.reason

    assert at_once(send).count(Refusal.TOO_MANY_OPEN) == 5
    assert len(desk.customer.of("7", limit=10)) == 3


def test_only_so_many_are_received_in_an_hour(desk: Desk, clock: HandClock) -> None:
    rules = DeskRules(max_open=100, max_per_hour=2, max_replies=100, reopen_days=14)
    for key in ("a", "b"):
        desk.customer.open("7", QUESTION, key=key, rules=rules)
    third: Callable[[], str] = lambda: desk.customer.open("7", QUESTION, key="c", rules=rules)  # noqa: E731
    assert refused(third) is Refusal.TOO_MANY_NEW
    desk.customer.open("8", QUESTION, key="c", rules=rules)
    clock.advance(hours=1, seconds=1)
    assert third() == "P-4"


@pytest.mark.parametrize("other", ["8", "7 ", "٧", "07"])
def test_a_ticket_of_another_customer_is_not_there(desk: Desk, other: str) -> None:
    number = opened(desk)
    for call in (
        lambda: desk.customer.thread(other, number),
        lambda: desk.customer.reply(other, number, NewReply("x", "x"), key="x", rules=RULES),
        lambda: desk.customer.reopen(other, number, NewReply("x", "x"), key="y", rules=RULES),
        lambda: desk.customer.close(other, number),
        lambda: desk.customer.mark_read(other, number, version=1),
        lambda: desk.customer.thread("7", "P-99"),
        lambda: desk.office.ticket("P-99"),
        lambda: desk.office.ticket("x"),
    ):
        with pytest.raises(NotFound):
            call()
    assert desk.customer.of(other, limit=5) == ()
    assert posts(desk, number) == [QUESTION.body]


def test_customers_whose_ids_differ_by_case_share_no_ticket(desk: Desk) -> None:
    for customer in ("ab", "AB", "ab "):
        opened(desk, customer=customer)
    assert [len(desk.customer.of(c, limit=5)) for c in ("ab", "AB", "ab ")] == [1, 1, 1]


def test_a_form_that_is_refused_many_times_at_once_is_refused_and_no_more(desk: Desk) -> None:
    rules = DeskRules(max_open=0, max_per_hour=100, max_replies=100, reopen_days=14)

    def send(place: int) -> str:
        try:
            return desk.customer.open("7", QUESTION, key=f"k{place // 8}", rules=rules)
        except TicketRefused as refusal:
            return refusal.reason

    for turn in range(5):
        heard = at_once(lambda place, turn=turn: send(place + 8 * turn))  # type: ignore[misc]
        assert set(heard) == {Refusal.TOO_MANY_OPEN}


def test_opening_again_is_within_what_may_be_open(desk: Desk) -> None:
    rules = DeskRules(max_open=1, max_per_hour=100, max_replies=100, reopen_days=14)
    ended = opened(desk)
    desk.customer.close("7", ended)
    opened(desk, key="l")
    again: Callable[[], None] = lambda: desk.customer.reopen(  # noqa: E731
        "7", ended, NewReply("Halina", "Znowu"), key="r", rules=rules
    )
    assert refused(again) is Refusal.TOO_MANY_OPEN
    assert posts(desk, ended) == [QUESTION.body]


def test_the_same_form_with_another_phone_is_not_lost(desk: Desk) -> None:
    first = opened(desk)
    second = opened(desk, replace(QUESTION, phone="600 000 999"))
    assert [desk.office.ticket(number).phone for number in (first, second)] == ["600 000 427", "600 000 999"]


def test_a_reply_to_what_waits_for_the_customer_sets_it_going(desk: Desk) -> None:
    number = opened(desk)
    desk.office.set_status(desk.office.ticket(number), TicketStatus.WAITING)
    for _ in range(2):
        desk.customer.reply("7", number, NewReply("Halina", "Już"), key="r", rules=RULES)
    assert posts(desk, number) == [QUESTION.body, "Już"]
    assert statuses(desk, number)[-1] is TicketStatus.IN_PROGRESS


def test_what_has_ended_takes_no_reply_and_opens_again_in_time(desk: Desk, clock: HandClock) -> None:
    number = opened(desk, FAULT)
    solve(desk, number)

    def reopen(key: str) -> None:
        desk.customer.reopen("7", number, NewReply("Halina", f"Znowu {key}"), key=key, rules=RULES)

    reply = lambda: desk.customer.reply("7", number, NewReply("H", "x"), key="a", rules=RULES)  # noqa: E731
    assert refused(reply) is Refusal.HAS_ENDED
    clock.advance(days=14)
    reopen("b")
    assert desk.customer.thread("7", number).ticket.status is TicketStatus.TO_DO
    reopen("c")
    assert posts(desk, number)[-2:] == ["Znowu b", "Znowu c"]
    desk.customer.close("7", number)
    desk.customer.close("7", number)
    clock.advance(days=14, seconds=1)
    assert refused(lambda: reopen("d")) is Refusal.TOO_LATE


def test_ten_thousand_tickets_are_read_page_by_page(desk: Desk, store: Store) -> None:
    first = opened(desk)
    with store.writing() as connection:
        row = dict(connection.execute(select(tickets)).mappings().one())
        del row["id"]
        connection.execute(tickets.insert(), [row | {"is_current": False} for _ in range(9_999)])
    page, seen = desk.customer.tickets("7", PageRequest(limit=2500)), 0
    while True:
        seen += len(page.rows)
        if page.next is None:
            break
        page = desk.customer.tickets("7", PageRequest(after=page.next, limit=2500))
    assert (seen, page.rows[-1].number) == (10_000, first)
    for mark in ("x", "17", "P-0", "P-99999999999"):
        with pytest.raises(Rejected):
            desk.customer.tickets("7", PageRequest(after=mark))


def test_a_long_thread_is_read_from_its_end(desk: Desk) -> None:
    number = opened(desk)
    for place in range(45):
        desk.customer.reply("7", number, NewReply("Halina", str(place)), key=str(place), rules=RULES)
    thread, texts = desk.customer.thread("7", number), list[str]()
    while True:
        texts = [e.text for e in thread.entries if isinstance(e, Post)] + texts
        if thread.older is None:
            break
        thread = desk.customer.thread("7", number, before=thread.older)
    assert texts == [QUESTION.body, *map(str, range(45))]
    with pytest.raises(Rejected):
        desk.customer.thread("7", number, before="x")

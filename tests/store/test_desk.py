"""Tickets of customers and what the office does with them, on every kind of database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from support.clock import HandClock

from wbok.domain.desk import (
    DeskRules,
    NewTicket,
    Post,
    Refusal,
    StatusChange,
    TicketKind,
    TicketRefused,
    TicketStatus,
)
from wbok.domain.page import PageRequest
from wbok.errors import NotFound, Rejected
from wbok.store import Store
from wbok.store.desk import Desk, open_desk
from wbok.store.desk.office import Solution, TicketFilter
from wbok.store.desk.tables import tickets
from wbok.store.idempotency import IdempotencyKeys
from wbok.store.messages import Messages
from wbok.store.tables import message_recipients, messages

RULES = DeskRules(max_open=20, max_per_hour=20, reopen_days=14)
QUESTION = NewTicket(
    kind=TicketKind.QUESTION,
    category="question",
    queue="office",
    title="Zmiana adresu 🦊",
    body="Dzień dobry,\nproszę o zmianę.",
    author="Halina Brzozowska",
    phone="600 000 427",
)
FAULT = NewTicket(
    kind=TicketKind.FAULT,
    category="internet",
    queue="technical",
    title="Brak internetu",
    body="Od rana.",
    author="Halina Brzozowska",
)
SOLUTION = Solution("Rozwiązane", "Zgłoszenie zostało rozwiązane.", "/helpdesk/P-1")


@pytest.fixture
def desk(store: Store, clock: HandClock) -> Desk:
    return open_desk(
        store,
        keys=IdempotencyKeys(store, clock=clock),
        messages=Messages(store, clock=clock),
        clock=clock,
    )


def opened(desk: Desk, new: NewTicket = QUESTION, *, customer: str = "7", key: str = "k") -> str:
    return desk.customer.open(customer, new, key=key, rules=RULES)


def solve(desk: Desk, number: str, text: str | None = None) -> None:
    desk.office.solve(desk.office.ticket(number), author="Marta", text=text, solution=SOLUTION)


def statuses(desk: Desk, number: str) -> list[TicketStatus]:
    return [e.status for e in desk.office.entries(number) if isinstance(e, StatusChange)]


def posts(desk: Desk, number: str, customer: str = "7") -> list[str]:
    return [e.text for e in desk.customer.thread(customer, number).entries if isinstance(e, Post)]


def refused(call: Callable[[], object]) -> Refusal:
    with pytest.raises(TicketRefused) as caught:
        call()
    return caught.value.reason


def test_a_question_is_received_and_a_fault_is_to_do_at_once(desk: Desk) -> None:
    question, fault = opened(desk), opened(desk, FAULT)
    assert statuses(desk, question) == [TicketStatus.RECEIVED]
    assert statuses(desk, fault) == [TicketStatus.RECEIVED, TicketStatus.TO_DO]
    ticket = desk.customer.thread("7", fault).ticket
    assert (ticket.status, ticket.queue, ticket.is_unread) == (TicketStatus.TO_DO, "technical", False)
    assert posts(desk, question) == [QUESTION.body]


def test_the_same_form_twice_is_one_ticket_and_a_changed_one_is_another(desk: Desk) -> None:
    first = opened(desk)
    assert opened(desk) == first
    changed = NewTicket(TicketKind.QUESTION, "question", "office", "Inny", "Tekst", "Halina")
    assert opened(desk, changed) != first
    assert len(desk.customer.of("7", limit=10)) == 2


def test_eight_at_once_are_one_ticket(desk: Desk) -> None:
    numbers = at_once(lambda _i: opened(desk))
    assert len(set(numbers)) == 1
    assert len(desk.customer.of("7", limit=10)) == 1


def test_eight_at_once_open_no_more_than_the_rules_allow(desk: Desk) -> None:
    rules = DeskRules(max_open=3, max_per_hour=100, reopen_days=14)

    def send(place: int) -> str:
        try:
            return desk.customer.open("7", QUESTION, key=f"k{place}", rules=rules)
        except TicketRefused as refusal:
            return refusal.reason

    assert at_once(send).count(Refusal.TOO_MANY_OPEN) == 5
    assert len(desk.customer.of("7", limit=10)) == 3


def test_only_so_many_are_received_in_an_hour(desk: Desk, clock: HandClock) -> None:
    rules = DeskRules(max_open=100, max_per_hour=2, reopen_days=14)
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
        lambda: desk.customer.reply(other, number, author="x", text="x", key="x"),
        lambda: desk.customer.reopen(other, number, author="x", text="x", key="y", rules=RULES),
        lambda: desk.customer.close(other, number),
        lambda: desk.customer.mark_read(other, number),
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


def test_an_answer_is_unread_until_it_is_opened(desk: Desk) -> None:
    number = opened(desk)
    desk.office.answer(desk.office.ticket(number), author="Marta", text="Dzień dobry")
    ticket = desk.customer.thread("7", number).ticket
    assert (ticket.is_unread, ticket.status) == (True, TicketStatus.IN_PROGRESS)
    desk.customer.mark_read("7", number)
    assert not desk.customer.thread("7", number).ticket.is_unread
    assert posts(desk, number) == [QUESTION.body, "Dzień dobry"]


@pytest.mark.parametrize("status", [TicketStatus.WAITING, TicketStatus.CLOSED])
def test_what_the_customer_read_meanwhile_stays_read(desk: Desk, status: TicketStatus) -> None:
    read, unread = opened(desk), opened(desk, key="l")
    for number in (read, unread):
        desk.office.answer(desk.office.ticket(number), author="Marta", text="Dzień dobry")
    seen = [desk.office.ticket(number) for number in (read, unread)]
    desk.customer.mark_read("7", read)
    for one in seen:
        desk.office.set_status(one, status)
    assert [desk.office.ticket(number).ticket.is_unread for number in (read, unread)] == [False, True]


def test_a_reply_to_what_waits_for_the_customer_sets_it_going(desk: Desk) -> None:
    number = opened(desk)
    desk.office.set_status(desk.office.ticket(number), TicketStatus.WAITING)
    for _ in range(2):
        desk.customer.reply("7", number, author="Halina", text="Już", key="r")
    assert posts(desk, number) == [QUESTION.body, "Już"]
    assert statuses(desk, number)[-1] is TicketStatus.IN_PROGRESS


def test_status_answer_and_message_of_a_solution_are_written_together(desk: Desk, store: Store) -> None:
    number = opened(desk, FAULT)
    solve(desk, number, "Złącze wymienione.")
    ticket = desk.customer.thread("7", number).ticket
    assert (ticket.status, ticket.is_unread) == (TicketStatus.SOLVED, True)
    assert posts(desk, number)[-1] == "Złącze wymienione."
    assert sent(store) == (1, 1)


def test_a_solution_whose_message_cannot_be_sent_leaves_nothing(desk: Desk, store: Store) -> None:
    number = opened(desk, FAULT)
    broken = Solution("", "", "/helpdesk/P-1")
    with pytest.raises(Exception, match="no title"):
        desk.office.solve(desk.office.ticket(number), author="M", text="x", solution=broken)
    assert desk.customer.thread("7", number).ticket.status is TicketStatus.TO_DO
    assert posts(desk, number) == [FAULT.body]
    assert sent(store) == (0, 0)


def test_two_clerks_at_once_solve_it_once(desk: Desk, store: Store) -> None:
    number = opened(desk, FAULT)
    seen = desk.office.ticket(number)

    def attempt(_place: int) -> str:
        try:
            desk.office.solve(seen, author="Marta", text="x", solution=SOLUTION)
        except TicketRefused as refusal:
            return refusal.reason
        return "solved"

    assert sorted(at_once(attempt, number=4)) == [Refusal.CHANGED_MEANWHILE] * 3 + ["solved"]
    assert sent(store) == (1, 1)


def test_whoever_has_not_seen_the_customers_reply_changes_nothing(desk: Desk) -> None:
    number = opened(desk)
    seen = desk.office.ticket(number)
    desk.customer.reply("7", number, author="Halina", text="Jeszcze jedno", key="r")
    for change in (
        lambda: desk.office.set_status(seen, TicketStatus.CLOSED),
        lambda: desk.office.answer(seen, author="Marta", text="x"),
        lambda: desk.office.assign(seen, assignee="ola"),
    ):
        assert refused(change) is Refusal.CHANGED_MEANWHILE
    assert len(posts(desk, number)) == 2


def test_steps_that_make_no_sense_are_refused(desk: Desk) -> None:
    number = opened(desk)
    seen = desk.office.ticket(number)
    assert refused(lambda: desk.office.set_status(seen, TicketStatus.RECEIVED)) is Refusal.NOT_FROM_HERE
    with pytest.raises(ValueError, match="solution"):
        desk.office.set_status(seen, TicketStatus.SOLVED)


def test_what_has_ended_takes_no_reply_and_opens_again_in_time(desk: Desk, clock: HandClock) -> None:
    number = opened(desk, FAULT)
    solve(desk, number)

    def reopen(key: str) -> None:
        desk.customer.reopen("7", number, author="Halina", text=f"Znowu {key}", key=key, rules=RULES)

    reply = lambda: desk.customer.reply("7", number, author="H", text="x", key="a")  # noqa: E731
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


def test_notes_are_the_offices_own(desk: Desk, store: Store) -> None:
    number = opened(desk)
    desk.office.note(desk.office.ticket(number), author="Marta", text="Trudny klient")
    assert [note.text for note in desk.office.notes(number)] == ["Trudny klient"]
    thread = desk.customer.thread("7", number)
    assert "Trudny" not in repr(thread)
    assert "Trudny" not in repr(desk.customer.of("7", limit=9))


def test_the_office_finds_by_queue_status_age_and_assignee(desk: Desk, clock: HandClock) -> None:
    question = opened(desk)
    clock.advance(days=3)
    fault = opened(desk, FAULT, customer="8")
    solved = opened(desk, FAULT, key="other")
    solve(desk, solved)
    desk.office.assign(desk.office.ticket(fault), assignee="ola")

    def found(**wanted: object) -> list[str]:
        return [one.ticket.number for one in desk.office.find(TicketFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == [question, fault]
    assert found(queue="technical") == [fault]
    assert found(statuses=(TicketStatus.SOLVED,)) == [solved]
    assert found(before=clock() - timedelta(days=2)) == [question]
    assert found(assignee="ola") == [fault]
    assert found(limit=1) == [question]


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
        desk.customer.reply("7", number, author="Halina", text=str(place), key=str(place))
    thread, texts = desk.customer.thread("7", number), list[str]()
    while True:
        texts = [e.text for e in thread.entries if isinstance(e, Post)] + texts
        if thread.older is None:
            break
        thread = desk.customer.thread("7", number, before=thread.older)
    assert texts == [QUESTION.body, *map(str, range(45))]
    with pytest.raises(Rejected):
        desk.customer.thread("7", number, before="x")


def sent(store: Store) -> tuple[int, int]:
    with store.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (messages, message_recipients)
        ]
    return counts[0], counts[1]


def at_once(work: Callable[[int], str], *, number: int = 8) -> list[str]:
    barrier, heard = threading.Barrier(number), list[str]()

    def one(place: int) -> None:
        barrier.wait()
        heard.append(work(place))

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == number
    return heard

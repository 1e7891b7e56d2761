"""What the office does with tickets of customers, and what they have not read, on every kind of database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.clock import HandClock
from support.desk import (
    FAULT,
    QUESTION,
    RULES,
    SOLUTION,
    at_once,
    opened,
    posts,
    read,
    refused,
    sent,
    solve,
    statuses,
)

from wbok.domain.desk import (
    NewReply,
    Refusal,
    TicketRefused,
    TicketStatus,
)
from wbok.store import Store
from wbok.store.desk import Desk
from wbok.store.desk.office import TicketFilter
from wbok.store.desk.side import Solution


def test_a_question_is_received_and_a_fault_is_to_do_at_once(desk: Desk) -> None:
    question, fault = opened(desk), opened(desk, FAULT)
    assert statuses(desk, question) == [TicketStatus.RECEIVED]
    assert statuses(desk, fault) == [TicketStatus.RECEIVED, TicketStatus.TO_DO]
    ticket = desk.customer.thread("7", fault).ticket
    assert (ticket.status, ticket.queue, ticket.is_unread) == (TicketStatus.TO_DO, "technical", False)
    assert posts(desk, question) == [QUESTION.body]


def test_an_answer_is_unread_until_it_is_opened(desk: Desk) -> None:
    number = opened(desk)
    desk.office.answer(desk.office.ticket(number), author="Marta", text="Dzień dobry")
    ticket = desk.customer.thread("7", number).ticket
    assert (ticket.is_unread, ticket.status) == (True, TicketStatus.IN_PROGRESS)
    read(desk, number)
    assert not desk.customer.thread("7", number).ticket.is_unread
    assert posts(desk, number) == [QUESTION.body, "Dzień dobry"]


@pytest.mark.parametrize("status", [TicketStatus.WAITING, TicketStatus.CLOSED])
def test_what_the_customer_read_meanwhile_stays_read(desk: Desk, status: TicketStatus) -> None:
    first, second = opened(desk), opened(desk, key="l")
    for number in (first, second):
        desk.office.answer(desk.office.ticket(number), author="Marta", text="Dzień dobry")
    seen = [desk.office.ticket(number) for number in (first, second)]
    read(desk, first)
    for one in seen:
        desk.office.set_status(one, status)
    assert [desk.office.ticket(number).ticket.is_unread for number in (first, second)] == [False, True]


def test_what_is_written_while_the_customer_looks_stays_unread(desk: Desk) -> None:
    answered, solved = opened(desk), opened(desk, key="l")
    shown = {number: desk.customer.thread("7", number).version for number in (answered, solved)}
    desk.office.answer(desk.office.ticket(answered), author="Marta", text="Dzień dobry")
    solve(desk, solved)
    for number, version in shown.items():
        desk.customer.mark_read("7", number, version=version)
        assert desk.office.ticket(number).ticket.is_unread


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
    desk.customer.reply("7", number, NewReply("Halina", "Jeszcze jedno"), key="r", rules=RULES)
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

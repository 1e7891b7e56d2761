"""Complaints, fields of forms and expected days, on every kind of database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from support.clock import HandClock
from support.desk import QUESTION, RULES, SOLUTION, at_once, opened, posts, read, refused, sent, solve

from wbok.domain.complaints import Complaint, ComplaintAnswer, Decision
from wbok.domain.desk import (
    Detail,
    ExpectedChange,
    NewReply,
    NewTicket,
    Post,
    Refusal,
    TicketKind,
    TicketRefused,
    TicketStatus,
)
from wbok.domain.money import Money
from wbok.errors import NotFound
from wbok.store import Store
from wbok.store.desk import Desk

DETAILS = (
    Detail("period", "Okres", "od 3 do 5 listopada 🦊"),
    Detail("payout", "Sposób wypłaty", "na rachunek", "account"),
)
COMPLAINT = NewTicket(
    kind=TicketKind.COMPLAINT,
    category="complaint",
    queue="office",
    title="Trzy dni bez internetu",
    body="Nie działał.\nProszę o zwrot.",
    author="Halina Brzozowska",
    phone="600 000 427",
    details=DETAILS,
    answer_due=date(2026, 12, 24),
)
ANSWER = ComplaintAnswer(
    Decision.PARTLY,
    "Zwracamy za dwa dni.",
    "Marta",
    position="specjalistka",
    amount=Money(Decimal("12.30")),
    paid_by=date(2026, 12, 31),
)


def decide(desk: Desk, number: str, answer: ComplaintAnswer = ANSWER) -> None:
    office = desk.office
    office.decide(office.complaint(number), answer, seen=office.ticket(number), solution=SOLUTION)


def waiting(desk: Desk) -> list[str]:
    return [one.number for one in desk.office.complaints(limit=10)]


def test_what_the_form_asked_stands_in_the_first_post_alone(desk: Desk) -> None:
    number = opened(desk, COMPLAINT)
    desk.customer.reply("7", number, NewReply("Halina", "Dodam"), key="r", rules=RULES)
    for entries in (desk.customer.thread("7", number).entries, desk.office.entries(number)):
        found = [entry.details for entry in entries if isinstance(entry, Post)]
        assert found == [DETAILS, ()]


def test_a_form_with_another_field_is_another_form(desk: Desk) -> None:
    first = opened(desk, COMPLAINT)
    assert opened(desk, COMPLAINT) == first
    assert opened(desk, replace(COMPLAINT, details=DETAILS[:1])) != first


def test_a_long_form_leaves_room_on_the_page(desk: Desk) -> None:
    long = Detail("new_data", "Nowe dane", "x" * 11_990)
    number = opened(desk, replace(QUESTION, details=(long,)))
    assert desk.customer.thread("7", number).older is not None


def test_a_complaint_is_kept_as_it_was_filed(desk: Desk, clock: HandClock) -> None:
    number, filed_at = opened(desk, COMPLAINT), clock()
    assert opened(desk, COMPLAINT) == number
    clock.advance(days=2)
    desk.customer.reply("7", number, NewReply("Halina", "Jeszcze jedno"), key="r", rules=RULES)
    found = desk.customer.complaint("7", number)
    assert found == desk.office.complaint(number)
    assert found == Complaint(number, "7", filed_at.replace(microsecond=0), date(2026, 12, 24), found.filing)
    filing = found.filing
    assert (filing.title, filing.body, filing.author, filing.phone, filing.details) == (
        COMPLAINT.title,
        COMPLAINT.body,
        COMPLAINT.author,
        COMPLAINT.phone,
        DETAILS,
    )
    thread = desk.customer.thread("7", number)
    assert thread.complaint == found.clock
    assert thread.ticket.kind is TicketKind.COMPLAINT
    assert desk.customer.thread("7", opened(desk, key="q")).complaint is None


@pytest.mark.parametrize("other", ["8", "7 ", "07"])
def test_a_complaint_of_another_customer_is_not_there(desk: Desk, other: str) -> None:
    number, question = opened(desk, COMPLAINT), opened(desk, key="q")
    decide(desk, number)
    for whose, which in ((other, number), ("7", question), ("7", "P-99"), ("7", "x"), ("7", "p-1")):
        with pytest.raises(NotFound):
            desk.customer.complaint(whose, which)


def test_the_one_that_must_be_answered_first_comes_first(desk: Desk) -> None:
    later = opened(desk, COMPLAINT)
    sooner = opened(desk, replace(COMPLAINT, answer_due=date(2026, 12, 1)), customer="8")
    opened(desk, key="q")
    assert waiting(desk) == [sooner, later]
    assert [one.number for one in desk.office.complaints(limit=1)] == [sooner]
    decide(desk, sooner)
    assert waiting(desk) == [later]


def test_an_answer_is_written_with_everything_or_not_at_all(desk: Desk, store: Store) -> None:
    number = opened(desk, COMPLAINT)
    seen = desk.office.ticket(number)
    desk.customer.reply("7", number, NewReply("Halina", "Już nie trzeba"), key="r", rules=RULES)
    complaint = desk.office.complaint(number)
    with pytest.raises(TicketRefused, match=Refusal.CHANGED_MEANWHILE):
        desk.office.decide(complaint, ANSWER, seen=seen, solution=SOLUTION)
    assert desk.customer.complaint("7", number).answer is None
    assert sent(store) == (0, 0)
    decide(desk, number)
    found = desk.customer.complaint("7", number)
    assert found.answer == ANSWER
    thread = desk.customer.thread("7", number)
    assert (thread.ticket.status, thread.ticket.is_unread) == (TicketStatus.SOLVED, True)
    assert thread.complaint == found.clock
    assert posts(desk, number)[-1] == ANSWER.text
    assert sent(store) == (1, 1)


def test_a_complaint_is_answered_once_however_many_clerks_answer(desk: Desk, store: Store) -> None:
    number = opened(desk, COMPLAINT)
    complaint, seen = desk.office.complaint(number), desk.office.ticket(number)

    def answer(_place: int) -> str:
        try:
            desk.office.decide(complaint, ANSWER, seen=seen, solution=SOLUTION)
        except TicketRefused as refusal:
            return refusal.reason
        return "answered"

    assert sorted(at_once(answer, number=4)) == ["answered", *[Refusal.ANSWERED_ALREADY] * 3]
    assert posts(desk, number).count(ANSWER.text) == 1
    assert sent(store) == (1, 1)


def test_one_that_its_customer_closed_is_answered_all_the_same(desk: Desk) -> None:
    number = opened(desk, COMPLAINT)
    desk.customer.close("7", number)
    assert waiting(desk) == [number]
    decide(desk, number)
    ticket = desk.customer.thread("7", number).ticket
    assert (ticket.status, ticket.is_unread) == (TicketStatus.CLOSED, True)
    assert posts(desk, number)[-1] == ANSWER.text


def test_notes_of_the_office_stand_in_no_complaint(desk: Desk) -> None:
    number = opened(desk, COMPLAINT)
    desk.office.note(desk.office.ticket(number), author="Marta", text="TYLKO DLA BIURA")
    decide(desk, number)
    assert "TYLKO DLA BIURA" in desk.office.notes(number)[0].text
    assert "TYLKO DLA BIURA" not in repr(desk.customer.complaint("7", number))
    assert "TYLKO DLA BIURA" not in repr(desk.customer.thread("7", number))


def test_the_expected_day_and_its_changes_are_the_customers_to_see(desk: Desk, clock: HandClock) -> None:
    number = opened(desk)
    read(desk, number)
    days = (date(2026, 12, 3), date(2026, 12, 8), None)
    for day in days:
        clock.advance(minutes=5)
        before = desk.office.ticket(number).version
        desk.office.expect(desk.office.ticket(number), day)
        assert desk.office.ticket(number).version == before + 1
        thread = desk.customer.thread("7", number)
        assert thread.ticket.expected_on == day
        assert desk.customer.of("7", limit=1)[0].expected_on == day
    told = [entry for entry in thread.entries if isinstance(entry, ExpectedChange)]
    assert [entry.expected_on for entry in told] == list(days)
    assert told[1].at - told[0].at == timedelta(minutes=5)
    assert not thread.ticket.is_unread


def test_no_day_is_expected_of_what_has_ended_or_was_changed_meanwhile(desk: Desk) -> None:
    number = opened(desk)
    seen = desk.office.ticket(number)
    desk.office.answer(seen, author="Marta", text="Dzień dobry")
    assert refused(lambda: desk.office.expect(seen, date(2026, 12, 3))) is Refusal.CHANGED_MEANWHILE
    solve(desk, number)
    now = desk.office.ticket(number)
    assert refused(lambda: desk.office.expect(now, date(2026, 12, 3))) is Refusal.HAS_ENDED
    assert desk.customer.thread("7", number).ticket.expected_on is None

"""Tickets of LMS as their customers may see them: every state, and nothing that is the office's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.billing import CONTEXT
from support.clock import HandClock

from bench.lms.build import FIRST_PLAIN
from bench.lms.odd import Odd
from bench.lms.odd_tickets import NOT_TOLD, STATES, TOLD
from wbok.adapters.lms import connect
from wbok.billing import Billing, BillingTicket, ChangedTicket, Helpdesk, TicketChanges
from wbok.domain.desk import Post, Side, TicketKind, TicketStatus
from wbok.domain.page import PageRequest
from wbok.errors import ConfigError, NotFound, Rejected

WRITER, TALKER = str(Odd.WRITER.value), str(Odd.TALKER.value)
STATUSES = {
    "nowe": TicketStatus.RECEIVED,
    "otwarte": TicketStatus.IN_PROGRESS,
    "rozwiązane": TicketStatus.SOLVED,
    "martwe": TicketStatus.CLOSED,
    "zaplanowane": TicketStatus.TO_DO,
    "oczekujące": TicketStatus.WAITING,
    "przedawnione": TicketStatus.TO_DO,
    "weryfikowane": TicketStatus.IN_PROGRESS,
}


def connected(url: str, **more: object) -> Billing:
    return connect({"url": url, "write_url": url, **more}, replace(CONTEXT, clock=HandClock()))


@pytest.fixture(scope="module")
def writable(lms_url: str) -> Billing:
    return connected(lms_url)


@pytest.fixture
def desk(writable: Billing) -> Helpdesk:
    return desk_of(writable)


def desk_of(billing: Billing) -> Helpdesk:
    assert billing.helpdesk is not None
    return billing.helpdesk


def whole(desk: Helpdesk, customer: str = WRITER, limit: int = 50) -> list[BillingTicket]:
    found: list[BillingTicket] = []
    after = None
    while True:
        page = desk.tickets(customer, PageRequest(after=after, limit=limit))
        found += page.rows
        after = page.next
        if after is None:
            return found


def numbered(desk: Helpdesk, title: str, customer: str = WRITER) -> str:
    return next(one.ticket.number for one in whole(desk, customer) if one.ticket.title == title)


def test_every_state_is_one_of_our_statuses(desk: Helpdesk) -> None:
    found = {one.ticket.title: one.ticket for one in whole(desk)}
    assert {word: found[f"Zgłoszenie {word}"].status for word in STATES} == STATUSES
    for word in STATES:
        ticket = found[f"Zgłoszenie {word}"]
        assert (ticket.ended_at is not None) == ticket.status.has_ended
        assert (ticket.kind, ticket.customer_id) == (TicketKind.FAULT, WRITER)


def test_the_newest_comes_first_and_pages_are_complete(desk: Helpdesk) -> None:
    found = whole(desk)
    created = [one.ticket.created_at for one in found]
    assert created == sorted(created, reverse=True)
    for limit in (1, 2, 3):
        assert whole(desk, limit=limit) == found


@pytest.mark.parametrize("mark", ["x", "B-1", "1", "\x00"])
def test_an_invented_mark_is_rejected(desk: Helpdesk, mark: str) -> None:
    with pytest.raises(Rejected):
        desk.tickets(WRITER, PageRequest(after=mark))
    number = numbered(desk, "Rozmowa")
    with pytest.raises(Rejected):
        desk.thread(WRITER, number, before=mark if mark != "1" else "-1")


def test_a_thread_has_what_was_told_and_nothing_of_the_offices_own(desk: Helpdesk) -> None:
    thread = desk.thread(WRITER, numbered(desk, "Rozmowa"))
    posts = [entry for entry in thread.entries if isinstance(entry, Post)]
    name = posts[0].author
    assert name
    assert [(post.by, post.author, post.text) for post in posts] == [
        (Side.CUSTOMER, name, "Dzień dobry"),
        (Side.OFFICE, "Marta Zielonka", TOLD),
        (Side.OFFICE, "Dawid Były", "Z firmy <3"),
    ]
    assert NOT_TOLD not in repr(thread)


def test_what_is_not_for_customers_is_in_no_list_and_has_no_thread(desk: Helpdesk, lms_url: str) -> None:
    hidden = desk_of(connected(lms_url, settings={"userpanel.tickets_from_selected_queues": 1}))
    assert NOT_TOLD not in repr(whole(hidden))
    assert len(whole(hidden)) == len(STATES) + 1
    listed = whole(desk)
    without_thread = [one.ticket for one in listed if not one.ticket.has_thread]
    assert [one.title for one in without_thread] == [NOT_TOLD, NOT_TOLD]
    for ticket in without_thread:
        for ask in (hidden.ticket, hidden.thread):
            with pytest.raises(NotFound):
                ask(WRITER, ticket.number)


def test_settings_of_the_sources_count(lms_url: str) -> None:
    everything = {"userpanel.queues": "1,2;3 4", "userpanel.visible_ticket_sources": "3;8;9"}
    found = whole(desk_of(connected(lms_url, settings=everything)))
    assert len([one for one in found if one.ticket.title == NOT_TOLD]) == 4
    assert whole(desk_of(connected(lms_url, settings={"userpanel.visible_ticket_sources": "1"}))) == []


def test_nobody_sees_anothers_ticket(desk: Helpdesk) -> None:
    number = numbered(desk, "Rozmowa")
    for who in (TALKER, "9999", "0", "-1", f"{WRITER} ", f"0{WRITER}", "x", "", "' OR 1=1", str(2**63)):
        for ask in (desk.ticket, desk.thread):
            with pytest.raises(NotFound):
                ask(who, number)
    own = {one.ticket.number for one in whole(desk)}
    assert not own & {one.ticket.number for one in whole(desk, TALKER)}


@pytest.mark.parametrize(
    "number", ["P-1", "B-0", "B-01", "B-99999999999", "b-1", "1", "", "B-1 ", "B-٣", "\x00"]
)
def test_a_senseless_number_is_not_found(desk: Helpdesk, number: str) -> None:
    for ask in (desk.ticket, desk.thread):
        with pytest.raises(NotFound):
            ask(WRITER, number)


def test_a_plain_customer_has_three(desk: Helpdesk) -> None:
    newest, asked, solved = whole(desk, str(FIRST_PLAIN))
    assert [one.ticket.status for one in (newest, asked, solved)] == [
        TicketStatus.RECEIVED,
        TicketStatus.IN_PROGRESS,
        TicketStatus.SOLVED,
    ]
    assert [one.answers for one in (newest, asked, solved)] == [0, 1, 1]
    assert "Sprawdzić wpłaty" not in repr(desk.thread(str(FIRST_PLAIN), asked.ticket.number))


def test_changes_name_every_ticket_and_go_on_from_their_mark(writable: Billing) -> None:
    assert writable.ticket_changes is not None
    found = changed(writable.ticket_changes)
    versions = {one.number: one.version for one in found.values()}
    known = {one.ticket.number: one.version for one in whole(desk_of(writable)) if one.ticket.has_thread}
    assert known.items() <= versions.items()
    assert all(one.customer_id != "None" for one in found.values())


def changed(changes: TicketChanges) -> dict[str, ChangedTicket]:
    found: dict[str, ChangedTicket] = {}
    mark = None
    while True:
        part = changes(mark)
        found |= {one.number: one for one in part.tickets}
        mark = part.next
        if part.is_last:
            return found


def test_without_an_account_that_may_write_there_is_no_helpdesk(lms: Billing) -> None:
    assert not lms.has("helpdesk")
    assert lms.ticket_changes is None


@pytest.mark.parametrize("write_url", ["sqlite:////tmp/x", 7, "nonsense"])
def test_a_senseless_address_for_writing_stops_the_start(write_url: object) -> None:
    config = {"url": "postgresql://wbok@127.0.0.1/lms", "write_url": write_url}
    with pytest.raises(ConfigError, match="write_url"):
        connect(config, CONTEXT)

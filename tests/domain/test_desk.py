"""Which status of a ticket follows which, whoever changes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.domain.desk import (
    Detail,
    Side,
    TicketKind,
    TicketStatus,
    first_statuses,
    may_change,
    status_after_answer,
    status_after_reply,
    ticket_number,
    ticket_place,
    with_details,
)

STATUSES = st.sampled_from(TicketStatus)
STEPS = st.lists(st.tuples(st.sampled_from(Side), STATUSES), max_size=30)


@given(kind=st.sampled_from(TicketKind), steps=STEPS)
def test_whatever_is_tried_a_ticket_only_takes_steps_that_make_sense(
    kind: TicketKind, steps: list[tuple[Side, TicketStatus]]
) -> None:
    status = first_statuses(kind)[-1]
    for side, wanted in steps:
        if not may_change(status, wanted, by=side):
            continue
        assert wanted is not status
        if wanted is TicketStatus.SOLVED:
            assert side is Side.OFFICE
        if wanted is TicketStatus.RECEIVED:
            assert side is Side.CUSTOMER
            assert status.has_ended
        if side is Side.CUSTOMER and status.has_ended and wanted is not TicketStatus.CLOSED:
            assert wanted in {TicketStatus.RECEIVED, TicketStatus.TO_DO}
        status = wanted


@given(status=STATUSES)
def test_the_office_can_end_whatever_is_open_and_both_can_open_what_has_ended(status: TicketStatus) -> None:
    if status.has_ended:
        assert may_change(status, TicketStatus.IN_PROGRESS, by=Side.OFFICE)
        assert may_change(status, TicketStatus.TO_DO, by=Side.CUSTOMER)
    else:
        assert may_change(status, TicketStatus.SOLVED, by=Side.OFFICE)
        assert may_change(status, TicketStatus.CLOSED, by=Side.CUSTOMER)


@given(status=STATUSES)
def test_an_answer_or_a_reply_never_ends_a_ticket_nor_takes_a_forbidden_step(status: TicketStatus) -> None:
    for after, side in (
        (status_after_answer(status), Side.OFFICE),
        (status_after_reply(status), Side.CUSTOMER),
    ):
        assert after is status or (may_change(status, after, by=side) and not after.has_ended)


def test_everything_is_received_first_and_a_fault_is_handed_on_at_once() -> None:
    assert first_statuses(TicketKind.QUESTION) == (TicketStatus.RECEIVED,)
    assert first_statuses(TicketKind.FAULT) == (TicketStatus.RECEIVED, TicketStatus.TO_DO)


@given(place=st.integers(1, 2**31 - 1))
def test_a_number_leads_back_to_its_ticket(place: int) -> None:
    assert ticket_place(ticket_number(place)) == place


@pytest.mark.parametrize(
    "number", ["", "17", "P17", "P-017", "P-0", "P--1", "p-17", "B-17", "P-١٧", "P-9999999999"]
)
def test_what_nobody_would_write_is_no_number(number: str) -> None:
    assert ticket_place(number) is None


def test_who_has_no_place_for_fields_gets_them_as_lines_beneath_the_text() -> None:
    details = (Detail("since", "Od kiedy?", "od wczoraj"), Detail("address", "Adres", "ul. Nowa 1\n43-999"))
    lines = "Od kiedy?: od wczoraj\nAdres: ul. Nowa 1\n43-999"
    assert with_details("Nie działa.", details) == f"Nie działa.\n\n{lines}"
    assert with_details("", details) == lines
    assert with_details("Nie działa.", ()) == "Nie działa."

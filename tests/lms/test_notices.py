"""Powiadomienia over LMS: which messages a customer is shown, and how."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from support.clock import START
from support.lms import Change

from bench.lms.odd import Odd
from wbok.billing import Billing
from wbok.domain.messages import Mark, MessageKind, Notice, NoticeRequest
from wbok.errors import NotFound, Unavailable

TALKER, NEIGHBOUR = str(Odd.TALKER.value), str(Odd.NEIGHBOUR.value)


def notices_of(billing: Billing, customer_id: str) -> dict[str, Notice]:
    """By title, the oldest of the same title."""
    assert billing.notifications is not None
    page = billing.notifications.notices(customer_id, NoticeRequest(limit=100))
    return {notice.title: notice for notice in page.rows}


def test_only_messages_of_the_panel_that_were_sent_are_shown(lms: Billing) -> None:
    assert list(notices_of(lms, TALKER)) == [
        "Wczoraj o czasie",
        "Z układem",
        "Do Pani",
        "Pilne",
        "Pilne potwierdzone",
        "Przeczytane",
        "Bez daty potwierdzenia",
        "Wiadomość",
        "Dwa razy",
    ]
    assert list(notices_of(lms, NEIGHBOUR)) == ["Dwa razy", "Do sąsiada"]


def test_what_is_scheduled_comes_in_its_time(change: Change) -> None:
    scheduled = text("UPDATE messages SET startdate = :now WHERE subject = 'Na jutro'")
    due = change(scheduled, now=int(START.timestamp()))
    assert notices_of(due, TALKER)["Na jutro"].sent_at == START
    later = change(text("UPDATE messages SET startdate = startdate + 1 WHERE subject = 'Na jutro'"))
    assert "Na jutro" not in notices_of(later, TALKER)


def test_what_came_later_than_it_was_written_was_sent_then(lms: Billing) -> None:
    assert notices_of(lms, TALKER)["Wczoraj o czasie"].sent_at == START - timedelta(days=1)


def test_a_message_without_a_content_type_is_text(change: Change) -> None:
    found = notices_of(change(text("UPDATE messages SET contenttype = NULL")), TALKER)
    assert found["Pilne"].body


def test_html_becomes_text(lms: Billing) -> None:
    notice = notices_of(lms, TALKER)["Z układem"]
    assert notice.body == "Dzień dobry,\nw nocy wymienimy sprzęt.\n\nod 23.00\ndo 2.00\n\n2 < 3"
    assert notice.kind is MessageKind.SERVICE


def test_what_was_written_to_one_customer_is_shown_to_him(lms: Billing) -> None:
    assert notices_of(lms, TALKER)["Do Pani"].body == "Treść dla Pani"


def test_a_message_twice_is_two_notices(lms: Billing) -> None:
    assert lms.notifications is not None
    rows = lms.notifications.notices(TALKER, NoticeRequest(limit=100)).rows
    twice = [notice for notice in rows if notice.title == "Dwa razy"]
    assert {notice.body for notice in twice} == {"Treść.", "Po raz drugi"}
    assert len({notice.id for notice in rows}) == len(rows)


def test_what_was_read_and_confirmed_in_lms(lms: Billing) -> None:
    found = {title: (notice.urgent, notice.mark) for title, notice in notices_of(lms, TALKER).items()}
    now = int(START.timestamp())

    def moment(seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, UTC)

    eight_days_ago = START - timedelta(days=8)
    assert found["Z układem"] == (False, None)
    assert found["Pilne"] == (True, None)
    assert found["Przeczytane"] == (False, Mark(moment(now - 700)))
    assert found["Pilne potwierdzone"] == (True, Mark(moment(now - 600), moment(now - 500)))
    assert found["Bez daty potwierdzenia"] == (True, Mark(eight_days_ago, eight_days_ago))


def test_an_item_without_a_customer_is_nobodys(lms: Billing) -> None:
    """Without an owner it would be everybody's."""
    for customer in (TALKER, NEIGHBOUR, str(Odd.EMPTY.value), "999999"):
        assert "Do pracownika" not in notices_of(lms, customer)


def test_anothers_notice_is_not_found(lms: Billing) -> None:
    assert lms.notifications is not None
    theirs = notices_of(lms, NEIGHBOUR)["Do sąsiada"]
    with pytest.raises(NotFound):
        lms.notifications.notice(TALKER, theirs.id)


def test_empty_texts_and_dates_of_zero_are_shown(change: Change) -> None:
    billing = change(
        text("UPDATE messages SET cdate = 0, startdate = 0, subject = '  ', body = '', contenttype = ''"),
        text("UPDATE messageitems SET subject = ' ', body = NULL, lastreaddate = 0"),
    )
    assert billing.notifications is not None
    rows = billing.notifications.notices(TALKER, NoticeRequest(limit=100)).rows
    assert {notice.title for notice in rows} == {"Wiadomość"}
    assert {notice.body for notice in rows} == {""}


@pytest.mark.parametrize("own_url", ["mysql"], indirect=True)
def test_texts_with_a_zero_byte_are_shown_without_it(change: Change) -> None:
    """PostgreSQL keeps no such text."""
    billing = change(text("UPDATE messages SET subject = 'a\\0b', body = 'c\\0d'"))
    notice = notices_of(billing, NEIGHBOUR)["ab"]
    assert notice.body == "cd"


def test_a_table_that_is_not_there_is_a_clear_message(
    change: Change, caplog: pytest.LogCaptureFixture
) -> None:
    billing = change(text("DROP TABLE messageitems"))
    with caplog.at_level(logging.ERROR, "wbok"), pytest.raises(Unavailable):
        notices_of(billing, TALKER)
    assert "messageitems" in caplog.text

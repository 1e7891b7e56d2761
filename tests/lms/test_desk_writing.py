"""What a ticket of the panel leaves in LMS: exactly its rows, once, and nothing in anybody else's tickets."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from support.billing import CONTEXT
from support.clock import HandClock
from support.desk import QUESTION, RULES, at_once, refused
from support.kept import Kept
from support.lms_desk import LmsOffice, lent_lms
from support.places import SERVERS

from bench.lms.tickets import FOR_FAULTS, FOR_PANEL, INNER_QUEUE
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables.tickets import rtcategories, rtmessages, rtticketcategories, rttickets
from wbok.billing import Attempt, Helpdesk
from wbok.domain.desk import NewReply, NewTicket, Refusal
from wbok.errors import NotFound, Unavailable

NEW = replace(QUESTION, phone=None)
NOW = int(HandClock()().timestamp())


@pytest.fixture(params=SERVERS)
def office(request: pytest.FixtureRequest, kept_databases: Kept, clock: HandClock) -> Iterator[LmsOffice]:
    with lent_lms(kept_databases, request.param, clock, people=(7, 8)) as office:
        yield office


@pytest.fixture
def desk(office: LmsOffice, clock: HandClock) -> Helpdesk:
    billing = connect({"url": office.url, "write_url": office.url}, replace(CONTEXT, clock=clock))
    assert billing.helpdesk is not None
    return billing.helpdesk


def attempt(clock: HandClock, key: str = "0") -> Attempt:
    return Attempt(key * 64, clock() - timedelta(seconds=60))


def opened(desk: Helpdesk, clock: HandClock, new: NewTicket = NEW, customer: str = "7") -> str:
    return desk.open(customer, new, attempt=attempt(clock), rules=RULES)


def replied(desk: Helpdesk, clock: HandClock, number: str, text: str, customer: str = "7") -> None:
    desk.reply(customer, number, NewReply("H", text), attempt=attempt(clock), rules=RULES)


def reopened(desk: Helpdesk, clock: HandClock, number: str, text: str, customer: str = "7") -> None:
    desk.reopen(customer, number, NewReply("H", text), attempt=attempt(clock), rules=RULES)


def test_a_new_ticket_leaves_exactly_these_rows(office: LmsOffice, desk: Helpdesk, clock: HandClock) -> None:
    assert opened(desk, clock) == "B-1"
    assert office.rows(rttickets) == [
        {
            "id": 1,
            "queueid": 1,
            "requestor": None,
            "requestor_mail": None,
            "requestor_phone": None,
            "requestor_userid": None,
            "subject": NEW.title,
            "state": 0,
            "cause": 0,
            "owner": None,
            "customerid": 7,
            "creatorid": None,
            "createtime": NOW,
            "resolvetime": 0,
            "modtime": NOW,
            "source": 3,
            "priority": None,
            "deleted": 0,
            "address_id": None,
            "nodeid": None,
            "service": -1,
            "type": 9,
        }
    ]
    assert office.rows(rtmessages) == [
        {
            "id": 1,
            "ticketid": 1,
            "userid": None,
            "customerid": 7,
            "phonefrom": "",
            "mailfrom": "h@example.pl",
            "subject": NEW.title,
            "messageid": f"<msg.1.1.{NOW}@rtsystem.{socket.gethostname()}>",
            "inreplyto": None,
            "replyto": "",
            "headers": "",
            "body": NEW.body,
            "createtime": NOW,
            "type": 0,
            "deleted": 0,
            "contenttype": "text/plain",
        }
    ]
    assert [(row["ticketid"], row["categoryid"]) for row in office.rows(rtticketcategories)] == [
        (1, FOR_PANEL),
        (1, FOR_FAULTS),
    ]


def test_a_reply_leaves_exactly_this_row(office: LmsOffice, desk: Helpdesk, clock: HandClock) -> None:
    number = opened(desk, clock)
    office.answer(number, "Dzień dobry")
    before = office.rows(rttickets)
    clock.advance(minutes=5)
    replied(desk, clock, number, "Dopisuję.")
    later = NOW + 300
    assert office.rows(rtmessages)[-1] == {
        "id": 3,
        "ticketid": 1,
        "userid": None,
        "customerid": 7,
        "phonefrom": "",
        "mailfrom": "h@example.pl",
        "subject": f"Re: {NEW.title}",
        "messageid": f"<msg.1.1.{later}@rtsystem.{socket.gethostname()}>",
        "inreplyto": 2,
        "replyto": "",
        "headers": "",
        "body": "Dopisuję.",
        "createtime": later,
        "type": 0,
        "deleted": 0,
        "contenttype": "text/plain",
    }
    assert office.rows(rttickets) == [before[0] | {"modtime": later}]
    assert office.count(rtticketcategories) == 2


@pytest.mark.parametrize(("state", "after"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 4), (5, 5), (6, 6), (7, 7)])
def test_what_becomes_of_a_state(
    office: LmsOffice, desk: Helpdesk, clock: HandClock, state: int, after: int
) -> None:
    number = opened(desk, clock)
    office.set(number, state=state)
    if state in (2, 3):
        assert refused(lambda: replied(desk, clock, number, "x")) is Refusal.HAS_ENDED
        assert office.count(rtmessages) == 1
    reopened(desk, clock, number, "x")
    assert [row["state"] for row in office.rows(rttickets)] == [after]
    assert office.count(rtmessages) == 2


def test_the_contact_phone_stands_below_the_text(office: LmsOffice, desk: Helpdesk, clock: HandClock) -> None:
    opened(desk, clock, replace(NEW, phone="600 000 427"))
    assert office.rows(rtmessages)[0]["body"] == f"{NEW.body}\n\nTelefon kontaktowy: 600 000 427"


def test_a_subject_that_lms_takes_for_too_long_stands_whole_above_the_text(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    long = "Od wczoraj wieczorem nie działa internet ani telefon w całym domu"
    opened(desk, clock, replace(NEW, title=long[:50]))
    first = attempt(clock)
    for _ in range(2):
        desk.open("7", replace(NEW, title=long), attempt=first, rules=RULES)
    office.configure("subject_max_length", "20", section="rt")
    later = connect({"url": office.url, "write_url": office.url}, replace(CONTEXT, clock=clock)).helpdesk
    assert later is not None
    opened(later, clock, replace(NEW, title=long))
    subjects = [long[:50], "Od wczoraj wieczorem nie działa internet ani…", "Od wczoraj…"]
    bodies = [NEW.body, f"{long}\n\n{NEW.body}", f"{long}\n\n{NEW.body}"]
    assert [row["subject"] for row in office.rows(rttickets)] == subjects
    assert [(row["subject"], row["body"]) for row in office.rows(rtmessages)] == list(
        zip(subjects, bodies, strict=True)
    )


def test_pictures_of_phones_come_as_far_as_the_tables_can_hold_them(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    typed, plainer = "Nie działa 😡 𝐢𝐧𝐭𝐞𝐫𝐧𝐞𝐭 od rana", "Nie działa \ufffd internet od rana"
    is_mysql = office.engine.dialect.name == "mysql"
    kept = {"utf8mb3": plainer, "utf8mb4": typed} if is_mysql else {"UTF8": typed}
    first, new = attempt(clock), replace(NEW, title=typed, body=typed)
    for customer, alphabet in zip(("7", "8"), kept, strict=False):
        if is_mysql:
            _convert(office, alphabet)
        number = desk.open(customer, new, attempt=first, rules=RULES)
        assert desk.open(customer, new, attempt=first, rules=RULES) == number
        replied(desk, clock, number, typed, customer)
    assert [row["subject"] for row in office.rows(rttickets)] == list(kept.values())
    assert [row["body"] for row in office.rows(rtmessages)] == [text for text in kept.values() for _ in "12"]


def _convert(office: LmsOffice, alphabet: str) -> None:
    with office.engine.begin() as connection:
        for table in ("rttickets", "rtmessages"):
            connection.exec_driver_sql(f"ALTER TABLE {table} CONVERT TO CHARACTER SET {alphabet}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<b>Nie</b> działa <script>x()</script>", "Nie działa x()"),
        ("a < b i b <c", "a < b i b < c"),
        ("<img src=x onerror=y()", "< img src=x onerror=y()"),
        ("<br>", "< br>"),
    ],
)
def test_no_tag_of_a_customer_comes_into_lms(
    office: LmsOffice, desk: Helpdesk, clock: HandClock, typed: str, kept: str
) -> None:
    number = opened(desk, clock, replace(NEW, title=typed, body=typed))
    replied(desk, clock, number, typed)
    assert office.rows(rttickets)[0]["subject"] == kept
    assert [row["body"] for row in office.rows(rtmessages)] == [kept, kept]


def test_the_same_form_again_writes_nothing(office: LmsOffice, desk: Helpdesk, clock: HandClock) -> None:
    first = attempt(clock)
    number = desk.open("7", NEW, attempt=first, rules=RULES)
    clock.advance(days=2)
    assert desk.open("7", NEW, attempt=first, rules=RULES) == number
    for _ in range(2):
        desk.reply("7", number, NewReply("H", "Dalej nic"), attempt=first, rules=RULES)
    assert (office.count(rttickets), office.count(rtmessages)) == (1, 2)


def test_another_form_with_the_same_words_is_another_ticket(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    opened(desk, clock)
    assert opened(desk, clock, customer="8") == "B-2"
    assert opened(desk, clock, replace(NEW, body=NEW.body.upper())) == "B-3"
    clock.advance(minutes=2)
    assert opened(desk, clock) == "B-4"
    assert {row["customerid"] for row in office.rows(rttickets)} == {7, 8}


def test_eight_at_once_are_one_ticket_and_never_more_than_the_rules_allow(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    assert at_once(lambda _: opened(desk, clock)) == ["B-1"] * 8
    few = replace(RULES, max_open=3)

    def one(place: int) -> str:
        new = replace(NEW, title=f"Sprawa {place}")
        try:
            return desk.open("7", new, attempt=attempt(clock), rules=few)
        except Exception as error:
            return type(error).__name__

    assert sorted(at_once(one))[2:] == ["TicketRefused"] * 6
    assert office.count(rttickets) == 3


def test_limits_of_an_hour_and_of_replies(office: LmsOffice, desk: Helpdesk, clock: HandClock) -> None:
    few = replace(RULES, max_per_hour=1, max_replies=1)
    number = opened(desk, clock)
    other = replace(NEW, title="Inna")

    def again() -> str:
        return desk.open("7", other, attempt=attempt(clock), rules=few)

    def say(text: str) -> None:
        desk.reply("7", number, NewReply("H", text), attempt=attempt(clock), rules=few)

    assert refused(again) is Refusal.TOO_MANY_NEW
    say("raz")
    assert refused(lambda: say("dwa")) is Refusal.TOO_MANY_REPLIES
    clock.advance(hours=2)
    assert again() == "B-2"
    say("dwa")


@pytest.mark.parametrize(
    "hide", [{"queueid": INNER_QUEUE}, {"source": 8}, {"deleted": 1}, {"customerid": 8}, {"customerid": None}]
)
def test_into_what_a_customer_may_not_see_he_cannot_write(
    office: LmsOffice, desk: Helpdesk, clock: HandClock, hide: dict[str, object]
) -> None:
    number = opened(desk, clock)
    office.set(number, **hide)
    before = office.rows(rttickets)
    calls: tuple[Callable[[], None], ...] = (
        lambda: replied(desk, clock, number, "x"),
        lambda: reopened(desk, clock, number, "x"),
        lambda: desk.close("7", number),
    )
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert office.rows(rttickets) == before
    assert office.count(rtmessages) == 1


@pytest.mark.parametrize("customer", ["9", "x", "", "07", "7 ", str(2**40)])
def test_who_is_no_customer_writes_nothing(
    office: LmsOffice, desk: Helpdesk, clock: HandClock, customer: str
) -> None:
    with pytest.raises(NotFound):
        opened(desk, clock, customer=customer)
    assert office.count(rttickets) == 0


def test_settings_of_the_customers_division_count(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    office.configure("queues", "2;1", division=5)
    office.configure("default_categories", "2,17", division=5)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE customers SET divisionid = 5 WHERE id = 8")
    opened(desk, clock)
    opened(desk, clock, customer="8")
    assert [row["queueid"] for row in office.rows(rttickets)] == [1, 2]
    assert [row["categoryid"] for row in office.rows(rtticketcategories)] == [1, 2, 2]


def test_a_category_or_queue_that_lms_no_longer_has(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    with office.engine.begin() as connection:
        connection.execute(rtcategories.delete())
        connection.exec_driver_sql("UPDATE rtqueues SET deleted = 1 WHERE id = 1")
    opened(desk, clock)
    assert [row["queueid"] for row in office.rows(rttickets)] == [2]
    assert office.count(rtticketcategories) == 0
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE rtqueues SET deleted = 1")
    assert refused(lambda: opened(desk, clock, replace(NEW, title="x"))) is Refusal.NO_QUEUE


def test_when_one_row_cannot_be_written_there_is_none(
    office: LmsOffice, desk: Helpdesk, clock: HandClock
) -> None:
    with office.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE rtticketcategories RENAME TO away")
    with pytest.raises(Unavailable):
        opened(desk, clock)
    assert (office.count(rttickets), office.count(rtmessages)) == (0, 0)


def test_without_an_email_the_sender_is_empty(office: LmsOffice, desk: Helpdesk, clock: HandClock) -> None:
    with office.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM customercontacts WHERE contact = 'h@example.pl'")
    opened(desk, clock)
    assert office.rows(rtmessages)[0]["mailfrom"] == ""

"""What a customer writes into an LMS is told to its staff by e-mail, since LMS does so for its own panel alone."""

from __future__ import annotations

import pytest
from conftest import MakeScene
from sqlalchemy import insert, update
from support.mailbox import Mailbox, sent
from support.scene import Scene
from support.tickets import TITLE, answered, complained, decided, reply, solved
from support.tickets import sent as opened

from bench.lms.tickets import MARTA
from wbok.adapters.lms.tables.settings import uiconfig
from wbok.adapters.lms.tables.tickets import users
from wbok.domain.letters import Delivery
from wbok.web.current import EXTENSION

MARTAS, PIOTRS = "marta@swiatlonet.example", "piotr@swiatlonet.example"
QUEUES = [
    {"name": "office", "words": {"pl": "biuro"}, "email": "biuro@swiatlonet.example"},
    {"name": "technical", "words": {"pl": "dział techniczny"}, "billing_queue": "2"},
]


@pytest.fixture
def mailing(make_lms_scene: MakeScene, mailbox: Mailbox) -> Scene:
    return make_lms_scene(mail=mailbox.settings, tabs={"helpdesk": {"queues": QUEUES}})


def told(mailbox: Mailbox) -> list[tuple[str, str]]:
    return [(to, letter["Subject"]) for to, letter in mailbox.taken()]


def test_who_wants_to_hear_of_a_queue_does_once_for_each_ticket_and_reply(
    mailing: Scene, mailbox: Mailbox
) -> None:
    customer = mailing.customer()
    number = opened(customer)
    reply(customer, number, "Dodam, że pilne.")
    sent(mailing)
    assert told(mailbox) == [
        (MARTAS, f"Nowe zgłoszenie B-1: {TITLE}"),
        (PIOTRS, f"Nowe zgłoszenie B-1: {TITLE}"),
        (MARTAS, f"Klient napisał w zgłoszeniu B-1: {TITLE}"),
        (PIOTRS, f"Klient napisał w zgłoszeniu B-1: {TITLE}"),
    ]
    assert "ID Klienta 10427" in mailbox.taken()[0][1].get_content()
    # What the staff does is told to the customer by LMS itself.
    answered(mailing, number)
    solved(mailing, number)
    assert not sent(mailing).ended[Delivery.SENT]


def test_an_address_of_the_configuration_comes_in_their_place(mailing: Scene, mailbox: Mailbox) -> None:
    opened(mailing.customer(), category="question")
    sent(mailing)
    assert told(mailbox) == [("biuro@swiatlonet.example", f"Nowe zgłoszenie B-1: {TITLE}")]


def test_who_has_left_or_takes_no_e_mail_gets_none(mailing: Scene, mailbox: Mailbox) -> None:
    assert mailing.lms is not None
    customer, usual = mailing.customer(), {"deleted": 0, "access": 1, "ntype": 3, "email": MARTAS}
    for change in ({"deleted": 1}, {"access": 0}, {"ntype": 2}, {"ntype": None}, {"email": ""}):
        with mailing.lms.engine.begin() as connection:
            connection.execute(update(users).where(users.c.id == MARTA).values(usual | change))
        mailbox.clear()
        opened(customer, title=f"{change}")
        sent(mailing)
        assert [to for to, _ in told(mailbox)] == [PIOTRS], change


def test_an_address_of_two_clerks_gets_one_letter_however_it_is_written(
    mailing: Scene, mailbox: Mailbox
) -> None:
    assert mailing.lms is not None
    with mailing.lms.engine.begin() as connection:
        shared = "Marta@Swiatlonet.example, piotr@swiatlonet.example,PIOTR@swiatlonet.example"
        connection.execute(update(users).where(users.c.id == MARTA).values(email=shared))
    opened(mailing.customer())
    sent(mailing)
    assert sorted(to.lower() for to, _ in told(mailbox)) == [MARTAS, PIOTRS]


def test_where_lms_tells_nobody_neither_does_the_panel(mailing: Scene, mailbox: Mailbox) -> None:
    assert mailing.lms is not None
    with mailing.lms.engine.begin() as connection:
        row = {"section": "rt", "var": "new_ticket_notify", "value": "0"}
        connection.execute(insert(uiconfig).values(row))
    opened(mailing.customer())
    sent(mailing)
    assert told(mailbox) == []
    assert mailing.panel.outbox.counts() == {Delivery.NO_ADDRESS: 1}


def test_no_page_can_ask_for_the_staff(mailing: Scene) -> None:
    assert mailing.panel.billing.ticket_staff is not None
    assert mailing.app.extensions[EXTENSION].billing.ticket_staff is None


def test_a_complaint_is_confirmed_to_its_customer_since_lms_confirms_none(
    mailing: Scene, mailbox: Mailbox
) -> None:
    number = complained(mailing.customer())
    sent(mailing)
    told_to = dict(told(mailbox))
    assert told_to["h.brzozowska@poczta.example"] == f"Potwierdzenie złożenia reklamacji {number}"
    assert told_to["biuro@swiatlonet.example"].startswith(f"Nowe zgłoszenie {number}")
    # Of the answer neither: it is the panel's own.
    mailbox.clear()
    decided(mailing, number)
    sent(mailing)
    assert told(mailbox) == [("h.brzozowska@poczta.example", "Odpowiedź na reklamację")]

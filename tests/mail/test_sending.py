"""What the mail server says decides what becomes of a letter; what it does not say is for the office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import MakeScene
from mail.test_letters import DEBTOR, HALINA, HALINAS, put, statuses, tell
from support.mailbox import Mailbox, sent, wants
from support.scene import Scene

from wbok.cli.outbox import open_sending
from wbok.domain.letters import Delivery
from wbok.errors import Unavailable
from wbok.mail.server import MailServer
from wbok.mail.writing import WrittenLetter
from wbok.store.dispatch import WAITS
from wbok.store.outbox import OutboxEntry


def entry(scene: Scene) -> OutboxEntry:
    (one,) = scene.panel.outbox.entries(statuses=tuple(Delivery), limit=2)
    return one


def test_an_address_that_bounces_is_given_up_with_the_servers_words(mailing: Scene, mailbox: Mailbox) -> None:
    put(mailing, "bounce@example.pl")
    put(mailing, "dobry@example.pl", key="l")
    report = sent(mailing)
    assert report.trouble is None
    assert [to for to, _ in mailbox.taken()] == ["dobry@example.pl"]
    refused = next(one for one in mailing.panel.outbox.entries(limit=9) if one.status is Delivery.GIVEN_UP)
    assert refused.reason == "550 5.1.1 no such user here"
    mailing.panel.outbox.retry(refused.id)
    sent(mailing)
    assert mailing.panel.outbox.counts() == {Delivery.GIVEN_UP: 1, Delivery.SENT: 1}


def test_what_is_refused_for_now_waits_longer_each_time_and_is_given_up_after_five_days(
    mailing: Scene, mailbox: Mailbox
) -> None:
    put(mailing, "later@example.pl")
    began, waits = mailing.clock(), list[timedelta]()
    while True:
        sent(mailing)
        one = entry(mailing)
        assert one.reason == "451 4.7.1 greylisted, come back later"
        if one.due_at is None:
            break
        waits.append(one.due_at - mailing.clock())
        mailing.clock.now = one.due_at - timedelta(seconds=1)
        sent(mailing)
        assert entry(mailing).tries == one.tries
        mailing.clock.advance(seconds=1)
    assert one.status is Delivery.GIVEN_UP
    assert waits == sorted(waits)
    assert len(waits) == len(WAITS)
    assert timedelta(days=4) < mailing.clock() - began < timedelta(days=6)


def test_a_server_that_falls_silent_after_the_text_leaves_it_to_the_office(
    mailing: Scene, mailbox: Mailbox
) -> None:
    put(mailing, "silent@example.pl")
    report = sent(mailing)
    assert report.ended[Delivery.UNKNOWN] == 1
    mailing.clock.advance(days=2)
    assert sent(mailing).ended.total() == 0
    assert entry(mailing).reason.startswith("the mail server fell silent")


def test_a_mail_server_that_is_down_for_a_day_costs_no_letter_a_try(
    make_demo_scene: MakeScene, mailbox: Mailbox
) -> None:
    down = make_demo_scene(mail=mailbox.settings | {"port": 9})
    for number in range(30):
        put(down, f"a{number}@example.pl", key=f"{number}")
    for _ in range(24):
        assert "the mail server does not answer" in (sent(down).trouble or "")
        down.clock.advance(hours=1)
    assert statuses(down) == [Delivery.WAITING] * 30
    waiting = down.panel.outbox.entries(limit=99)
    assert {one.tries for one in waiting} == {0}
    assert any(one.reason.startswith("the mail server does not answer: ") for one in waiting)
    up = make_demo_scene(mail=mailbox.settings)
    sent(up)
    assert len(mailbox.taken()) == 30


def test_a_server_without_encryption_gets_nothing_unless_that_is_configured(
    make_demo_scene: MakeScene, mailbox: Mailbox
) -> None:
    scene = make_demo_scene(mail=mailbox.settings | {"security": "starttls"})
    put(scene, "a@example.pl")
    assert "STARTTLS" in (sent(scene).trouble or "")
    assert mailbox.taken() == []


def test_a_clock_that_is_set_back_keeps_nothing_waiting_and_sends_nothing_twice(
    mailing: Scene, mailbox: Mailbox
) -> None:
    put(mailing, "later@example.pl")
    put(mailing, "raz@example.pl", key="l")
    sent(mailing)
    mailing.clock.advance(days=-30)
    put(mailing, "nowy@example.pl", key="m")
    sent(mailing)
    assert [to for to, _ in mailbox.taken()] == ["raz@example.pl", "nowy@example.pl"]
    waiting = next(one for one in mailing.panel.outbox.entries(limit=9) if one.status is Delivery.WAITING)
    assert waiting.tries == 2


def test_a_customer_whom_the_billing_cannot_tell_waits_and_the_others_do_not(
    mailing: Scene, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for customer in (HALINA, DEBTOR):
        wants(mailing, customer, service=True)
    tell(mailing, to=None)
    customers = mailing.panel.billing.customers
    whole = customers.profile

    def profile(customer_id: str) -> object:
        if customer_id == DEBTOR:
            raise Unavailable("a broken row")
        return whole(customer_id)

    monkeypatch.setattr(type(customers), "profile", lambda _self, customer_id: profile(customer_id))
    sent(mailing)
    assert [to for to, _ in mailbox.taken()] == [HALINAS]
    assert statuses(mailing) == [Delivery.SENT, Delivery.WAITING]


def test_a_letter_that_somebody_else_has_by_now_does_not_leave(mailing: Scene, mailbox: Mailbox) -> None:
    letters = [WrittenLetter(to, b"Subject: x\r\n\r\nx\r\n") for to in ("a@example.pl", "b@example.pl")]
    with MailServer(mailing.panel.settings.mail) as server:
        assert not server.hand_over(letters[0], begin=lambda: False)
        assert server.hand_over(letters[1], begin=lambda: True)
    assert [to for to, _ in mailbox.taken()] == ["b@example.pl"]


def test_what_was_sent_long_ago_is_cleared_away_with_its_text(mailing: Scene, mailbox: Mailbox) -> None:
    put(mailing, "a@example.pl")
    sending = open_sending(mailing.panel)
    sending()
    mailing.clock.advance(days=29)
    sending()
    assert mailing.panel.outbox.counts() == {Delivery.SENT: 1}
    mailing.clock.advance(days=2)
    sending()
    assert mailing.panel.outbox.counts() == {}
    with mailing.panel.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM letters").scalar() == 0

"""Helpdesk whose tickets live in an LMS: where it differs from the panel's own desk, and where it must not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conftest import MakeScene
from support.lms_desk import LmsOffice
from support.scene import Scene, Visitor
from support.tickets import TITLE, answered, closed, filled, noticed, reply, sent, solved, ticket

from bench.lms.tickets import INNER_QUEUE, OFFICE_QUEUE, TECHNICAL_QUEUE
from wbok.adapters.lms.tables.tickets import rtmessages, rttickets

OTHER = ("11206", "9034")
SOLVED = "Zgłoszenie {number} zostało rozwiązane"


def office_of(scene: Scene) -> LmsOffice:
    assert scene.lms is not None
    return scene.lms


def seen(customer: Visitor, text: str) -> list[str]:
    paths = ("/helpdesk/", "/info/", "/notifications/", "/finance/")
    return [path for path in paths if text in customer.get(path).text]


def told(scene: Scene) -> list[str]:
    """The titles of the customer's messages."""
    since = scene.clock() - timedelta(days=1)
    return [one.title for one in scene.panel.inbox.page("10427", since=since, limit=9)]


def test_a_ticket_is_received_with_its_kind_and_category(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    assert number == "B-1"
    page = customer.get("/helpdesk/B-1").text
    assert "przyjęte" in page
    assert "Usterka: internet nie działa" in page
    assert "usterka, nr B-1" in customer.get("/helpdesk/").text
    assert "Czy sprawa jest załatwiona" not in page
    assert 'value="close"' not in page


def test_closing_is_the_offices_and_a_forged_form_changes_nothing(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    form = filled(customer, f"/helpdesk/{number}", action="close")
    assert customer.post(f"/helpdesk/{number}", form).status_code == 400
    assert [row["state"] for row in office_of(lms_scene).rows(rttickets)] == [0]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (0, "przyjęte"),
        (1, "w realizacji"),
        (2, "rozwiązane"),
        (3, "zamknięte"),
        (4, "do zrealizowania"),
        (5, "czeka na klienta"),
        (6, "do zrealizowania"),
        (7, "w realizacji"),
        (9, "w realizacji"),
    ],
)
def test_states_of_lms_are_said_in_our_words(make_lms_scene: MakeScene, state: int, words: str) -> None:
    scene = make_lms_scene()
    customer = scene.customer()
    number = sent(customer)
    office_of(scene).set(number, state=state)
    badge = re.search(r'class="tags">(.*?)</p>', customer.get(f"/helpdesk/{number}").text, re.DOTALL)
    assert badge
    assert words in badge[1]


def test_a_solution_is_told_once_in_badge_banner_and_message(lms_scene: Scene) -> None:
    customer, other = lms_scene.customer(), lms_scene.customer(*OTHER)
    number = sent(customer)
    solved(lms_scene, number)
    for _ in range(2):
        assert noticed(lms_scene) == 0
    banner = SOLVED.format(number=number)
    assert len(seen(customer, banner)) == 4
    assert seen(other, banner) == []
    assert told(lms_scene) == [banner]
    assert "Złącze wymienione." in customer.get(f"/helpdesk/{number}").text
    assert noticed(lms_scene) == 0
    assert banner not in customer.get("/finance/").text


def test_opening_the_tab_notices_what_nobody_watched(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    office_of(lms_scene).resolve(number, "Gotowe.")
    # The list itself was read before; what it noticed is on the pages after it.
    assert seen(customer, SOLVED.format(number=number)) == ["/info/", "/notifications/", "/finance/"]
    assert "nowa odpowiedź" in customer.get("/helpdesk/").text
    assert noticed(lms_scene) == 0
    assert told(lms_scene) == [SOLVED.format(number=number)]


def test_what_the_customer_has_read_already_is_no_news(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    office_of(lms_scene).answer(number, "Jedziemy.")
    assert "Jedziemy." in customer.get(f"/helpdesk/{number}").text
    assert noticed(lms_scene) == 0
    assert "nowa odpowiedź" not in customer.get("/helpdesk/").text


def test_an_answer_that_came_while_the_page_was_read_stays_unread(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    answered(lms_scene, number, "Pierwsza.")
    shown = lms_scene.panel.desk.customer.thread("10427", number).version
    answered(lms_scene, number, "Druga.")
    lms_scene.panel.desk.customer.mark_read("10427", number, version=shown)
    assert "nowa odpowiedź" in customer.get("/helpdesk/").text


def test_notes_and_the_customers_own_words_are_no_news(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    office_of(lms_scene).note(number, "Uwaga, trudny klient")
    reply(customer, number, "Dodam jeszcze")
    assert noticed(lms_scene) == 0
    assert seen(customer, "nowa odpowiedź") == []
    assert "trudny" not in customer.get(f"/helpdesk/{number}").text


def test_what_the_office_did_before_the_first_day_is_no_news(lms_scene: Scene) -> None:
    customer, office = lms_scene.customer(), office_of(lms_scene)
    number = sent(customer)
    lms_scene.clock.advance(minutes=-10)
    office.answer(number, "Dawno temu.")
    lms_scene.clock.advance(minutes=10)
    with lms_scene.panel.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM billing_tickets")
    assert noticed(lms_scene) == 0
    assert "nowa odpowiedź" not in customer.get("/helpdesk/").text


@pytest.mark.parametrize(
    ("name", "value", "may_reopen"),
    [
        ("allow_message_add_to_closed_tickets", "0", False),
        ("allow_reopen_tickets_newer_than", "3600", False),
        ("allow_reopen_tickets_newer_than", "86400", True),
    ],
)
def test_lms_says_what_may_be_opened_again(
    lms_scene: Scene, name: str, value: str, *, may_reopen: bool
) -> None:
    office_of(lms_scene).configure(name, value)
    customer = lms_scene.customer()
    number = sent(customer)
    form = filled(customer, f"/helpdesk/{number}", body="Jeszcze", action="reopen")
    closed(lms_scene, customer, number)
    lms_scene.clock.advance(minutes=20)
    customer.get("/info/")
    lms_scene.clock.advance(minutes=25)
    customer.get("/info/")
    lms_scene.clock.advance(minutes=20)
    assert ("Otwórz ponownie" in customer.get(f"/helpdesk/{number}").text) is may_reopen
    answer = customer.post(f"/helpdesk/{number}", form)
    assert answer.status_code == (303 if may_reopen else 409)
    if not may_reopen:
        assert "Jeszcze" in answer.text
        assert office_of(lms_scene).count(rtmessages) == 1


def test_a_ticket_whose_queue_is_no_longer_for_customers_is_gone_everywhere(lms_scene: Scene) -> None:
    customer = lms_scene.customer()
    number = sent(customer)
    form = filled(customer, f"/helpdesk/{number}", body="Halo", action="reply")
    answered(lms_scene, number)
    office_of(lms_scene).set(number, queueid=INNER_QUEUE)
    office_of(lms_scene).answer(number, "Tajne")
    assert noticed(lms_scene) == 0
    assert customer.get(f"/helpdesk/{number}").status_code == 404
    assert customer.post(f"/helpdesk/{number}", form).status_code == 404
    assert "Helpdesk <span" not in customer.get("/info/").text
    page = customer.get("/helpdesk/").text
    assert TITLE in page
    assert f"/helpdesk/{number}" not in page
    office_of(lms_scene).configure("tickets_from_selected_queues", "1")
    lms_scene.clock.advance(minutes=6)
    assert TITLE not in customer.get("/helpdesk/").text


def test_a_category_goes_to_its_queue_in_lms(make_lms_scene: MakeScene) -> None:
    queues = [
        {"name": "office", "words": {"pl": "biuro"}},
        {"name": "technical", "words": {"pl": "technicy"}, "billing_queue": str(TECHNICAL_QUEUE)},
    ]
    scene = make_lms_scene(tabs={"helpdesk": {"queues": queues}})
    customer = scene.customer()
    sent(customer)
    sent(customer, category="question", title="Pytanie")
    found = [row["queueid"] for row in office_of(scene).rows(rttickets)]
    assert found == [TECHNICAL_QUEUE, OFFICE_QUEUE]


@pytest.mark.parametrize("queue", [str(INNER_QUEUE), "17", "x", "1 OR 1=1"])
def test_a_queue_that_is_not_for_customers_is_refused_and_the_log_says_why(
    make_lms_scene: MakeScene, caplog: pytest.LogCaptureFixture, queue: str
) -> None:
    queues = [
        {"name": "office", "words": {"pl": "biuro"}},
        {"name": "technical", "words": {"pl": "technicy"}, "billing_queue": queue},
    ]
    scene = make_lms_scene(tabs={"helpdesk": {"queues": queues}})
    customer = scene.customer()
    answer = customer.post("/helpdesk/new", ticket(customer))
    assert answer.status_code == 503
    assert TITLE in answer.text
    assert "Prosimy zadzwonić do biura: 32 012 34 56." in answer.text
    assert f"queue {queue} of the helpdesk's configuration is not among LMS's userpanel.queues" in caplog.text
    assert office_of(scene).count(rttickets) == 0


def test_while_lms_is_gone_the_form_keeps_its_text_and_nothing_is_written_twice(lms_scene: Scene) -> None:
    customer, office = lms_scene.customer(), office_of(lms_scene)
    number = sent(customer, title="Wcześniej")
    new, again = ticket(customer), filled(customer, f"/helpdesk/{number}", body="Dopisek", action="reply")
    with office.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE rtmessages RENAME TO away")
    for path, form, text in (("/helpdesk/new", new, TITLE), (f"/helpdesk/{number}", again, "Dopisek")):
        answer = customer.post(path, form)
        assert answer.status_code == 503
        assert text in answer.text
    assert customer.get("/helpdesk/").status_code == 503
    assert customer.get("/info/").status_code == 200
    with office.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO rtmessages")
    for _ in range(2):
        assert customer.post("/helpdesk/new", new).headers["Location"] == "/helpdesk/B-2"
        assert customer.post(f"/helpdesk/{number}", again).status_code == 303
    assert (office.count(rttickets), office.count(rtmessages)) == (2, 3)


def test_a_customer_whom_lms_does_not_have_finds_an_empty_list(lms_scene: Scene) -> None:
    with office_of(lms_scene).engine.begin() as connection:
        connection.exec_driver_sql("UPDATE customers SET deleted = 1 WHERE id = 10427")
    customer = lms_scene.customer()
    assert "Nie ma jeszcze zgłoszeń" in customer.get("/helpdesk/").text
    assert customer.post("/helpdesk/new", ticket(customer)).status_code == 404


def test_no_page_can_read_across_customers(lms_scene: Scene) -> None:
    seen_by_pages = lms_scene.app.extensions["wbok"]
    assert lms_scene.panel.desk.watch is not None
    assert lms_scene.panel.billing.ticket_changes is not None
    assert seen_by_pages.desk.watch is None
    assert seen_by_pages.billing.ticket_changes is None


def test_the_manual_promises_no_days_that_lms_counts_otherwise(lms_scene: Scene) -> None:
    assert "otworzyć ponownie" not in lms_scene.visitor().get("/help").text

"""The pages of Helpdesk, as customers use them."""

from __future__ import annotations

import gzip
import re

import pytest
from conftest import MakeScene
from support.scene import Scene
from support.statements import counted
from support.tickets import BODY, TITLE, answered, closed, filled, reply, sent, solved

from wbok.domain.desk import Post

BADGE = re.compile(r"Helpdesk <span class=\"count\">(\d+)<")


def badge(page: str) -> int:
    found = BADGE.search(page)
    return int(found[1]) if found else 0


def test_a_fault_is_to_be_done_at_once_and_a_question_is_received(scene: Scene) -> None:
    customer = scene.customer()
    fault, question = sent(customer), sent(customer, category="question", title="Pytanie")
    page = customer.get(f"/helpdesk/{fault}").text
    assert page.index("przyjęte") < page.index("do zrealizowania</li>")
    assert "<p>Od tygodnia filmy się zacinają.</p>" in page
    assert f"Zgłoszenie {question} zostało wysłane." in page
    listing = customer.get("/helpdesk/").text
    for words in (TITLE, "usterka, nr P-1", "pytanie, nr P-2", "do zrealizowania", "przyjęte"):
        assert words in listing


def test_an_answer_is_a_badge_until_it_is_opened(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number = sent(customer, category="question")
    answered(scene, number, "Dzień dobry, odpowiadam.")
    assert badge(customer.get("/finance/").text) == 1
    assert "nowa odpowiedź" in customer.get("/helpdesk/").text
    page = customer.get(f"/helpdesk/{number}").text
    assert "Biuro, Marta" in page
    assert badge(page) == 0
    assert badge(customer.get("/finance/").text) == 0


def test_an_answer_that_was_not_shown_stays_unread(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number = sent(customer, category="question")
    answered(scene, number, "Dzień dobry, odpowiadam.")
    customer.client.head(f"/helpdesk/{number}", environ_overrides={"REMOTE_ADDR": customer.address})
    customer.get(f"/helpdesk/{number}?before=0")
    assert badge(customer.get("/finance/").text) == 1


def test_a_solved_fault_is_a_banner_on_every_page_until_it_is_opened(make_desk_scene: MakeScene) -> None:
    scene = make_desk_scene(panel={"tabs": ["info", "helpdesk"]})
    customer = scene.customer()
    number = sent(customer)
    solved(scene, number)
    banner = f"Zgłoszenie {number} zostało rozwiązane"
    for path in ("/info/", "/help", "/helpdesk/", "/helpdesk/new"):
        page = customer.get(path).text
        assert banner in page
        assert badge(page) == 1
    assert banner not in scene.customer("11206", "9034").get("/info/").text
    page = customer.get(f"/helpdesk/{number}").text
    assert "Złącze wymienione." in page
    assert banner not in page
    assert banner not in customer.get("/info/").text


def test_the_card_shows_what_is_open(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    assert "Nie ma otwartych zgłoszeń." in customer.get("/info/").text
    for place in range(4):
        sent(customer, title=f"Sprawa {place}")
    page = customer.get("/info/").text
    assert "Sprawa 3" in page
    assert "Sprawa 0" not in page
    assert "Wszystkie zgłoszenia" in page


def test_replies_go_into_the_thread(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number = sent(customer)
    assert reply(customer, number, "Dodam jeszcze").status_code == 303
    assert "<p>Dodam jeszcze</p>" in customer.get(f"/helpdesk/{number}").text
    for nothing in ("  ", "\u200b\u3164"):
        empty = reply(customer, number, nothing)
        assert empty.status_code == 400
        assert "Prosimy opisać sprawę" in empty.text


def test_too_many_replies_are_refused_in_words_and_the_text_stays(make_desk_scene: MakeScene) -> None:
    scene = make_desk_scene(tabs={"helpdesk": {"max_replies": 2}})
    customer = scene.customer()
    number = sent(customer)
    for text in ("raz", "dwa"):
        assert reply(customer, number, text).status_code == 303
    answer = reply(customer, number, "trzy")
    assert answer.status_code == 429
    assert "wysłano tu już wiele odpowiedzi" in answer.text
    assert re.search(r"<textarea[^>]*>\s*trzy", answer.text)
    assert "<p>trzy</p>" not in answer.text


def test_a_thread_of_long_texts_is_shown_on_several_light_pages(make_desk_scene: MakeScene) -> None:
    scene = make_desk_scene(tabs={"helpdesk": {"max_replies": 100}})
    customer = scene.customer()
    number = sent(customer)
    texts = [f"Odpowiedź {place}. " + "Sygnał zanika co kilka minut. " * 300 for place in range(12)]
    for text in texts:
        reply(customer, number, text)
    path, seen = f"/helpdesk/{number}", list[int]()
    while path:
        answer = customer.get(path)
        assert len(answer.data) <= 40_000
        seen = [int(place) for place in re.findall(r"<p>Odpowiedź (\d+)\.", answer.text)] + seen
        older = re.search(r'href="([^"]+)">Starsze', answer.text)
        path = older[1] if older else ""
    assert seen == list(range(12))


def test_a_reply_to_a_closed_one_says_so_keeps_the_text_and_offers_to_open_it(desk_scene: Scene) -> None:
    scene = desk_scene
    customer = scene.customer()
    number = sent(customer)
    late = filled(customer, f"/helpdesk/{number}", body="Nadal nie działa", action="reply")
    closed(scene, customer, number)
    answer = customer.post(f"/helpdesk/{number}", late)
    assert answer.status_code == 409
    for words in (
        "Zgłoszenie jest zakończone i odpowiedź nie",
        "Nadal nie działa",
        "Otwórz ponownie i wyślij",
    ):
        assert words in answer.text
    assert customer.post(f"/helpdesk/{number}", late | {"action": "reopen"}).status_code == 303
    page = customer.get(f"/helpdesk/{number}").text
    assert page.count("do zrealizowania</li>") == (2 if scene.lms is None else 0)
    assert "<p>Nadal nie działa</p>" in page


def test_after_its_days_a_ticket_stays_closed(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(tabs={"helpdesk": {"reopen_days": 0}})
    customer = scene.customer()
    number = sent(customer)
    form = filled(customer, f"/helpdesk/{number}", body="Jeszcze", action="reopen")
    solved(scene, number)
    scene.clock.advance(seconds=1)
    answer = customer.post(f"/helpdesk/{number}", form)
    assert answer.status_code == 409
    assert "Jeszcze" in answer.text
    assert "Nowe zgłoszenie" in answer.text
    assert "Otwórz ponownie" not in answer.text


def test_a_ticket_of_another_customer_is_not_there_whatever_is_sent(desk_scene: Scene) -> None:
    scene = desk_scene
    number = sent(scene.customer())
    other = scene.customer("11206", "9034")
    own = filled(other)
    for action in ("reply", "reopen", "close", "", "nonsense"):
        answer = other.post(f"/helpdesk/{number}", {**own, "body": "x", "action": action})
        missing = other.post(f"/helpdesk/{number[0]}-999", {**own, "body": "x", "action": action})
        assert (answer.status_code, missing.status_code) == (404, 404)
        assert TITLE not in answer.text
    assert other.get(f"/helpdesk/{number}").status_code == 404
    thread = scene.panel.desk.customer.thread("10427", number)
    assert [e.text for e in thread.entries if isinstance(e, Post)] == [
        BODY if scene.lms is None else f"{BODY}\n\nTelefon kontaktowy: 600 000 427"
    ]


def test_a_mark_of_another_customers_list_begins_ones_own(scene: Scene) -> None:
    number = sent(scene.customer())
    assert scene.customer("11206", "9034").get(f"/helpdesk/?after={number}").status_code == 200


def test_notes_of_the_office_are_on_no_page(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    office = scene.panel.desk.office
    office.note(office.ticket(number), author="Marta", text="Uwaga, trudny klient")
    office.assign(office.ticket(number), assignee="pawel_technik")
    for path in (f"/helpdesk/{number}", "/helpdesk/", "/info/"):
        page = customer.get(path).text
        assert "trudny" not in page
        assert "pawel_technik" not in page


def test_many_tickets_are_shown_page_by_page_and_within_the_limits(make_desk_scene: MakeScene) -> None:
    scene = make_desk_scene(tabs={"helpdesk": {"max_open": 1000, "max_per_hour": 100}})
    customer = scene.customer()
    for place in range(60):
        sent(customer, title=f"Sprawa {place} " + "długa " * 15)
    path, titles = "/helpdesk/", list[str]()
    while path:
        answer = customer.get(path)
        assert len(gzip.compress(answer.data, 6)) <= 10 * 1024
        titles += re.findall(r">(Sprawa \d+)", answer.text)
        older = re.search(r'href="([^"]+)">Starsze', answer.text)
        path = older[1] if older else ""
    assert titles == [f"Sprawa {place}" for place in reversed(range(60))]
    assert customer.get("/helpdesk/?after=x").status_code == 400
    number = sent(customer)
    assert customer.get(f"/helpdesk/{number}?before=x").status_code == 400


@pytest.mark.parametrize("path", ["/helpdesk/", "/helpdesk/new", "/helpdesk/P-1", "/info/", "/finance/"])
def test_pages_stay_within_their_statements_and_weight(desk_scene: Scene, path: str) -> None:
    scene = desk_scene
    customer = scene.customer()
    first = sent(customer)
    for number in (first, sent(customer, title="b")):
        answered(scene, number)
        solved(scene, number)
    path = path.replace("P-1", first)
    customer.get(path)
    with counted(scene.panel) as statements:
        answer = customer.get(path)
    assert answer.status_code == 200
    assert len(statements.store) <= 2, statements.store
    assert len(statements.billing) <= 4, statements.billing
    assert len(gzip.compress(answer.data, 6)) <= 10 * 1024
    assert "None" not in answer.text
    assert "style=" not in answer.text


def test_english_is_complete(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    customer.get("/helpdesk/")
    customer.get("/helpdesk/?lang=en")
    for path in ("/helpdesk/", "/helpdesk/new", f"/helpdesk/{number}"):
        page = customer.get(path).text.replace(TITLE, "").replace(BODY.split("\n")[0], "")
        for words in ("zgłoszeni", "Zgłoszeni", "przyjęte", "Odpowiedź", "Temat", "Usterka", "biuro"):
            assert words not in page, (path, words)

"""The pages of Helpdesk, as customers use them."""

from __future__ import annotations

import gzip
import re
import threading
from pathlib import Path

import pytest
from conftest import MakeScene
from support.scene import Scene
from support.statements import counted
from support.tickets import BODY, TITLE, answered, filled, reply, sent, solved, ticket

from wbok.errors import ConfigError

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


def test_an_answer_is_a_badge_until_it_is_opened(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer, category="question")
    answered(scene, number, "Dzień dobry, odpowiadam.")
    assert badge(customer.get("/finance/").text) == 1
    assert "nowa odpowiedź" in customer.get("/helpdesk/").text
    page = customer.get(f"/helpdesk/{number}").text
    assert "Biuro, Marta" in page
    assert badge(page) == 0
    assert badge(customer.get("/finance/").text) == 0


def test_an_answer_that_was_not_shown_stays_unread(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer, category="question")
    answered(scene, number, "Dzień dobry, odpowiadam.")
    customer.client.head(f"/helpdesk/{number}", environ_overrides={"REMOTE_ADDR": customer.address})
    customer.get(f"/helpdesk/{number}?before=0")
    assert badge(customer.get("/finance/").text) == 1


def test_a_solved_fault_is_a_banner_on_every_page_until_it_is_opened(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(panel={"tabs": ["info", "helpdesk"]})
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


def test_the_card_shows_what_is_open(scene: Scene) -> None:
    customer = scene.customer()
    assert "Nie ma otwartych zgłoszeń." in customer.get("/info/").text
    for place in range(4):
        sent(customer, title=f"Sprawa {place}")
    page = customer.get("/info/").text
    assert "Sprawa 3" in page
    assert "Sprawa 0" not in page
    assert "Wszystkie zgłoszenia" in page


def test_the_same_form_sent_eight_times_at_once_is_one_ticket(scene: Scene) -> None:
    customer, locations = scene.customer(), list[str]()
    form, cookie = ticket(customer), customer.client.get_cookie("wbok")
    assert cookie
    barrier = threading.Barrier(8)

    def send() -> None:
        visitor = scene.visitor()
        visitor.client.set_cookie("wbok", cookie.value)
        barrier.wait()
        locations.append(visitor.post("/helpdesk/new", form).headers["Location"])

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert locations == ["/helpdesk/P-1"] * 8
    assert customer.get("/helpdesk/").text.count(TITLE) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Prosimy wpisać temat"),
        ({"title": " \u00a0\n"}, "Prosimy wpisać temat"),
        ({"title": "t" * 121}, "pierwsze 120 znaków"),
        ({"body": ""}, "Prosimy opisać sprawę"),
        ({"body": "x" * 1_000_000}, "pierwsze 10\u00a0000 znaków"),
        ({"category": "sales"}, "Prosimy wybrać, czego dotyczy"),
        ({"category": ""}, "Prosimy wybrać, czego dotyczy"),
        ({"phone": "zadzwoń"}, "To nie jest numer telefonu"),
        ({"phone": "1" * 5000}, "To nie jest numer telefonu"),
    ],
)
def test_a_fault_in_the_form_is_said_and_what_was_typed_stays(
    scene: Scene, fields: dict[str, str], words: str
) -> None:
    customer = scene.customer()
    answer = customer.post("/helpdesk/new", ticket(customer, **fields))
    assert answer.status_code == 400
    assert words in answer.text
    assert len(answer.data) < 40_000
    for name, typed in {"title": TITLE, "body": "Od tygodnia filmy", "phone": "600 000 427"}.items():
        if name not in fields:
            assert typed in answer.text
    if fields.get("body"):
        assert "x" * 10_000 in answer.text
        assert "x" * 10_001 not in answer.text
    assert customer.get("/helpdesk/").text.count("nr P-") == 0


@pytest.mark.parametrize("text", ["<b>x</b><script>alert(1)</script>", "# A\n[x](http://evil.example) **b**"])
def test_html_and_markdown_are_text(scene: Scene, text: str) -> None:
    customer = scene.customer()
    number = sent(customer, title=text.replace("\n", " "), body=text)
    for path in (f"/helpdesk/{number}", "/helpdesk/", "/info/"):
        page = customer.get(path).text
        assert "<script" not in page
        assert "<b>x" not in page
        assert "evil.example" not in re.findall(r'href="([^"]*)"', page)


def test_what_no_database_keeps_is_left_out(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer, title="A\x00\x07\u202eB", body="C\x00D\r\n\r\nE\x1b[31m")
    page = customer.get(f"/helpdesk/{number}").text
    assert "<h1>AB</h1>" in page
    assert "<p>CD</p>" in page
    assert "<p>E[31m</p>" in page


def test_too_many_tickets_are_refused_in_words_and_the_text_stays(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(tabs={"helpdesk": {"max_open": 2, "max_per_hour": 3}})
    customer = scene.customer()
    first = sent(customer, title="a")
    sent(customer, title="b")
    answer = customer.post("/helpdesk/new", ticket(customer))
    assert answer.status_code == 429
    assert "Liczba otwartych zgłoszeń to już 2" in answer.text
    assert TITLE in answer.text
    close = filled(customer, f"/helpdesk/{first}", action="close")
    customer.post(f"/helpdesk/{first}", close)
    sent(customer, title="c")
    customer.post("/helpdesk/P-2", filled(customer, "/helpdesk/P-2", action="close"))
    answer = customer.post("/helpdesk/new", ticket(customer))
    assert "W ostatniej godzinie wysłano już wiele zgłoszeń" in answer.text
    scene.clock.advance(minutes=25)
    customer.get("/info/")
    scene.clock.advance(minutes=25)
    customer.get("/info/")
    scene.clock.advance(minutes=11)
    assert sent(customer, title="d") == "P-4"


def test_replies_go_into_the_thread(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    assert reply(customer, number, "Dodam jeszcze").status_code == 303
    assert "<p>Dodam jeszcze</p>" in customer.get(f"/helpdesk/{number}").text
    for nothing in ("  ", "\u200b\u3164"):
        empty = reply(customer, number, nothing)
        assert empty.status_code == 400
        assert "Prosimy opisać sprawę" in empty.text


def test_a_reply_to_a_closed_one_says_so_keeps_the_text_and_offers_to_open_it(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    late = filled(customer, f"/helpdesk/{number}", body="Nadal nie działa", action="reply")
    customer.post(f"/helpdesk/{number}", filled(customer, f"/helpdesk/{number}", action="close"))
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
    assert page.count("do zrealizowania</li>") == 2
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


def test_a_ticket_of_another_customer_is_not_there_whatever_is_sent(scene: Scene) -> None:
    number = sent(scene.customer())
    other = scene.customer("11206", "9034")
    own = filled(other)
    for action in ("reply", "reopen", "close", "", "nonsense"):
        answer = other.post(f"/helpdesk/{number}", {**own, "body": "x", "action": action})
        missing = other.post("/helpdesk/P-999", {**own, "body": "x", "action": action})
        assert (answer.status_code, missing.status_code) == (404, 404)
        assert TITLE not in answer.text
    assert other.get(f"/helpdesk/{number}").status_code == 404
    assert other.get(f"/helpdesk/?after={number}").status_code == 200
    thread = scene.panel.desk.customer.thread("10427", number)
    assert len(thread.entries) == 3


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


def test_many_tickets_are_shown_page_by_page_and_within_the_limits(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(tabs={"helpdesk": {"max_open": 1000, "max_per_hour": 100}})
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
    assert customer.get("/helpdesk/P-1?before=x").status_code == 400


@pytest.mark.parametrize("path", ["/helpdesk/", "/helpdesk/new", "/helpdesk/P-1", "/info/", "/finance/"])
def test_pages_stay_within_their_statements_and_weight(scene: Scene, path: str) -> None:
    customer = scene.customer()
    for number in (sent(customer), sent(customer, title="b")):
        answered(scene, number)
        solved(scene, number)
    customer.get(path)
    with counted(scene.panel) as statements:
        answer = customer.get(path)
    assert answer.status_code == 200
    assert len(statements.store) <= 2, statements.store
    assert len(statements.billing) <= 4, statements.billing
    assert len(gzip.compress(answer.data, 6)) <= 10 * 1024
    assert "None" not in answer.text
    assert "style=" not in answer.text


def test_without_the_billing_a_fault_can_be_reported_all_the_same(
    make_demo_scene: MakeScene, demo: tuple[Path, object], tmp_path: Path
) -> None:
    billing = tmp_path / "billing.sqlite"
    billing.write_bytes(demo[0].read_bytes())
    scene = make_demo_scene(billing_file=billing)
    customer = scene.customer()
    billing.rename(tmp_path / "away")
    assert sent(customer) == "P-1"
    assert TITLE in customer.get("/helpdesk/").text


def test_english_is_complete(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    customer.get("/helpdesk/")
    customer.get("/helpdesk/?lang=en")
    for path in ("/helpdesk/", "/helpdesk/new", f"/helpdesk/{number}"):
        page = customer.get(path).text.replace(TITLE, "").replace(BODY.split("\n")[0], "")
        for words in ("zgłoszeni", "Zgłoszeni", "przyjęte", "Odpowiedź", "Temat", "Usterka", "biuro"):
            assert words not in page, (path, words)


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ({"desk": "billing"}, "desk"),
        ({"categories": []}, "categories"),
        ({"queues": [{"name": "x", "words": {"pl": "x"}}]}, 'there is no queue "technical"'),
        ({"queues": [{"name": "X y", "words": {"pl": "x"}}]}, "queues.0.name"),
        ({"answer": 1}, "there is no such setting"),
    ],
)
def test_a_wrong_setting_stops_the_start(
    make_demo_scene: MakeScene, section: dict[str, object], fault: str
) -> None:
    with pytest.raises(ConfigError, match=fault):
        make_demo_scene(tabs={"helpdesk": section})


def test_categories_of_the_provider_are_offered(make_demo_scene: MakeScene) -> None:
    section = {
        "queues": [{"name": "sales", "words": {"pl": "sprzedaż"}}],
        "categories": [
            {"name": "more", "words": {"pl": "Chcę więcej"}, "kind": "question", "queue": "sales"}
        ],
    }
    scene = make_demo_scene(tabs={"helpdesk": section})
    customer = scene.customer()
    assert "Chcę więcej" in customer.get("/helpdesk/new").text
    number = sent(customer, category="more")
    assert scene.panel.desk.office.ticket(number).ticket.queue == "sales"

"""The form of a new ticket: what it offers, refuses and keeps."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from conftest import MakeScene
from support.billing import people, write_tables
from support.clock import HandClock
from support.scene import Scene, make_scene, make_settings, sql_billing
from support.tickets import TITLE, filled, sent, solved, ticket

from wbok.errors import ConfigError


def test_the_same_form_sent_eight_times_at_once_is_one_ticket(desk_scene: Scene) -> None:
    scene = desk_scene
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
    letter = "P" if scene.lms is None else "B"
    assert locations == [f"/helpdesk/{letter}-1"] * 8
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
def test_html_and_markdown_are_text(desk_scene: Scene, text: str) -> None:
    customer = desk_scene.customer()
    number = sent(customer, title=text.replace("\n", " "), body=text)
    for path in (f"/helpdesk/{number}", "/helpdesk/", "/info/"):
        page = customer.get(path).text
        assert "<script" not in page
        assert "<b>x" not in page
        assert "evil.example" not in re.findall(r'href="([^"]*)"', page)


def test_what_no_database_keeps_is_left_out(desk_scene: Scene) -> None:
    customer = desk_scene.customer()
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


def test_too_many_tickets_in_the_billing_are_refused_alike(make_lms_scene: MakeScene) -> None:
    scene = make_lms_scene(tabs={"helpdesk": {"max_open": 1, "max_per_hour": 2}})
    customer = scene.customer()
    first = sent(customer, title="a")
    full = customer.post("/helpdesk/new", ticket(customer))
    assert full.status_code == 429
    assert "Prosimy napisać w jednym z nich" in full.text
    solved(scene, first)
    solved(scene, sent(customer, title="b"))
    assert "W ostatniej godzinie" in customer.post("/helpdesk/new", ticket(customer)).text


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


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ({"desk": "billing"}, "tabs.helpdesk.desk: .* keeps no tickets for the panel"),
        ({"desk": "elsewhere"}, "desk"),
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


def test_a_number_that_the_form_would_refuse_is_not_filled_in(tmp_path: Path, clock: HandClock) -> None:
    contacts = [
        {"id": 1, "customer_id": 1, "kind": "phone", "value": "tel. 600 100 200 (mama)"},
        {"id": 2, "customer_id": 1, "kind": "phone", "value": "600 100 201"},
    ]
    rows = {**people(1), "contacts": contacts}
    billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
    customer = make_scene(make_settings(tmp_path, billing), clock=clock).customer("1", "4711")
    page = customer.get("/helpdesk/new?category=internet").text
    assert 'value="600 100 201"' in page
    assert "mama" not in page

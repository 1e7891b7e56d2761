"""What was typed survives a session that ended, a token that was too old and a store that is away; and it is shown
to nobody else."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select
from support.scene import Scene, Visitor
from support.tickets import BODY, TITLE, filled, sent, ticket

from wbok.store.tables import kept_forms

LINES = "Od tygodnia filmy się zacinają."
OTHER = ("11206", "9034")


def kept(scene: Scene) -> int:
    with scene.panel.store.reading() as connection:
        return connection.execute(select(func.count()).select_from(kept_forms)).scalar_one()


def sent_too_late(scene: Scene) -> Visitor:
    """A customer whose session ended while he wrote."""
    customer = scene.customer()
    form = ticket(customer)
    scene.clock.advance(minutes=31)
    answer = customer.post("/helpdesk/new", form)
    assert answer.headers["Location"] == "/login?next=/helpdesk/new"
    return customer


def log_in_again(
    visitor: Visitor, login: str = "10427", pin: str = "4271", where: str = "/helpdesk/new"
) -> str:
    """The page to which it leads."""
    assert "wpisany tekst" in visitor.get("/login").text
    answer = visitor.log_in(login, pin, next=where)
    assert answer.status_code == 303
    return visitor.get(answer.headers["Location"]).text


def test_after_logging_in_again_the_form_stands_there_with_what_was_typed(scene: Scene) -> None:
    customer = sent_too_late(scene)
    page = log_in_again(customer)
    assert f'value="{TITLE}"' in page
    assert LINES in page
    assert 'name="category" value="internet"' in page
    assert "600 000 427" in page
    answer = customer.post("/helpdesk/new", filled(customer, category="internet", title=TITLE, body=BODY))
    assert answer.status_code == 303
    assert kept(scene) == 0
    assert TITLE not in customer.get("/helpdesk/new?category=internet").text


def test_it_survives_another_page_opened_meanwhile(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer)
    scene.clock.advance(minutes=31)
    assert customer.get("/info/").status_code == 303
    customer.post("/helpdesk/new", form)
    assert LINES in log_in_again(customer)


def test_it_survives_another_page_opened_before_logging_in_again(scene: Scene) -> None:
    customer = sent_too_late(scene)
    assert customer.get("/info/").status_code == 303
    assert customer.log_in("10427", "4271", next="/info/").headers["Location"] == "/info/"
    assert LINES in customer.get("/helpdesk/new").text


def test_a_reply_survives_too(scene: Scene) -> None:
    customer = scene.customer()
    number = sent(customer)
    form = filled(customer, f"/helpdesk/{number}", body="Nadal nie działa", action="reply")
    scene.clock.advance(minutes=31)
    customer.post(f"/helpdesk/{number}", form)
    page = log_in_again(customer, where=f"/helpdesk/{number}")
    assert re.search(r"<textarea[^>]*>\s*Nadal nie działa", page)


def test_of_a_button_pressed_too_late_he_is_told_that_nothing_was_changed(scene: Scene) -> None:
    customer = scene.customer()
    path = f"/helpdesk/{sent(customer)}"
    button = filled(customer, path, action="close")
    del button["form_key"]
    scene.clock.advance(minutes=31)
    answer = customer.post(path, button)
    assert answer.headers["Location"] == f"/login?next={path}"
    assert "nic nie zostało zmienione" in customer.get(answer.headers["Location"]).text
    page = customer.get(customer.log_in("10427", "4271", next=path).headers["Location"]).text
    assert "Zamknij zgłoszenie" in page


def test_another_customer_on_the_same_computer_never_sees_it(scene: Scene) -> None:
    visitor = sent_too_late(scene)
    page = log_in_again(visitor, *OTHER)
    for path in ("/helpdesk/new", "/helpdesk/", "/info/"):
        assert LINES not in visitor.get(path).text
    assert LINES not in page
    assert kept(scene) == 0


def test_nobody_sees_it_in_another_browser(scene: Scene) -> None:
    sent_too_late(scene)
    assert LINES not in scene.customer().get("/helpdesk/new").text


def test_after_logging_out_nothing_is_kept(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer)
    customer.log_out()
    customer.post("/helpdesk/new", form)
    assert kept(scene) == 0
    customer.log_in("10427", "4271")
    assert LINES not in customer.get("/helpdesk/new").text


def test_after_an_hour_it_is_gone(scene: Scene) -> None:
    customer = sent_too_late(scene)
    scene.clock.advance(hours=1)
    customer.log_in("10427", "4271")
    assert LINES not in customer.get("/helpdesk/new").text


def test_one_session_keeps_one_form_however_often_it_is_sent(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer)
    scene.clock.advance(minutes=31)
    for place in range(5):
        customer.post("/helpdesk/new", {**form, "title": f"Temat {place}"})
    assert kept(scene) == 1
    assert "Temat 4" in log_in_again(customer)


def test_a_visitor_who_was_never_logged_in_keeps_nothing(scene: Scene) -> None:
    form = ticket(scene.customer())
    for _ in range(2):
        assert scene.visitor().post("/helpdesk/new", form).status_code == 303
    assert kept(scene) == 0


@pytest.mark.parametrize("token", ["", "x", None])
def test_a_wrong_token_gives_the_form_again_with_the_text(scene: Scene, token: str | None) -> None:
    customer = scene.customer()
    form = ticket(customer)
    del form["csrf_token"]
    answer = customer.post("/helpdesk/new", form if token is None else form | {"csrf_token": token})
    assert answer.headers["Location"] == "/helpdesk/new"
    page = customer.get("/helpdesk/new").text
    assert "Strona była otwarta zbyt długo" in page
    assert LINES in page
    assert customer.get("/helpdesk/").text.count("nr P-") == 0


def test_a_form_made_for_another_customer_is_neither_sent_nor_shown(scene: Scene) -> None:
    form = ticket(scene.customer())
    other = scene.customer(*OTHER)
    assert other.post("/helpdesk/new", form).status_code == 400
    assert LINES not in other.get("/helpdesk/new").text
    assert kept(scene) == 0


def test_a_text_of_a_megabyte_is_kept_as_far_as_it_may_be_sent(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer, body="z" * 1_000_000)
    scene.clock.advance(minutes=31)
    customer.post("/helpdesk/new", form)
    page = log_in_again(customer)
    assert "z" * 10_000 in page
    assert "z" * 10_001 not in page


def test_a_store_that_is_away_gives_the_text_back_to_be_sent_once_more(scene: Scene) -> None:
    customer = scene.customer()
    form = ticket(customer)
    with scene.panel.store.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE desk_tickets RENAME TO away")
    answer = customer.post("/helpdesk/new", form)
    assert answer.status_code == 503
    for words in ("Wpisany tekst", LINES, f'value="{TITLE}"', form["form_key"], "Wyślij jeszcze raz"):
        assert words in answer.text
    with scene.panel.store.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO desk_tickets")
    assert customer.post("/helpdesk/new", form).headers["Location"] == "/helpdesk/P-1"


def test_other_forms_without_a_token_are_refused_as_before(scene: Scene) -> None:
    assert scene.customer().post("/finance/", {}).status_code in {400, 405}


def test_a_mere_button_promises_nothing_to_come_back(scene: Scene) -> None:
    customer = scene.customer()
    path = f"/helpdesk/{sent(customer)}"
    pressed = {name: value for name, value in filled(customer, path).items() if name == "csrf_token"}
    scene.clock.advance(minutes=31)
    customer.post(path, pressed | {"action": "close"})
    assert "wpisany tekst" not in customer.get("/login").text
    assert kept(scene) == 0

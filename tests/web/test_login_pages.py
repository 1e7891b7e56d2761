"""Logging in and out, as a browser sees it."""

from __future__ import annotations

import pytest
from conftest import MakeScene
from support.scene import Scene
from support.statements import counted


def test_the_first_page_after_logging_in_is_informacje(scene: Scene) -> None:
    visitor = scene.visitor()
    answer = visitor.log_in("0010427", "04271")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/info/")
    page = visitor.get("/info/").text
    assert "Halina Brzozowska" in page
    assert visitor.get("/").headers["Location"] == "/info/"
    assert visitor.get("/login").headers["Location"] == "/"


def test_wrong_pins_show_the_tries_left_then_the_blocked_page(scene: Scene) -> None:
    visitor = scene.visitor()
    first, second, third, fourth = (visitor.log_in("10427", pin) for pin in ("1", "2", "3", "4271"))
    assert "Zostały 2 próby." in first.text
    assert "Została 1 próba." in second.text
    assert 'value="10427"' in second.text
    assert "Dostęp został zablokowany po trzech błędnych próbach." in third.text
    assert "32 012 34 56" in third.text
    assert (third.status_code, fourth.status_code) == (403, 403)
    assert visitor.get("/info/").status_code == 303


def test_known_and_unknown_logins_look_the_same(scene: Scene) -> None:
    def tries(login: str) -> list[tuple[int, str]]:
        visitor = scene.visitor()
        answers = [visitor.log_in(login, "9") for _ in range(4)]
        return [(a.status_code, _anonymous(a.text, login)) for a in answers]

    assert tries("10427") == tries("10428")


def test_known_and_unknown_logins_cost_the_same_statements(scene: Scene) -> None:
    def asked(login: str) -> list[list[str]]:
        visitor = scene.visitor()
        visitor.log_in("x", "1")
        lists = []
        for _ in range(4):
            with counted(scene.panel) as statements:
                visitor.log_in(login, "9")
            lists.append(statements.store + statements.billing)
        return lists

    asked("11206")
    assert asked("10427") == asked("10428")


def test_logging_in_anew_ends_the_session_before(scene: Scene) -> None:
    visitor = scene.customer()
    form = {"csrf_token": visitor.token("/help"), "customer_id": "4213", "pin": "8150"}
    assert visitor.post("/login", form).status_code == 303
    assert scene.panel.sessions.of("10427") == ()
    assert len(scene.panel.sessions.of("4213")) == 1


def test_a_session_is_not_ended_by_a_lock(scene: Scene) -> None:
    customer = scene.customer()
    for _ in range(3):
        scene.visitor().log_in("10427", "9")
    assert customer.get("/info/").status_code == 200


def test_after_logging_out_the_old_cookie_is_dead(scene: Scene) -> None:
    customer = scene.customer()
    cookie = customer.client.get_cookie("wbok")
    assert cookie
    assert customer.log_out().headers["Location"] == "/login"
    thief = scene.visitor()
    thief.client.set_cookie("wbok", cookie.value)
    assert thief.get("/info/").status_code == 303


def test_logging_in_gives_a_new_session(scene: Scene) -> None:
    visitor = scene.visitor()
    token = visitor.token()
    before = visitor.client.get_cookie("wbok")
    visitor.post("/login", {"csrf_token": token, "customer_id": "10427", "pin": "4271"})
    after = visitor.client.get_cookie("wbok")
    assert before
    assert after
    assert before.value != after.value
    assert visitor.post("/logout", {"csrf_token": token}).headers["Location"] == "/login"
    assert visitor.get("/info/").status_code == 200


def test_a_session_ends_when_nothing_happens(scene: Scene) -> None:
    customer = scene.customer()
    for _ in range(5):
        scene.clock.advance(minutes=20)
        assert customer.get("/info/").status_code == 200
    scene.clock.advance(minutes=31)
    answer = customer.get("/finance/ledger?kind=charge")
    assert answer.headers["Location"] == "/login?next=/finance/ledger?kind%3Dcharge"
    assert "Sesja wygasła" in customer.get("/login").text


def test_a_session_ends_after_twelve_hours_in_any_case(scene: Scene) -> None:
    customer = scene.customer()
    for _ in range(36):
        assert customer.get("/info/").status_code == 200
        scene.clock.advance(minutes=20)
    assert customer.get("/info/").status_code == 303


def test_whoever_was_sent_to_the_login_comes_where_he_wanted(scene: Scene) -> None:
    visitor = scene.visitor()
    where = visitor.get("/finance/ledger?kind=charge").headers["Location"]
    assert 'name="next" value="/finance/ledger?kind=charge"' in visitor.get(where).text
    assert visitor.log_in("10427", "4271", next="/finance/ledger?kind=charge").headers["Location"] == (
        "/finance/ledger?kind=charge"
    )


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "///evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/nowhere",
        "/logout",
        "info/",
        "/info/\r\nSet-Cookie: a=b",
        "/finance/documents/x/../../..//evil.example",
    ],
)
def test_next_leads_nowhere_else(scene: Scene, wanted: str) -> None:
    answer = scene.visitor().log_in("10427", "4271", next=wanted)
    assert answer.headers["Location"] == "/info/"
    assert 'name="next"' not in scene.visitor().get("/login", query_string={"next": wanted}).text


def test_the_coarse_limit_answers_in_words(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(access={"login_rate": "20 per minute"})
    visitor = scene.visitor()
    token = visitor.token()
    form = {"csrf_token": token, "customer_id": "x", "pin": "1"}
    codes = [visitor.post("/login", form).status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]
    assert scene.visitor("10.1.2.4").log_in("10427", "4271").status_code == 303


def test_a_fifth_login_from_one_address_is_refused_in_words(scene: Scene) -> None:
    visitor = scene.visitor()
    for login in ("10427", "11206", "4213", "10588"):
        assert visitor.log_in(login, "9").status_code == 200
    answer = visitor.log_in("10863", "5863")
    assert answer.status_code == 429
    assert "Zbyt wiele prób logowania z tego miejsca" in answer.text


def _anonymous(page: str, login: str) -> str:
    lines = page.replace(f'"{login}"', '"ID"').splitlines()
    return "\n".join(line for line in lines if "csrf_token" not in line)


def test_logging_out_with_a_page_from_before_says_that_it_did_not_work(scene: Scene) -> None:
    visitor = scene.customer()
    old = visitor.token("/help")
    visitor.log_out()
    visitor.log_in("10427", "4271")
    visitor.post("/logout", {"csrf_token": old})
    page = visitor.get("/info/")
    assert page.status_code == 200
    assert "Wylogowanie się nie powiodło" in page.text

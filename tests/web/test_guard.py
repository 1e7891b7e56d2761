"""What every request passes and every answer carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeScene
from support.scene import Scene

PATHS = ["/", "/login", "/help", "/info/", "/nowhere", "/static/theme.css", "/healthz", "/readyz"]


@pytest.mark.parametrize("path", PATHS)
def test_forwarding_without_configured_proxies_is_refused_everywhere(scene: Scene, path: str) -> None:
    answer = scene.visitor("127.0.0.1", **{"X-Forwarded-For": "10.1.2.3"}).get(path)
    assert answer.status_code == 403
    assert "Panel działa tylko w naszej sieci" in answer.text


def test_forwarding_refused_for_a_customer_who_is_logged_in(scene: Scene) -> None:
    customer = scene.customer()
    assert customer.get("/info/", headers={"X-Real-IP": "10.1.2.3"}).status_code == 403


def test_behind_a_configured_proxy_the_customer_comes_in(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(access={"proxies": ["127.0.0.1"]})
    visitor = scene.visitor("127.0.0.1", **{"X-Forwarded-For": "10.1.2.3"})
    assert visitor.log_in("10427", "4271").status_code == 303
    assert scene.panel.audit.of("10427")[0].address == "10.1.2.3"
    assert scene.visitor("127.0.0.1", **{"X-Forwarded-For": "8.8.8.8"}).get("/login").status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_strangers_see_a_page_in_words(scene: Scene, path: str) -> None:
    answer = scene.visitor("8.8.8.8").get(path)
    assert answer.status_code == 403
    assert "32 012 34 56" in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "a b", "127.0.0.1@evil.example"]
)
def test_a_foreign_host_is_refused(scene: Scene, host: str) -> None:
    answer = scene.visitor().get("/login", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("path", [*PATHS, "/logout"])
def test_every_answer_is_sealed(scene: Scene, path: str) -> None:
    for visitor in (scene.visitor(), scene.visitor("8.8.8.8")):
        headers = visitor.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert len(headers["X-Request-ID"]) == 8


def test_pages_are_not_kept_and_files_are(scene: Scene) -> None:
    customer = scene.customer()
    assert customer.get("/info/").headers["Cache-Control"] == "no-store"
    assert "max-age=31536000" in customer.get("/static/theme.css").headers["Cache-Control"]
    assert customer.get("/static/nothing.css").headers["Cache-Control"] == "no-store"


def test_with_https_cookies_are_secure_and_hsts_is_set(make_demo_scene: MakeScene) -> None:
    scene = make_demo_scene(web={"https": True})
    answer = scene.visitor().get("/login", base_url="https://localhost")
    assert answer.headers["Set-Cookie"].startswith("__Host-wbok=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(scene: Scene) -> None:
    cookie = scene.visitor().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("token", [None, "", "forged", "x" * 5000])
def test_every_post_needs_its_token(scene: Scene, token: str | None) -> None:
    customer = scene.customer()
    form = {"customer_id": "10427", "pin": "4271"} | ({} if token is None else {"csrf_token": token})
    assert scene.visitor().post("/login", form).status_code == 400
    customer.post("/logout", form)
    assert customer.get("/info/").status_code == 200


def test_a_stale_login_form_comes_again_without_the_pin(scene: Scene) -> None:
    answer = scene.visitor().post("/login", {"customer_id": "10427", "pin": "48151623", "csrf_token": "old"})
    assert 'value="10427"' in answer.text
    assert "48151623" not in answer.text
    assert "Strona była otwarta zbyt długo" in answer.text


def test_health_says_whether_the_store_is_there(scene: Scene) -> None:
    visitor = scene.visitor()
    assert visitor.get("/healthz").text == "ok\n"
    assert visitor.get("/readyz").status_code == 200
    with scene.panel.store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert visitor.get("/readyz").status_code == 503
    assert visitor.get("/healthz").status_code == 200


def test_security_txt_names_a_contact(scene: Scene) -> None:
    text = scene.visitor().get("/.well-known/security.txt").text
    assert "Contact: tel:+48320123456\nExpires: 2027-11-23T10:00:00Z\n" in text


@pytest.mark.parametrize(
    "path", ["/%09/evil.example", "/%0a/evil.example/", "/%0d/x", "/%5cevil.example", "/%09//x"]
)
def test_the_language_switch_answers_no_path_that_is_no_page(scene: Scene, path: str) -> None:
    for visitor in (scene.visitor(), scene.customer()):
        answer = visitor.get(f"{path}?lang=en")
        assert answer.status_code == 404
        assert "Location" not in answer.headers


@pytest.mark.parametrize("damage", ["ALTER TABLE sessions RENAME TO away", "DROP TABLE sessions"])
def test_a_failing_store_is_a_page_in_words_for_whoever_is_logged_in(scene: Scene, damage: str) -> None:
    customer = scene.customer()
    with scene.panel.store.writing() as connection:
        connection.exec_driver_sql(damage)
    for path in ("/info/", "/help", "/nowhere", "/login"):
        answer = customer.get(path)
        assert answer.status_code == 503
        assert "Dane są chwilowo niedostępne" in answer.text
        assert "Content-Security-Policy" in answer.headers


def test_a_damaged_store_file_is_a_page_in_words(scene: Scene, tmp_path: Path) -> None:
    customer = scene.customer()
    scene.panel.store.engine.dispose()
    for file in tmp_path.glob("store.sqlite*"):
        file.write_bytes(b"no database" * 100)
    for visitor in (customer, scene.visitor()):
        assert visitor.get("/readyz").status_code == 503
    answer = customer.get("/info/")
    assert answer.status_code == 503
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("value", ["x|\u00e9", "1|" + "a" * 128, "|", "x"])
def test_a_forged_remember_cookie_is_nobody(scene: Scene, value: str) -> None:
    raw = value.encode().decode("latin-1")
    answer = scene.visitor().get("/login", headers={"Cookie": f"remember_token={raw}"})
    assert answer.status_code == 200
    assert scene.visitor().get("/info/", headers={"Cookie": f"remember_token={raw}"}).status_code == 303

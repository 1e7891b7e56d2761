"""What every request passes and every answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MakeScene
from support.scene import Scene
from werkzeug.test import create_environ, run_wsgi_app

from wbok.errors import Unavailable
from wbok.web.current import EXTENSION

PATHS = ["/", "/login", "/help", "/info/", "/nowhere", "/static/theme.css", "/healthz", "/readyz"]
FOREIGN_HOSTS = [
    *("evil.example", "localhost.evil.example", "", "a b", "127.0.0.1@evil.example", ".", "..", "evil..pl"),
    *("a" * 64, "xn--" + "z" * 70, "[::1", "localhost:80:80", "localhost."),
]


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


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused(scene: Scene, host: str) -> None:
    """Without a client, which could not even send some of them."""
    environ = create_environ("/login") | {"HTTP_HOST": host, "REMOTE_ADDR": "10.1.2.3"}
    parts, status, headers = run_wsgi_app(scene.app.wsgi_app, environ)
    page = b"".join(parts).decode()
    assert status.startswith("400")
    assert "Content-Security-Policy" in headers
    assert "32 012 34 56" in page
    assert "evil" not in page


@pytest.mark.parametrize("host", ["localhost", "LocalHost:8000", "127.0.0.1", "[::1]", "[::1]:8391"])
def test_a_known_host_is_answered_in_whatever_way_it_is_written(scene: Scene, host: str) -> None:
    assert scene.visitor().get("/login", headers={"Host": host}).status_code == 200


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
    visitor = scene.visitor()
    visitor.get("/login")
    answer = visitor.post("/login", {"customer_id": "10427", "pin": "48151623", "csrf_token": "old"})
    assert 'value="10427"' in answer.text
    assert "48151623" not in answer.text
    assert "Strona była otwarta zbyt długo" in answer.text


@pytest.mark.parametrize("https", [True, False])
def test_a_browser_without_cookies_is_told_so_and_the_log_says_what_may_be_set_wrong(
    make_demo_scene: MakeScene, caplog: pytest.LogCaptureFixture, https: bool
) -> None:
    visitor = make_demo_scene(web={"https": https}).visitor()
    answer = visitor.post("/login", {"customer_id": "10427", "pin": "48151623", "csrf_token": "old"})
    assert answer.status_code == 400
    assert 'value="10427"' in answer.text
    assert "48151623" not in answer.text
    assert "Przeglądarka nie przysłała plików cookie" in answer.text
    assert ("web.https is on" in caplog.text) == https


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


class BrokenBody:
    """As a server gives it whose client sends a body that ends in the wrong place."""

    def read(self, *_sizes: int) -> bytes:
        raise RuntimeError("invalid chunk size")

    readline = read


def test_a_body_that_breaks_off_is_a_page_in_words(scene: Scene) -> None:
    visitor = scene.visitor()
    form = "application/x-www-form-urlencoded"
    broken = {"wsgi.input": BrokenBody(), "wsgi.input_terminated": True, "CONTENT_TYPE": form}
    answer = visitor.post("/login", None, environ_overrides=broken)
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


def test_a_wrong_method_says_which_are_right(scene: Scene) -> None:
    answer = scene.visitor().post("/help", {"csrf_token": scene.visitor().token()})
    assert answer.status_code in {400, 405}
    answer = scene.visitor().get("/logout")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")


def test_a_billing_that_cannot_be_held_takes_nothing_else_down(
    make_demo_scene: MakeScene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = make_demo_scene()
    customer = scene.customer()

    @contextmanager
    def reading() -> Iterator[None]:
        raise Unavailable("nothing was imported yet")
        yield

    gone = replace(scene.panel, billing=replace(scene.panel.billing, reading=reading))
    scene.app.extensions[EXTENSION] = gone
    for path in ("/login", "/help", "/healthz", "/readyz", "/static/theme.css"):
        assert scene.visitor().get(path).status_code == 200
    assert customer.get("/info/").status_code == 200
    assert "nothing was imported yet" in caplog.text


def test_a_billing_that_cannot_be_let_go_is_logged(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    @contextmanager
    def reading() -> Iterator[None]:
        yield
        raise Unavailable("the file is gone")

    scene.app.extensions[EXTENSION] = replace(
        scene.panel, billing=replace(scene.panel.billing, reading=reading)
    )
    assert scene.customer().get("/info/").status_code == 200
    assert "cannot be let go" in caplog.text

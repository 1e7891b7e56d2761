"""Whatever is sent: a 4xx page in words or the form again, never a 500, never the PIN, nothing of another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.rounds import part_of
from support.scene import Scene, Visitor

ODD = [
    "٣٤",
    "９",
    str(2**63),
    "-1",
    "1e9",
    "a\x00b",
    "\ud800",
    "\ufffe",
    "<b>x</b>",
    "%00",
    "'; DROP TABLE x;--",
    "x" * 1_000_000,
]
PIN = "48151623"
OTHERS = ["11206", "Światłonet Biznes", "Abonent"]


def form(visitor: Visitor, **fields: Any) -> dict[str, Any]:
    return {"csrf_token": visitor.token(), **fields}


def encoded(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_logins_and_pins_show_the_form_again(scene: Scene, value: str) -> None:
    visitor = scene.visitor()
    for login, pin in ((value, PIN), ("10427", value)):
        body = b"&".join(
            name.encode() + b"=" + _quoted(encoded(text))
            for name, text in form(visitor, customer_id=login, pin=pin).items()
        )
        answer = visitor.post("/login", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {200, 400, 413}
        assert "<h1>" in answer.text
        assert PIN not in answer.text
        assert len(answer.text) < 20_000


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"customer_id": "10427"},
        {"pin": PIN},
        {"customer_id": ["10427", "11206"], "pin": PIN},
        {"customer_id": "10427", "pin": ["4271", "9"]},
        {"customer_id": "", "pin": ""},
        {"customer_id[]": "10427", "pin": "4271"},
    ],
)
def test_missing_and_repeated_fields_show_the_form_again(scene: Scene, fields: dict[str, Any]) -> None:
    visitor = scene.visitor()
    answer = visitor.post("/login", form(visitor, **fields))
    assert answer.status_code == 200
    assert "Prosimy wpisać oba numery" in answer.text
    assert PIN not in answer.text
    assert scene.panel.audit.of("10427") == ()


def test_a_form_that_is_too_large_is_answered_in_words(scene: Scene) -> None:
    visitor = scene.visitor()
    answer = visitor.post("/login", form(visitor, customer_id="x" * 3_000_000, pin=PIN))
    assert answer.status_code == 413
    assert "za duży" in answer.text


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{}", b"--x\r\n", b"csrf_token"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_other_bodies_are_refused_in_words(scene: Scene, kind: str, body: bytes) -> None:
    answer = scene.visitor().post("/login", body, content_type=kind)
    assert answer.status_code == 400
    assert "<h1>" in answer.text


@pytest.mark.parametrize("name", ["customer_id", "id", "customer", "_user_id"])
def test_a_forged_customer_changes_nothing(scene: Scene, name: str) -> None:
    customer = scene.customer()
    for path in ("/info/", "/finance/", "/finance/ledger", "/finance/documents/"):
        customer.client.set_cookie(name, "11206")
        answer = customer.get(f"{path}?{name}=11206", headers={"X-Customer-Id": "11206", "X-User": "11206"})
        assert answer.status_code == 200
        assert "11206" not in answer.text.replace(f"{name}=11206", "")


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "\xff", "x" * 4000])
def test_a_forged_cookie_is_nobody(scene: Scene, cookie: str) -> None:
    answer = scene.visitor().get("/info/", headers={"Cookie": f"wbok={cookie}; wbok_language=xx"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-13-01",
        "from=2026-02-31&to=x",
        "from=0001-01-01&to=9999-12-31",
        "from=٢٠٢٦-٠١-٠١",
        "month=2026-13",
        "from=2026-05-01&to=2026-01-01",
        "kind=everything",
        "kind=charge&kind=payment",
        "from=%00",
        "from=%ff",
        "to=" + "9" * 5000,
    ],
)
def test_a_senseless_filter_says_so_and_shows_the_rest(scene: Scene, query: str) -> None:
    answer = scene.customer().get(f"/finance/ledger?{query}")
    assert answer.status_code == 200
    assert ("Tej części wyboru nie uwzględniono" in answer.text) == (
        not query.startswith(("month", "kind=charge"))
    )


MARKS = [
    "x",
    "%00",
    "%ff",
    "W10",
    "WzEsMl0",
    "WzEsMix7fV0",
    "e30",
    "W1tbW1tbW11dXV1dXV0",
    "9" * 2000,
    "WyIyMDI2LTAxLTAxIiwxLHsiUExOIjoiMUU5OTk5OTk5OTkifV0",
    "WyIyMDI2LTAxLTAxIiwxLHsiUExOIjoiTmFOIn1d",
    "WzFlOTk5LDEse31d",
    "WyIyMDI2LTAxLTAxIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5LHt9XQ",
]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("path", ["/finance/ledger", "/finance/documents/"])
def test_a_garbage_page_mark_is_answered_in_words(scene: Scene, path: str, mark: str) -> None:
    answer = scene.customer().get(f"{path}?after={mark}")
    assert answer.status_code in {200, 400}
    assert "<h1>" in answer.text
    assert "NaN" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/info/%ff",
        "/finance/documents/%2e%2e/",
        "/static/../settings.py",
        "/static/%2e%2e/app.py",
        "/" + "x" * 5000,
        "/finance/documents/1%00",
        "//evil.example",
        "/info//",
        "/INFO/",
    ],
)
def test_odd_paths_are_answered_in_words(scene: Scene, path: str) -> None:
    answer = scene.customer().get(path)
    assert answer.status_code in {303, 308, 400, 404}
    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "NONSENSE"])
@pytest.mark.parametrize("path", ["/info/", "/login", "/finance/ledger"])
def test_other_methods_do_nothing(scene: Scene, method: str, path: str) -> None:
    customer = scene.customer()
    answer = customer.client.open(path, method=method, environ_overrides={"REMOTE_ADDR": "10.1.2.3"})
    assert answer.status_code in {200, 400, 405}
    assert "Halina" not in answer.text or answer.status_code != 200


@settings(
    max_examples=part_of(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    after=st.text(max_size=80),
    since=st.text(max_size=12),
    kind=st.text(max_size=12),
    lang=st.text(max_size=5),
)
def test_no_query_breaks_the_ledger(scene: Scene, after: str, since: str, kind: str, lang: str) -> None:
    visitor = scene.visitor()
    visitor.log_in("10427", "4271")
    query = {"after": after, "from": since, "kind": kind, "lang": lang}
    for path in ("/finance/ledger", "/finance/documents/"):
        assert (
            visitor.get(
                path, query_string={k: v.encode("utf-8", "replace") for k, v in query.items()}
            ).status_code
            < 500
        )


def _quoted(raw: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in raw)

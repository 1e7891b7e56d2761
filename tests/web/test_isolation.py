"""Another customer's ids answer as if they did not exist, on every route that has an id; new routes are covered
by themselves, because the test walks the URL map."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.scene import Scene, Visitor
from support.tickets import filled
from support.tickets import sent as ticket_sent
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from wbok.domain.messages import MessageKind
from wbok.relations import CANONICAL

MINE, OTHER = "10427", "11206"
SENSELESS = ["0", "-1", "007", "9" * 18, "9" * 30, "x", "~", "~AA", "~__", "a" * 300]


def routes_with_ids(scene: Scene) -> list[Rule]:
    return [rule for rule in scene.app.url_map.iter_rules() if rule.arguments - {"filename"}]


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """Both customers have tickets too."""
    for login, pin in ((MINE, "4271"), (OTHER, "9034")):
        customer = scene.customer(login, pin)
        for category in ("internet", "question"):
            ticket_sent(customer, category=category)
    return scene


def ask(visitor: Visitor, rule: Rule, path: str) -> TestResponse:
    """As a browser would: a form where the route takes one."""
    if "GET" in (rule.methods or set()):
        return visitor.get(path)
    return visitor.post(path, {"csrf_token": visitor.token("/help")})


def sent(scene: Scene, *recipients: str) -> str:
    """A message of the panel's own, as its page calls it."""
    text = {"kind": MessageKind.SERVICE, "title": "Naprawa", "body": "Zakończona."}
    return f"P-{scene.panel.messages.send(**text, recipients=recipients)}"  # type: ignore[arg-type]


def ids(scene: Scene, billing: Path, customer_id: str) -> Iterator[str]:
    """Every key of every relation that belongs to the customer, and his tickets."""
    yield from (ticket.number for ticket in scene.panel.desk.customer.of(customer_id, limit=10))
    connection = sqlite3.connect(billing)
    for relation in CANONICAL.values():
        if relation.owner:
            sql = f"SELECT {relation.key} FROM {relation.name} WHERE {relation.owner} = ?"
            keys = {str(key) for (key,) in connection.execute(sql, (customer_id,))}
            yield from {f"B-{key}" for key in keys} if relation.name == "notices" else keys
    connection.close()


def address(scene: Scene, rule: Rule, value: str) -> str:
    with scene.app.test_request_context():
        built = rule.build(dict.fromkeys(rule.arguments, value))
    assert built is not None
    return str(built[1])


def test_there_are_routes_with_ids(scene: Scene) -> None:
    assert routes_with_ids(scene)


def test_own_ids_are_found(scene: Scene, demo: tuple[Path, object]) -> None:
    customer = scene.customer()
    found = [
        value
        for rule in routes_with_ids(scene)
        for value in ids(scene, demo[0], MINE)
        if ask(customer, rule, address(scene, rule, value)).status_code in (200, 303)
    ]
    assert len(found) >= 26
    assert {"P-1", "P-2"} <= set(found)
    mine = sent(scene, MINE)
    assert customer.get(f"/notifications/{mine}").status_code == 200


def test_ids_of_another_customer_do_not_exist(scene: Scene, demo: tuple[Path, object]) -> None:
    customer = scene.customer()
    mine = set(ids(scene, demo[0], MINE))
    others = {sent(scene, OTHER), *ids(scene, demo[0], OTHER)} - mine
    for rule in routes_with_ids(scene):
        missing = ask(customer, rule, address(scene, rule, "999999999"))
        for value in others:
            answer = ask(customer, rule, address(scene, rule, value))
            assert answer.status_code == missing.status_code == 404, (rule, value)
            assert _without_number(answer.text) == _without_number(missing.text)


def test_nothing_can_be_sent_to_what_another_customer_has(scene: Scene, demo: tuple[Path, object]) -> None:
    customer = scene.customer()
    form = filled(customer, body="x", action="close")
    mine = set(ids(scene, demo[0], MINE))
    for rule in routes_with_ids(scene):
        if "POST" not in (rule.methods or set()):
            continue
        missing = customer.post(address(scene, rule, "999999999"), form)
        for value in set(ids(scene, demo[0], OTHER)) - mine:
            answer = customer.post(address(scene, rule, value), form)
            assert answer.status_code == missing.status_code == 404, (rule, value)
            assert _without_number(answer.text) == _without_number(missing.text)
    assert all(t.ended_at is None for t in scene.panel.desk.customer.of(OTHER, limit=10))


@pytest.mark.parametrize("value", SENSELESS)
def test_senseless_ids_do_not_exist(scene: Scene, value: str) -> None:
    customer = scene.customer()
    for rule in routes_with_ids(scene):
        beginning, end = rule.rule.partition("<")[0], rule.rule.rpartition(">")[2]
        for sign in ("", "P-", "B-", "X-"):
            assert ask(customer, rule, f"{beginning}{sign}{value}{end}").status_code in {404, 405}


def test_without_login_every_page_leads_to_the_login(scene: Scene) -> None:
    visitor = scene.visitor()
    public = {"/login", "/help", "/healthz", "/readyz", "/.well-known/security.txt"}
    for rule in scene.app.url_map.iter_rules():
        if (
            "GET" not in (rule.methods or set())
            or rule.rule in public
            or rule.endpoint in {"static", "brand"}
        ):
            continue
        path = address(scene, rule, "1") if rule.arguments else rule.rule
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/login"), rule


def _without_number(page: str) -> str:
    """The page without the number of the event and the tokens of its forms."""
    return "\n".join(
        line for line in page.splitlines() if "csrf_token" not in line and "Numer zdarzenia" not in line
    )

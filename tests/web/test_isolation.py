"""Another customer's ids answer as if they did not exist, on every route that has an id; new routes are covered
by themselves, because the test walks the URL map."""

from __future__ import annotations

from datetime import date

import pytest
from support.scene import Scene, Visitor
from support.tickets import complained, filled
from support.tickets import sent as ticket_sent
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from wbok.domain.complaints import ComplaintAnswer, Decision
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest
from wbok.domain.messages import MessageKind, NoticeRequest
from wbok.domain.phone import CallRequest
from wbok.store.desk.side import Solution
from wbok.testing.marks import HasId

MINE, OTHER = "10427", "11206"
SENSELESS = ["0", "-1", "007", "9" * 18, "9" * 30, "x", "~", "~AA", "~__", "a" * 300]


def routes_with_ids(scene: Scene) -> list[Rule]:
    """A token is no id: only the panel can make one, see test_email_pages."""
    return [rule for rule in scene.app.url_map.iter_rules() if rule.arguments - {"filename", "token"}]


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """Both customers have tickets too."""
    for login, pin in ((MINE, "4271"), (OTHER, "9034")):
        customer = scene.customer(login, pin)
        for category in ("internet", "question"):
            ticket_sent(customer, category=category)
        complaint = scene.panel.desk.office.complaint(complained(customer))
        scene.panel.desk.office.decide(
            complaint,
            ComplaintAnswer(Decision.REJECTED, "Nie.", "Marta"),
            seen=scene.panel.desk.office.ticket(complaint.number),
            solution=Solution("Odpowiedź", "Jest.", f"/helpdesk/{complaint.number}"),
        )
    return scene


def ask(visitor: Visitor, rule: Rule, path: str, token: str) -> TestResponse:
    """As a browser would: a form where the route takes one."""
    if "GET" in (rule.methods or set()):
        return visitor.get(path)
    return visitor.post(path, {"csrf_token": token})


def sent(scene: Scene, *recipients: str) -> str:
    """A message of the panel's own, as its page calls it."""
    text = {"kind": MessageKind.SERVICE, "title": "Naprawa", "body": "Zakończona."}
    return f"P-{scene.panel.messages.send(**text, recipients=recipients)}"  # type: ignore[arg-type]


def ids(scene: Scene, customer_id: str) -> set[str]:
    """The newest ids of each kind by which the billing knows something of the customer's, and his tickets."""
    billing = scene.panel.billing
    assert billing.finance is not None
    assert billing.notifications is not None
    assert billing.phone is not None
    some = 12
    profile = billing.customers.profile(customer_id)
    calls = billing.phone.calls(customer_id, CallRequest(date(2026, 10, 1), date(2026, 11, 30), limit=some))
    documents = billing.finance.documents(customer_id, DocumentRequest(limit=some)).rows
    notices = billing.notifications.notices(customer_id, NoticeRequest(limit=some)).rows
    things: tuple[HasId, ...] = (
        *profile.contracts,
        *profile.services,
        *profile.devices,
        *documents,
        *billing.finance.ledger(customer_id, LedgerRequest(limit=some)).rows,
        *calls.rows,
    )
    return {
        *(ticket.number for ticket in scene.panel.desk.customer.of(customer_id, limit=10)),
        *(f"B-{notice.id}" for notice in notices),
        *(thing.id for thing in things),
        *(d.number for d in documents),
    }


def address(scene: Scene, rule: Rule, value: str) -> str:
    with scene.app.test_request_context():
        built = rule.build(dict.fromkeys(rule.arguments, value))
    assert built is not None
    return str(built[1])


def test_there_are_routes_with_ids(scene: Scene) -> None:
    assert routes_with_ids(scene)


@pytest.mark.everywhere
def test_own_ids_are_found(scene: Scene) -> None:
    customer = scene.customer()
    token = customer.token("/help")
    found = [
        value
        for rule in routes_with_ids(scene)
        for value in ids(scene, MINE)
        if ask(customer, rule, address(scene, rule, value), token).status_code in (200, 303)
    ]
    assert len(found) >= 26
    assert {"P-1", "P-2"} <= set(found)
    mine = sent(scene, MINE)
    assert customer.get(f"/notifications/{mine}").status_code == 200


@pytest.mark.everywhere
def test_ids_of_another_customer_do_not_exist(scene: Scene) -> None:
    customer = scene.customer()
    token = customer.token("/help")
    mine = ids(scene, MINE)
    others = {sent(scene, OTHER), *ids(scene, OTHER)} - mine
    for rule in routes_with_ids(scene):
        missing = ask(customer, rule, address(scene, rule, "999999999"), token)
        for value in others:
            answer = ask(customer, rule, address(scene, rule, value), token)
            assert answer.status_code == missing.status_code == 404, (rule, value)
            assert _without_number(answer.text) == _without_number(missing.text)


@pytest.mark.everywhere
def test_nothing_can_be_sent_to_what_another_customer_has(scene: Scene) -> None:
    customer = scene.customer()
    form = filled(customer, body="x", action="close")
    mine, before = ids(scene, MINE), scene.panel.desk.customer.of(OTHER, limit=10)
    for rule in routes_with_ids(scene):
        if "POST" not in (rule.methods or set()):
            continue
        missing = customer.post(address(scene, rule, "999999999"), form)
        for value in ids(scene, OTHER) - mine:
            answer = customer.post(address(scene, rule, value), form)
            assert answer.status_code == missing.status_code == 404, (rule, value)
            assert _without_number(answer.text) == _without_number(missing.text)
    assert scene.panel.desk.customer.of(OTHER, limit=10) == before


@pytest.mark.parametrize("value", SENSELESS)
def test_senseless_ids_do_not_exist(scene: Scene, value: str) -> None:
    customer = scene.customer()
    token = customer.token("/help")
    for rule in routes_with_ids(scene):
        beginning, end = rule.rule.partition("<")[0], rule.rule.rpartition(">")[2]
        for sign in ("", "P-", "B-", "X-"):
            assert ask(customer, rule, f"{beginning}{sign}{value}{end}", token).status_code in {404, 405}


@pytest.mark.parametrize("value", ["~AA", "~YQBi", "~7aCA"])
def test_what_no_database_keeps_is_no_id(scene: Scene, value: str) -> None:
    """PostgreSQL refuses a question that has NUL in it, and a page must not blame the billing for it."""
    urls = scene.app.url_map.bind("panel.example")
    for rule in routes_with_ids(scene):
        beginning, end = rule.rule.partition("<")[0], rule.rule.rpartition(">")[2]
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        assert urls.test(f"{beginning}Nw{end}", method), rule
        assert not urls.test(f"{beginning}{value}{end}", method), rule


def test_without_login_every_page_leads_to_the_login(scene: Scene) -> None:
    visitor = scene.visitor()
    public = {"/login", "/help", "/healthz", "/readyz", "/.well-known/security.txt"}
    for rule in scene.app.url_map.iter_rules():
        if (
            "GET" not in (rule.methods or set())
            or rule.rule in public
            or rule.endpoint in {"static", "brand"}
            or "token" in rule.arguments
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

"""Powiadomienia: Markdown, files and documents of messages, search, outages on every page."""

from __future__ import annotations

import gzip
import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from support.calls import Come
from support.files import PDF, photo, upload
from support.scene import Scene, Visitor
from support.statements import counted

from wbok.domain.messages import MessageKind
from wbok.office_document import office_document
from wbok.store.drafts import Draft
from wbok.store.tables import message_file_parts

HALINA, DEBTOR = "10427", "11206"
BODY = "Od **1 stycznia**: [cennik](https://example.pl/)\n\n- raz\n- <b>dwa</b>"
TITLE = re.compile(r'<a href="/notifications/[PB]-[^"/]+">(?:<strong>)?([^<]+)')
LINK = re.compile(r'href="(/notifications/P-[^"]+/attachments/[^"]+)"')


def send(
    scene: Scene, *, to: list[str] | None, title: str = "Zmiana cennika", body: str = BODY, **more: Any
) -> str:
    draft = Draft(kind=MessageKind.SERVICE, title=title, body=body, recipients=to, markdown=True, **more)
    return f"/notifications/P-{scene.panel.messages.deliver(draft).message_id}"


def legal(scene: Scene, *to: str, **more: Any) -> str:
    document = office_document(scene.panel.settings, title="Zmiana 1/2027", text=BODY, at=scene.clock())
    return send(scene, to=list(to), legal=document, **more)


def titles(visitor: Visitor, query: str) -> list[str]:
    return TITLE.findall(visitor.get(f"/notifications/{query}").text)


def test_markdown_of_the_office_is_shown_and_no_html_of_anybody(scene: Scene) -> None:
    path = send(scene, to=None, urgent=True)
    customer = scene.customer()
    page = customer.get(path)
    assert "<strong>1 stycznia</strong>" in page.text
    assert '<a href="https://example.pl/" rel="noopener nofollow">cennik</a>' in page.text
    assert "<li>&lt;b&gt;dwa&lt;/b&gt;</li>" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for around in ("/notifications/", "/info/"):
        assert "Od 1 stycznia: cennik (https://example.pl/) • raz" in customer.get(around).text


@pytest.mark.parametrize(
    ("is_markdown", "shown"),
    [(True, "<p><strong>Od 8.00</strong> &lt;b&gt;</p>"), (False, "<p>**Od 8.00** &lt;b&gt;</p>")],
)
def test_notices_of_the_billing_are_markdown_only_where_the_settings_say_so(
    come: Come, is_markdown: bool, shown: str
) -> None:
    notice = {
        "id": 1,
        "customer_id": 1,
        "kind": "service",
        "title": "N",
        "body": "**Od 8.00** <b>",
        "urgent": 1,
    }
    settings = {"notifications": {"billing_markdown": is_markdown}} if is_markdown else {}
    customer = come(settings, notices=[notice | {"sent_at": "2026-11-10 12:00:00"}])
    assert shown in customer.get("/notifications/B-1").text
    assert ("**Od" in customer.get("/notifications/").text) is not is_markdown


def test_files_are_downloads_that_run_nothing(scene: Scene) -> None:
    path = send(
        scene, to=[HALINA], attachments=(upload("mapa ą.jpg", photo()), upload("b.jpg", photo((9, 9))))
    )
    customer = scene.customer()
    customer.get(path)
    with counted(scene.panel) as statements:
        links = LINK.findall(customer.get(path).text)
    assert len(statements.store) == 2
    assert len(links) == 2
    assert "z załącznikiem" in customer.get("/notifications/").text
    answer = customer.get(links[0])
    assert (answer.status_code, answer.data, answer.mimetype) == (200, photo(), "image/jpeg")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_another_customer_gets_no_file_of_a_message(scene: Scene) -> None:
    mine, everybodys = legal(scene, HALINA), send(scene, to=None, attachments=(upload(content=photo()),))
    customer, other = scene.customer(), scene.customer(DEBTOR, "9034")
    (link,), (shared,) = (LINK.findall(customer.get(path).text) for path in (mine, everybodys))
    assert customer.get(link).status_code == other.get(shared).status_code == 200
    file = link.rsplit("/", 1)[1]
    for path in (mine, link, f"{everybodys}/attachments/{file}", f"{shared}0", shared.replace("P-", "B-")):
        assert other.get(path).status_code == 404, path
    assert scene.visitor().get(link).status_code == 303


def test_the_document_of_a_legal_message_stays_as_it_is_with_its_digest(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    path = legal(scene, HALINA)
    customer = scene.customer()
    page = customer.get(path).text
    assert "Dokument do zachowania" in page
    (link,) = LINK.findall(page)
    first = customer.get(link)
    scene.clock.advance(days=400)
    later = scene.customer()
    assert later.get(link).data == first.data
    assert hashlib.sha256(first.data).hexdigest() in later.get(path).text
    assert first.headers["Content-Disposition"].startswith('attachment; filename="Zmiana-1-2027.pdf"')
    with scene.panel.store.writing() as connection:
        connection.execute(update(message_file_parts).values(content=PDF))
    answer = later.get(link)
    assert answer.status_code == 500
    assert PDF not in answer.data
    assert "Nie można otworzyć tego pliku" in answer.text
    assert "/notifications/" in answer.text, "the menu is there"
    assert f"the panel's store, message_file_parts: file {link.rsplit('/', 1)[1]}" in caplog.text
    assert "the billing" not in caplog.text


@pytest.mark.everywhere
def test_search_finds_messages_and_notices_whatever_case_and_accents(scene: Scene) -> None:
    send(scene, to=[HALINA], title="Faktura z PEŁNĄ kwotą", body="Za **świa**tłowód.")
    send(scene, to=[DEBTOR], title="Faktura sąsiada", body="Za światłowód.")
    customer = scene.customer()
    found = titles(customer, "?q=FAKTURA")
    assert found[0] == "Faktura z PEŁNĄ kwotą"
    assert len(found) > 1
    assert titles(customer, "?q=swiatlowod+pelna") == ["Faktura z PEŁNĄ kwotą"]
    assert titles(customer, "?q=faktura&part=service") == scene.told("Faktura z PEŁNĄ kwotą")[:1] + [
        title for title in titles(customer, "?part=service") if title.startswith("Faktura za")
    ]
    assert titles(customer, "?q=godziny+otwarcia") == ["Nowe godziny otwarcia biura"]
    assert "Niczego nie znaleziono" in customer.get("/notifications/?q=nic+takiego").text
    assert titles(customer, "?q=+") == titles(customer, "")


def test_what_is_found_is_paged_and_stays_within_its_statements(scene: Scene) -> None:
    for number in range(45):
        send(scene, to=[HALINA], title=f"Awaria {number}")
        send(scene, to=[HALINA], title=f"Oferta {number}")
        scene.clock.advance(seconds=1)
    customer, path, seen = scene.customer(), "/notifications/?q=awaria", list[str]()
    customer.get(path)
    with counted(scene.panel) as statements:
        page = customer.get(path)
    assert (len(statements.store), len(statements.billing)) == (2, 1)
    assert len(gzip.compress(page.data)) <= 10 * 1024
    while path:
        text = customer.get(path).text
        seen += TITLE.findall(text)
        older = re.search(r'href="([^"]+)">Starsze', text)
        path = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"Awaria {number}" for number in reversed(range(45))]


def test_whatever_is_searched_is_shown_as_text(scene: Scene) -> None:
    page = scene.customer().get("/notifications/", query_string={"q": '"><script>x</script>%_\\'}).text
    assert "<script>x" not in page
    assert 'value="&#34;&gt;&lt;script&gt;x' in page
    assert scene.customer().get("/notifications/?q=%00%F0%9F%98%80&part=archive").status_code == 200


@pytest.mark.parametrize(("language", "says"), [("pl", "Wiemy o awarii"), ("en", "Outage that we know of")])
def test_an_outage_stands_on_every_page_of_whom_it_hits_also_before_the_form(
    scene: Scene, language: str, says: str
) -> None:
    ends = scene.clock() + timedelta(minutes=20)
    number = scene.panel.outages.report("Brak internetu <b>", [HALINA], until=ends)
    customer, other = scene.customer(), scene.customer(DEBTOR, "9034")
    customer.get(f"/info/?lang={language}")
    for path in ("/info/", "/finance/", "/notifications/", "/phone/", "/helpdesk/", "/helpdesk/new", "/help"):
        page = customer.get(path).text
        assert page.index(says) > page.index("<h1>")
        assert "Brak internetu &lt;b&gt;" in page
        assert "Brak internetu" not in other.get(path).text
    form = customer.get("/helpdesk/new?category=internet").text
    assert form.index(says) < form.index("<form class=")
    assert "Brak internetu" not in scene.visitor().get("/help").text
    with counted(scene.panel) as statements:
        customer.get("/help")
    assert (len(statements.store), len(statements.billing)) == (1, 0)
    scene.panel.outages.end(number)
    assert "Brak internetu" not in customer.get("/helpdesk/new").text

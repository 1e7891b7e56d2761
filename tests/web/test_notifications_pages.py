"""Powiadomienia in the browser's eyes: list, parts, one message, confirming, what stands on every page."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.billing import people, write_tables
from support.clock import HandClock
from support.scene import Scene, Visitor, make_scene, make_settings, sql_billing
from support.statements import counted

from wbok.domain.messages import NEWEST, MessageKind
from wbok.relations import CANONICAL

HALINA, DEBTOR = "10427", "11206"
TITLE = re.compile(r'<a href="(/notifications/[PB]-[^"/]+)">(?:<strong>)?([^<]+)')
BADGE = re.compile(r'<span class="count">(\d+)')


@pytest.fixture
def begun(scene: Scene) -> Scene:
    """The panel has been there for two months, so that the billing's newer notices are unread."""
    scene.panel.visits.begin(scene.clock() - timedelta(days=60))
    return scene


def send(scene: Scene, title: str, *, body: str = "Treść.", to: str | None = HALINA, **more: Any) -> str:
    kind = more.pop("kind", MessageKind.SERVICE)
    recipients = None if to is None else [to]
    return "P-" + scene.panel.messages.send(kind=kind, title=title, body=body, recipients=recipients, **more)


def titles(page: str) -> list[str]:
    return [title for _address, title in TITLE.findall(page)]


def badge(page: str) -> int:
    found = BADGE.search(page)
    return int(found.group(1)) if found else 0


def press(visitor: Visitor, path: str, **fields: str) -> Any:
    return visitor.post(path, {"csrf_token": visitor.token("/help"), **fields})


@pytest.mark.everywhere
def test_messages_of_the_panel_and_of_the_billing_are_one_list(begun: Scene) -> None:
    send(begun, "Z panelu")
    listed = titles(begun.customer().get("/notifications/").text)
    assert listed[0] == "Z panelu"
    assert any(title.startswith("Faktura za") for title in listed)
    assert any(title.startswith("Przerwa w dostępie") for title in listed)


@pytest.mark.everywhere
def test_the_badge_counts_what_is_unread_and_reading_takes_it_away_at_once(begun: Scene) -> None:
    customer = begun.customer()
    before = badge(customer.get("/info/").text)
    sent = send(begun, "Z panelu")
    assert badge(customer.get("/info/").text) == before + 1
    assert badge(customer.get(f"/notifications/{sent}").text) == before
    notice = TITLE.findall(customer.get("/notifications/").text)[1][0]
    assert notice.startswith("/notifications/B-")
    assert badge(customer.get(notice).text) == before - 1


@pytest.mark.everywhere
def test_before_the_panels_first_day_everything_counts_as_read(scene: Scene) -> None:
    page = scene.customer().get("/notifications/").text
    assert (badge(page), "nowe</span>" in page) == (0, False)


@pytest.mark.everywhere
def test_one_press_marks_all_as_read(begun: Scene) -> None:
    customer = begun.customer()
    send(begun, "Z panelu")
    assert press(customer, "/notifications/read").status_code == 303
    assert badge(customer.get("/info/").text) == 0
    assert "Wszystko przeczytane" in customer.get("/notifications/?part=new").text


def test_a_press_that_reaches_only_the_newest_says_so(begun: Scene) -> None:
    customer = begun.customer()
    for number in range(NEWEST + 1):
        send(begun, f"Nr {number}")
    assert press(customer, "/notifications/read").status_code == 303
    page = customer.get("/notifications/").text
    assert "100 najnowszych powiadomień" in page
    assert badge(page) > 0
    assert press(customer, "/notifications/read").status_code == 303
    assert badge(customer.get("/info/").text) == 0


def test_what_a_head_asked_for_was_not_read(begun: Scene) -> None:
    customer = begun.customer()
    sent = send(begun, "Z panelu")
    before = badge(customer.get("/info/").text)
    customer.client.head(f"/notifications/{sent}", environ_overrides={"REMOTE_ADDR": customer.address})
    assert badge(customer.get("/info/").text) == before


@pytest.mark.everywhere
def test_what_the_badge_counts_is_marked_in_the_list(scene: Scene) -> None:
    customer = scene.customer()
    send(scene, "Dzisiaj", valid_from=scene.clock().replace(hour=0, minute=1))
    page = customer.get("/notifications/").text
    assert (badge(page), page.count("nowe</span>")) == (1, 1)


def test_urgent_ones_that_were_read_stand_among_the_new_until_they_are_confirmed(scene: Scene) -> None:
    customer = scene.customer()
    refs = [send(scene, f"Pilne {number}", urgent=True) for number in range(4)]
    for ref in refs:
        customer.get(f"/notifications/{ref}")
    assert "Jeszcze 2 pilne powiadomienia" in customer.get("/info/").text
    listed = customer.get("/notifications/?part=new").text
    assert sorted(titles(listed)) == [f"Pilne {number}" for number in range(4)]
    assert "nowe</span>" not in listed


def test_what_came_at_one_moment_is_listed_once_and_whole(tmp_path: Path, clock: HandClock) -> None:
    notices = [
        {"id": i, "customer_id": 1, "kind": "service", "title": f"N{i}", "body": "x"}
        | {"sent_at": "2026-11-10 12:00:00", "urgent": 0}
        for i in range(1, 46)
    ]
    rows = {**people(1), "notices": notices}
    billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
    customer = make_scene(make_settings(tmp_path, billing), clock=clock).customer("1", "4711")
    path, seen = "/notifications/", list[str]()
    while path:
        page = customer.get(path).text
        seen += titles(page)
        older = re.search(r'href="([^"]+)">Starsze', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert sorted(seen) == sorted(f"N{i}" for i in range(1, 46))


@pytest.mark.everywhere
def test_a_filter_shows_one_kind_from_both_sources(begun: Scene) -> None:
    send(begun, "Oferta", kind=MessageKind.COMMERCIAL)
    listed = titles(begun.customer().get("/notifications/?part=commercial").text)
    assert listed[0] == "Oferta"
    assert listed[1:] == ["Szybszy internet: trzy miesiące bez dopłaty"]


@pytest.mark.everywhere
def test_what_is_over_or_old_is_in_the_archive_alone(begun: Scene) -> None:
    send(begun, "Krótko", valid_to=begun.clock() + timedelta(hours=1), urgent=True)
    customer = begun.customer()
    assert "Krótko" in customer.get("/info/").text
    begun.clock.advance(minutes=20)
    customer.get("/info/")
    begun.clock.advance(minutes=25)
    customer.get("/info/")
    begun.clock.advance(minutes=25)
    assert "Krótko" not in customer.get("/notifications/").text
    archived = titles(customer.get("/notifications/?part=archive").text)
    assert archived == ["Krótko", "Nowe godziny otwarcia biura"]


def test_an_urgent_message_stands_on_every_page_until_it_is_confirmed(begun: Scene) -> None:
    sent = send(begun, "Awaria", urgent=True, to=None)
    customer, pages = begun.customer(), ("/info/", "/finance/", "/notifications/", "/help")
    customer.get(f"/notifications/{sent}")
    for path in pages:
        page = customer.get(path).text
        assert ("Awaria" in page, f'action="/notifications/{sent}/confirm"' in page) == (True, True), path
    assert "Awaria" not in begun.visitor().get("/help").text
    answer = press(customer, f"/notifications/{sent}/confirm", back="/finance/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/finance/")
    for path in ("/info/", "/finance/", "/help"):
        assert f"/notifications/{sent}/confirm" not in customer.get(path).text
    assert "Potwierdzone" in customer.get(f"/notifications/{sent}").text


@pytest.mark.everywhere
def test_an_urgent_notice_of_the_billing_is_confirmed_likewise(begun: Scene) -> None:
    customer = begun.customer(DEBTOR, "9034")
    action = re.search(r'action="(/notifications/B-\d+/confirm)"', customer.get("/info/").text)
    assert action
    press(customer, action.group(1))
    assert action.group(1) not in customer.get("/info/").text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/no/such/page", "", "\\evil"])
def test_after_confirming_nobody_is_led_elsewhere(begun: Scene, back: str) -> None:
    sent = send(begun, "Awaria", urgent=True)
    answer = press(begun.customer(), f"/notifications/{sent}/confirm", back=back)
    assert answer.headers["Location"] == "/notifications/"


def test_confirming_needs_the_token_of_the_page(begun: Scene) -> None:
    sent = send(begun, "Awaria", urgent=True)
    customer = begun.customer()
    assert customer.post(f"/notifications/{sent}/confirm", {}).status_code == 400
    assert f"/notifications/{sent}/confirm" in customer.get("/info/").text


def test_html_and_markdown_are_text_and_paragraphs_are_kept(begun: Scene) -> None:
    sent = send(begun, "<b>Uwaga</b> **tu**", body="<script>x</script>\n\n# Nagłówek\ndruga linia")
    page = begun.customer().get(f"/notifications/{sent}").text
    assert "&lt;b&gt;Uwaga&lt;/b&gt; **tu**" in page
    assert "<p>&lt;script&gt;x&lt;/script&gt;</p>" in page
    assert "<p># Nagłówek<br>druga linia</p>" in page


def test_the_link_of_a_message_leads_on(begun: Scene) -> None:
    sent = send(begun, "Zgłoszenie", link="/finance/")
    assert 'href="/finance/">Przejdź do sprawy' in begun.customer().get(f"/notifications/{sent}").text


def test_the_card_on_the_first_page_shows_the_newest_unread(begun: Scene) -> None:
    send(begun, "Najnowsze")
    page = begun.customer().get("/info/").text
    assert "Nowe powiadomienie" in page
    assert "<strong>Najnowsze</strong>" in page


@pytest.mark.everywhere
def test_pages_of_both_sources_are_complete_and_in_order(begun: Scene) -> None:
    numbers = iter(range(1000))
    for _turn in range(45):
        send(begun, f"m{next(numbers)}")
        begun.clock.advance(seconds=7)
    customer = begun.customer()
    seen, path = [], "/notifications/"
    while path:
        page = customer.get(path).text
        seen += titles(page)
        older = re.search(r'href="([^"]+)">Starsze', page)
        path = older.group(1).replace("&amp;", "&") if older else ""
    mine = [title for title in seen if re.fullmatch(r"m\d+", title)]
    assert mine == [f"m{number}" for number in reversed(range(45))]
    assert len(seen) == len(set(seen)) >= 45 + 5


@pytest.mark.parametrize(
    "after", ["x", "!!", "a!0!", "1-x!999!", "1-%!0!", "0!0", "!0!forged", "9" * 99 + "-a!0!"]
)
def test_an_invented_mark_is_refused_in_words(begun: Scene, after: str) -> None:
    answer = begun.customer().get("/notifications/", query_string={"after": after})
    assert answer.status_code == 400
    assert "Ten adres" in answer.text


def test_an_unknown_part_is_the_whole_list(begun: Scene) -> None:
    customer = begun.customer()
    assert titles(customer.get("/notifications/?part=\x00x").text) == titles(
        customer.get("/notifications/").text
    )


def test_without_notices_of_the_billing_the_panels_own_are_there(
    tmp_path: Path, demo: tuple[Path, object], clock: HandClock
) -> None:
    relations = [name for name in CANONICAL if name != "notices"]
    bare = make_scene(make_settings(tmp_path, sql_billing(demo[0], relations)), clock=clock)
    send(bare, "Z panelu")
    customer = bare.customer()
    assert titles(customer.get("/notifications/").text) == ["Z panelu"]
    assert customer.get("/notifications/B-1").status_code == 404


@pytest.mark.everywhere
def test_a_full_list_stays_small_and_within_its_statements(begun: Scene) -> None:
    words = " ".join(f"słowo{number * 7919}" for number in range(60))
    for number in range(25):
        send(begun, f"Powiadomienie {number * 7919} {words}"[:200], body=words, urgent=True)
    customer = begun.customer()
    customer.get("/notifications/")
    with counted(begun.panel) as statements:
        page = customer.get("/notifications/")
    assert (len(statements.store), len(statements.billing)) == (2, 1)
    assert len(gzip.compress(page.data)) <= 10 * 1024


@pytest.mark.everywhere
def test_the_billing_is_not_asked_again_for_every_page(begun: Scene) -> None:
    customer = begun.customer()
    customer.get("/help")
    with counted(begun.panel) as statements:
        customer.get("/help")
    assert (len(statements.store), len(statements.billing)) == (1, 0)
    begun.clock.advance(seconds=61)
    with counted(begun.panel) as statements:
        customer.get("/help")
    assert len(statements.billing) == 1


def test_what_awaits_a_confirmation_is_never_pushed_out_by_what_is_newer(
    begun: Scene, clock: HandClock
) -> None:
    send(begun, "Pilne od dawna", urgent=True)
    for number in range(105):
        clock.advance(seconds=1)
        send(begun, f"Nowsze {number}")
    page = begun.customer().get("/finance/").text
    assert "Pilne od dawna" in page
    assert '<span class="count">99+<' in page

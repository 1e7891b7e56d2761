"""A message from the office's command to the customer's eyes, at phone and desktop width."""

from __future__ import annotations

import hashlib
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from e2e.conftest import NewPage
from e2e.test_accessibility import faults
from playwright.sync_api import Page, expect
from support.browser import fits
from support.rounds import FULL, ROUNDS
from support.server import Demo

LOOKS = 2 if ROUNDS >= FULL else 1
PAGES = ("/info/", "/finance/", "/finance/documents/", "/notifications/", "/help")


def office(demo: Demo, *arguments: str, fails: bool = False) -> str:
    program = demo.unlock[: demo.unlock.index("unlock")]
    done = subprocess.run(
        [*program, "notifications", *arguments], check=not fails, capture_output=True, text=True
    )
    return done.stderr if fails else done.stdout


@pytest.mark.parametrize(("width", "place"), [(390, 1), (1280, 5)][:LOOKS])
def test_an_urgent_message_stays_on_every_page_until_it_is_confirmed(
    new_page: NewPage, demo_server: Demo, width: int, place: int
) -> None:
    customer_id, pin, _note = demo_server.logins[place]
    watched = new_page(width=width)
    page = watched.page
    watched.log_in(customer_id, pin)
    before = _unread(page)
    text = ("--title", "Awaria światłowodu", "--text", "Naprawiamy.\n\nPrzepraszamy.", "--urgent")
    sent = office(
        demo_server, "send", "--to", customer_id, "--kind", "service", *text, "--key", f"break {width}"
    )
    assert sent.startswith("Sent to 1 customer")
    banner = page.locator(".alert.bad", has_text="Awaria światłowodu")
    for path in PAGES:
        page.goto(path)
        expect(banner).to_have_count(1)
        assert _unread(page) == before + 1
    banner.get_by_role("link", name="Przeczytaj całość").click()
    expect(page.get_by_text("Przepraszamy.")).to_be_visible()
    assert _unread(page) == before
    page.goto("/finance/")
    expect(banner).to_have_count(1)
    banner.get_by_role("button", name="Potwierdzam").click()
    expect(page).to_have_url(re.compile("/finance/$"))
    expect(page.get_by_role("status")).to_contain_text("potwierdzone")
    for path in PAGES:
        page.goto(path)
        expect(banner).to_have_count(0)
    again = office(
        demo_server, "send", "--to", customer_id, "--kind", "service", *text, "--key", f"break {width}"
    )
    assert "sent already" in again


@pytest.mark.parametrize(("width", "place"), [(390, 2), (1280, 4)][:LOOKS])
def test_notifications_are_filtered_and_the_old_ones_are_in_the_archive(
    new_page: NewPage, demo_server: Demo, width: int, place: int
) -> None:
    customer_id, pin, _note = demo_server.logins[place]
    watched = new_page(width=width)
    page = watched.page
    watched.log_in(customer_id, pin)
    page.goto("/notifications/")
    expect(page.get_by_role("link", name="Szybszy internet")).to_be_visible()
    chips = page.get_by_label("Rodzaj powiadomień")
    chips.get_by_role("link", name="Rozliczeniowe").click()
    expect(page.get_by_role("link", name="Szybszy internet")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("^Faktura za")).first).to_be_visible()
    chips.get_by_role("link", name="Archiwum").click()
    expect(page.get_by_role("link", name="Nowe godziny otwarcia biura")).to_be_visible()
    chips.get_by_role("link", name=re.compile("^Nowe")).click()
    page.get_by_role("button", name="Oznacz wszystkie").click()
    assert _unread(page) == 0


SAYS = {
    "pl": {
        "outage": "Wiemy o awarii",
        "search": "Szukaj w powiadomieniach",
        "found": "Wyniki dla „CENNIKA”",
        "document": "Dokument (PDF)",
        "how": "Jak sprawdzić, że się nie zmienił?",
    },
    "en": {
        "outage": "Outage that we know of",
        "search": "Search the notifications",
        "found": "Found for “CENNIKA”",
        "document": "Document (PDF)",
        "how": "How to check that it is unchanged",
    },
}


@pytest.mark.parametrize("language", ["pl", "en"])
def test_search_markdown_attachment_document_and_outage_on_a_phone(
    new_page: NewPage, demo_server: Demo, language: str
) -> None:
    says, (customer_id, pin, _note) = SAYS[language], demo_server.logins[0]
    outage = ("Brak internetu", "--customer", customer_id, "--until", "2099-01-01")
    assert "31 days" in office(demo_server, "outage", *outage, fails=True)
    until = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    reported = office(demo_server, "outage", *outage[:3], "--until", until)
    number = re.findall("outage (\\d+)", reported)[0]
    watched = new_page(width=390)
    page = watched.page
    page.goto(f"/login?lang={language}")
    watched.type_login(customer_id, pin)
    for path in (*PAGES, "/helpdesk/new"):
        page.goto(path)
        expect(page.locator(".alert.warn", has_text=says["outage"])).to_have_count(1)
        assert fits(page), path
    office(demo_server, "outage", "--end", number)
    page.goto("/notifications/")
    expect(page.locator(".alert.warn", has_text=says["outage"])).to_have_count(0)
    page.get_by_role("link", name="Nowe routery").click()
    expect(page.locator("main strong", has_text="bezpłatnie")).to_be_visible()
    expect(page.get_by_role("link", name="32 012 34 56").first).to_have_attribute("rel", "noopener nofollow")
    with page.expect_download() as download:
        page.get_by_role("link", name="Instrukcja routera.pdf").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    page.go_back()
    page.get_by_label(says["search"]).fill("CENNIKA uslug")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("heading", name=says["found"].replace("CENNIKA", "CENNIKA uslug"))
    ).to_be_visible()
    page.get_by_role("link", name="Zmiana cennika").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=says["document"]).click()
    digest = hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()
    page.get_by_text(says["how"]).click()
    expect(page.get_by_text(digest)).to_be_visible()
    assert fits(page)
    assert faults(page) == []
    page.goto("/notifications/?q=zzz")
    assert faults(page) == []


def _unread(page: Page) -> int:
    count = page.locator(".menu .count")
    return int(count.first.inner_text().split()[0]) if count.count() else 0

"""A message from the office's command to the customer's eyes, at phone and desktop width."""

from __future__ import annotations

import re
import subprocess

import pytest
from e2e.conftest import NewPage
from playwright.sync_api import Page, expect
from support.rounds import FULL, ROUNDS
from support.server import Demo

LOOKS = 2 if ROUNDS >= FULL else 1
PAGES = ("/info/", "/finance/", "/finance/documents/", "/notifications/", "/help")


def office(demo: Demo, *arguments: str) -> str:
    program = demo.unlock[: demo.unlock.index("unlock")]
    return subprocess.run(
        [*program, "notifications", "send", *arguments], check=True, capture_output=True, text=True
    ).stdout


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
    sent = office(demo_server, "--to", customer_id, "--kind", "service", *text, "--key", f"break {width}")
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
    again = office(demo_server, "--to", customer_id, "--kind", "service", *text, "--key", f"break {width}")
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


def _unread(page: Page) -> int:
    count = page.locator(".menu .count")
    return int(count.first.inner_text().split()[0]) if count.count() else 0

"""axe finds no fault (WCAG 2.2 AA and its best practices) on any page, in both languages, widths and schemes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from e2e.conftest import NewPage
from playwright.sync_api import Page
from support.rounds import FULL, ROUNDS

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC = ["/login", "/help", "/nowhere"]
OWN = {
    ("10427", "4271"): [
        "/info/",
        "/help",
        "/nowhere",
        "/finance/",
        "/finance/ledger",
        "/finance/ledger?from=2026-01-01&kind=charge",
        "/finance/ledger?from=x&to=y",
        "/finance/documents/",
        "/finance/documents/?year=x&number=FV&state=unpaid",
        "/finance/payment",
        "/finance/payment?for=overdue",
        "/finance/statement?from=2026-08-01&to=2026-11-30",
        "/finance/statement?from=x",
        "/phone/",
        "/phone/calls",
        "/phone/calls?month=x&number=abc&kind=x&direction=x&cost=x&order=x",
        "/phone/calls?from=2026-11-02&to=2026-11-01&mask=yes&order=price",
        "/login/pin",
        "/notifications/",
        "/notifications/?part=new",
        "/notifications/?part=commercial",
        "/notifications/?part=archive",
        "/notifications/B-1",
        "/helpdesk/",
        "/helpdesk/new",
        "/helpdesk/new?category=complaint",
        "/helpdesk/P-3",
        "/helpdesk/P-4",
    ],
    ("11206", "9034"): ["/info/", "/notifications/", "/helpdesk/"],
    ("10863", "5863"): ["/finance/ledger?from=1990-01-01&to=1990-02-01"],
    ("10682", "6820"): ["/info/", "/phone/", "/phone/calls?cost=paid"],
    ("20015", "200150"): ["/phone/", "/phone/calls?number=999999"],
    ("12001", "0001"): [
        "/info/",
        "/finance/",
        "/finance/documents/",
        "/finance/payment",
        "/notifications/?part=billing",
        "/phone/",
        "/phone/calls",
    ],
}


LOOKS = [
    ("pl", 390, "light"),
    ("en", 1280, "dark"),
    ("pl", 1280, "dark"),
    ("en", 390, "dark"),
    ("en", 1280, "light"),
    ("pl", 390, "dark"),
    ("pl", 1280, "light"),
    ("en", 390, "light"),
]
"""A shortened run has the first one alone: what most customers see."""


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    return [
        f"{page.url}: {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS if ROUNDS >= FULL else LOOKS[:1])
def test_axe_finds_no_fault(new_page: NewPage, language: str, width: int, scheme: str) -> None:
    watched = new_page(width=width, scheme=scheme)
    page, found = watched.page, list[str]()
    page.goto(f"/login?lang={language}")
    for path in PUBLIC:
        page.goto(path)
        found += faults(page)
    for (login, pin), paths in OWN.items():
        watched.log_in(login, pin)
        page.goto("/finance/documents/")
        for path in [*paths, *_documents(page)][:: 1 if ROUNDS >= FULL else 2]:
            page.goto(path)
            found += faults(page)
        page.locator(".menu button").click()
    assert found == []


@pytest.mark.parametrize("language", ["pl", "en"] if ROUNDS >= FULL else ["en"])
def test_axe_finds_no_fault_on_the_way_to_being_locked(new_page: NewPage, language: str) -> None:
    watched = new_page()
    page, found = watched.page, list[str]()
    page.goto(f"/login?lang={language}")
    for pin in ("1", "2", "3"):
        watched.log_in({"pl": "77001", "en": "77002"}[language], pin)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            for scheme in ("light", "dark"):
                # Without motion: a colour on its way to another one is neither.
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found += faults(page)
    assert page.get_by_role("link", name="32 012 34 56").first.is_visible()
    assert page.locator("#customer_id").count() == 0
    assert found == []


def _documents(page: Page) -> list[str]:
    """An invoice and, where there is one, a correction."""
    links: dict[str, str] = {}
    for link in page.locator("main tbody th a").all():
        links.setdefault(re.split(r"[/ ]", link.inner_text())[0], link.get_attribute("href") or "")
    return list(links.values())

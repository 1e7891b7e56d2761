"""What customers do, from beginning to end."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from pathlib import Path

import pytest
from e2e.conftest import NewPage
from playwright.sync_api import Page, expect
from support.browser import Watched, fits
from support.rounds import FULL, ROUNDS, part_of
from support.server import Demo, serve

from wbok.cli.demo import write_demo

PAGES = [
    "/login",
    "/help",
    "/nowhere",
    "/info/",
    "/finance/",
    "/finance/ledger?kind=charge",
    "/finance/documents/",
    "/phone/",
    "/phone/calls?kind=sms",
    "/notifications/",
    "/helpdesk/",
    "/helpdesk/new",
    "/helpdesk/P-1",
]


def test_from_login_to_logout_with_both_tabs(new_page: NewPage, browser: object) -> None:
    watched = new_page()
    page = watched.page
    watched.log_in("0010427", "004271")
    expect(page.get_by_role("heading", level=1)).to_have_text("Informacje")
    expect(page.get_by_text("Halina Brzozowska").first).to_be_visible()
    page.get_by_role("link", name="Finanse", exact=True).click()
    expect(page.get_by_text("163,52 zł").first).to_be_visible()
    page.get_by_text("Pokaż te liczby w tabeli").click()
    expect(page.get_by_role("row", name=re.compile("październik 2026"))).to_be_visible()
    _filter_the_ledger(page)
    _open_a_document(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="VAT summary")).to_be_visible()
    page.get_by_role("link", name="Polski").click()
    expect(page.get_by_role("heading", name="Podsumowanie VAT")).to_be_visible()
    cookies = page.context.cookies()
    page.get_by_role("button", name="Wyloguj").click()
    expect(page.get_by_text("Wylogowano")).to_be_visible()
    thief = new_page().page
    thief.context.add_cookies(cookies)  # type: ignore[arg-type]
    thief.goto("/info/")
    expect(thief.get_by_role("heading", level=1)).to_have_text("Logowanie")


def _filter_the_ledger(page: Page) -> None:
    page.get_by_role("link", name="Rozliczenie", exact=True).click()
    page.get_by_text("Wybierz okres").click()
    page.get_by_label("Od dnia").fill("2025-01-01")
    page.get_by_label("Pokaż", exact=True).select_option("charge")
    page.get_by_role("button", name="Pokaż").click()
    expect(page.get_by_text("Razem w okresie")).to_be_visible()
    expect(page.get_by_role("rowheader", name=re.compile("^Wpłata"))).to_have_count(0)
    assert page.get_by_role("rowheader", name=re.compile("^Faktura")).count() > 5


def _open_a_document(page: Page) -> None:
    page.get_by_role("rowheader", name=re.compile("^Faktura")).first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Faktura FV/")
    expect(page.get_by_role("heading", name="Podsumowanie VAT")).to_be_visible()


def test_third_wrong_pin_locks_until_the_office_unlocks(
    new_page: NewPage, tmp_path: Path, port: int, wbok: Path
) -> None:
    config, address = write_demo(tmp_path, port=port), f"http://127.0.0.1:{port}"

    def office(*arguments: str) -> str:
        run = subprocess.run(
            [wbok, "--config", config, *arguments], capture_output=True, text=True, check=True
        )
        return run.stdout

    with serve(config, address=address):
        watched = new_page(address=address)
        page = watched.page
        watched.log_in("4213", "1111")
        expect(page.get_by_role("alert")).to_contain_text("Zostały 2 próby.")
        expect(page.get_by_label("ID Klienta")).to_have_value("4213")
        expect(page.get_by_label("PIN")).to_have_value("")
        watched.type_login("4213", "2222")
        expect(page.get_by_role("alert")).to_contain_text("Została 1 próba.")
        watched.type_login("4213", "3333")
        expect(page.get_by_role("alert")).to_contain_text(
            "Dostęp został zablokowany po trzech błędnych próbach."
        )
        expect(page.get_by_role("link", name="Zadzwoń: 32 012 34 56")).to_be_visible()
        _is_refused(watched)
    with serve(config, address=address):
        _is_refused(watched)
        assert office("locked").startswith("4213\t")
        assert office("unlock", "4213", "--reason", "dowód okazany") == "4213 is unlocked.\n"
        watched.log_in("4213", "8150")
        expect(page.get_by_role("heading", level=1)).to_have_text("Informacje")


def _is_refused(watched: Watched) -> None:
    watched.log_in("4213", "8150")
    expect(watched.page.get_by_role("alert")).to_contain_text("Dostęp został zablokowany")


@pytest.mark.parametrize("width", [320, 390, 1280] if ROUNDS >= FULL else [320])
def test_nothing_is_wider_than_the_screen(new_page: NewPage, width: int) -> None:
    for login, pin in (("10427", "4271"), ("20015", "200150")):
        watched = new_page(width=width)
        watched.log_in(login, pin)
        for path in PAGES:
            watched.page.goto(path)
            assert fits(watched.page), path


def test_everything_in_the_menu_can_be_hit_with_a_finger(new_page: NewPage) -> None:
    watched = new_page(width=390)
    watched.log_in("10427", "4271")
    targets = watched.page.locator(".menu a, .menu button, .chips a, main .button").all()
    assert len(targets) >= 4
    for target in targets:
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto("/login")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Przejdź do treści")).to_be_focused()
    page.get_by_label("ID Klienta").focus()
    page.keyboard.type("10427")
    page.keyboard.press("Tab")
    page.keyboard.type("4271")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Informacje")


def test_no_script_is_needed(new_page: NewPage) -> None:
    watched = new_page(scripts=False)
    watched.log_in("10427", "4271")
    watched.page.get_by_role("link", name="Finanse", exact=True).click()
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("Finanse")


def test_the_demo_prints_logins_that_work(new_page: NewPage, demo_server: Demo) -> None:
    assert len(demo_server.logins) >= 10
    for login, pin, _note in demo_server.logins[: part_of(30)]:
        watched = new_page()
        watched.log_in(login, pin)
        expect(watched.page.get_by_role("heading", level=1)).to_have_text("Informacje")
        watched.page.goto("/finance/")
        expect(watched.page.get_by_role("heading", level=1)).to_have_text("Finanse")


@pytest.mark.parametrize("width", [390, 1280] if ROUNDS >= FULL else [390])
def test_calls_are_filtered_added_up_and_taken_home(new_page: NewPage, width: int) -> None:
    watched = new_page(width=width)
    watched.log_in("20015", "200150")
    page = watched.page
    page.get_by_role("link", name="Telefon", exact=True).click()
    expect(page.get_by_role("progressbar").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"^zostało .* z\s600\smin$")).first).to_be_visible()
    page.get_by_label("Miesiąc").select_option(index=1)
    page.get_by_role("button", name="Pokaż miesiąc").click()
    page.get_by_role("link", name="Połączenia i SMS", exact=True).click()
    page.get_by_text("Wybierz miesiąc lub szukaj").click()
    page.get_by_label("Numer lub jego początek").fill("32 014")
    page.get_by_label("Rodzaj").select_option("voice")
    page.get_by_role("button", name="Pokaż", exact=True).click()
    listed = page.locator("table").first.locator("tbody th")
    numbers = [row.inner_text() for row in listed.all()]
    assert numbers
    assert all(number.startswith("32 014") for number in numbers)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Tabela (CSV)").click()
    text = saved.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    seconds = sum(int(row["Sekundy"]) for row in rows)
    foot = page.locator("tfoot").inner_text().replace("\u00a0", " ")
    assert f"razem: {len(rows)} połącze" in foot
    assert f"{seconds % 3600 // 60} min" in foot
    assert re.fullmatch(r"polaczenia-\d{4}-\d\d\.csv", saved.value.suggested_filename)
    page.get_by_role("link", name="English").click()
    page.get_by_label("Hide the last three digits of numbers").check()
    page.get_by_label("Order").select_option("length")
    page.get_by_role("button", name="Show", exact=True).click()
    assert all(re.fullmatch(r"32 014 [0-9]• ••", row.inner_text()) for row in listed.all())
    page.get_by_text("Sums by kind").click()
    expect(page.get_by_role("table", name="By kind").get_by_role("row")).to_have_count(2)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Itemised bill (PDF)").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    assert not watched.complaints


def test_no_word_of_the_menu_is_broken_at_any_width(new_page: NewPage) -> None:
    watched = new_page()
    watched.log_in("10427", "4271")
    page = watched.page
    expect(page.get_by_role("button", name="Wyloguj")).to_be_attached()
    for width in (390, 600, 640, 799, 800, 960, 1000, 1119, 1120, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(LINES_OF_A_WORD) == [1] * 6, width


LINES_OF_A_WORD = """() => [...document.querySelectorAll(".menu a, .menu button")].map(entry => {
  const word = [...entry.childNodes].find(node => node.nodeType === 3 && node.textContent.trim());
  const range = document.createRange();
  range.selectNodeContents(word);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
})"""

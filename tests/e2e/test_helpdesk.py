"""From a report to its solution, by phone and on a computer; the office works by command meanwhile."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from e2e.conftest import NewPage
from e2e.test_accessibility import faults
from PIL import Image
from playwright.sync_api import Page, expect
from support.browser import Watched, fits
from support.files import HTML, PLACE, photo
from support.rounds import FULL, ROUNDS
from support.server import free_port, serve

from wbok.cli.demo import write_demo

Office = Callable[..., str]
BADGE = '.menu a[href="/helpdesk/"] .count'
ALL, TWO = '["info", "finance", "notifications", "helpdesk"]', '["info", "helpdesk"]'
EVERY = [(ALL, 390), (TWO, 1280), (ALL, 1280), (TWO, 390)]
WIDTHS = pytest.mark.parametrize(
    ("config", "width"), EVERY if ROUNDS >= FULL else EVERY[:1], indirect=["config"]
)
"""Which tabs are on, and how wide the screen is; a shortened run has the first alone."""


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    config = write_demo(tmp_path, port=free_port())
    text = config.read_text().replace(
        'name = "Światłonet"\n', f'name = "Światłonet"\ntabs = {request.param}\n', 1
    )
    config.write_text(text)
    return config


@pytest.fixture
def address(config: Path) -> Iterator[str]:
    port = re.search(r'bind = "127\.0\.0\.1:(\d+)"', config.read_text())
    assert port
    address = f"http://127.0.0.1:{port[1]}"
    with serve(config, address=address):
        yield address


@pytest.fixture
def office(config: Path, wbok: Path) -> Office:
    def run(*arguments: str) -> str:
        command = [str(wbok), "--config", str(config), "helpdesk", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout

    return run


def enter(new_page: NewPage, address: str, width: int, login: str = "10588", pin: str = "42") -> Watched:
    watched = new_page(address=address, width=width)
    watched.log_in(login, pin)
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("Informacje")
    return watched


def send(page: Page, category: str, title: str, body: str) -> str:
    page.get_by_role("link", name=re.compile("^Helpdesk")).click()
    page.get_by_role("link", name="Nowe zgłoszenie").first.click()
    page.get_by_role("link", name=category).click()
    page.get_by_label("Temat").fill(title)
    page.get_by_label("Opis").fill(body)
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_text("zostało wysłane")).to_be_visible()
    return page.url.rpartition("/")[2]


@WIDTHS
def test_a_fault_goes_from_report_to_solved(
    new_page: NewPage, address: str, office: Office, width: int
) -> None:
    page = enter(new_page, address, width).page
    number = send(page, "Usterka: telefon", "Telefon milczy", "Od rana w słuchawce jest cisza.")
    expect(page.locator(".thread .event")).to_have_text(
        [re.compile("przyjęte"), re.compile("do zrealizowania")]
    )
    assert number in office("list", "--queue", "technical", "--status", "to_do")
    assert "is solved" in office("solve", number, "Bramka wymieniona.")
    for path in ("/info/", "/help", "/helpdesk/"):
        page.goto(path)
        expect(page.get_by_role("heading", name=f"Zgłoszenie {number} zostało rozwiązane")).to_be_visible()
        expect(page.locator(BADGE)).to_have_text(re.compile("^1"))
        assert fits(page)
        assert faults(page) == []
    page.get_by_role("link", name="Pokaż, co zostało zrobione").click()
    expect(page.get_by_text("Bramka wymieniona.")).to_be_visible()
    expect(page.locator(BADGE)).to_have_count(0)
    assert faults(page) == []
    page.goto("/help")
    expect(page.get_by_text("zostało rozwiązane")).to_have_count(0)
    if page.get_by_role("link", name=re.compile("^Powiadomienia")).count():
        page.goto("/notifications/")
        page.get_by_role("link", name=f"Zgłoszenie {number} zostało rozwiązane").click()
        expect(page.get_by_text("„Telefon milczy” zostało rozwiązane")).to_be_visible()


@WIDTHS
def test_a_question_is_answered_and_read(new_page: NewPage, address: str, office: Office, width: int) -> None:
    page = enter(new_page, address, width).page
    number = send(page, "Inne pytanie", "Zmiana nazwiska", "Co trzeba przynieść?")
    expect(page.locator(".tags .badge")).to_have_text("przyjęte")
    office("answer", number, "Dzień dobry, wystarczy dowód osobisty.")
    page.goto("/helpdesk/")
    expect(page.locator(BADGE)).to_have_text(re.compile("^1"))
    expect(page.get_by_text("nowa odpowiedź")).to_be_visible()
    page.get_by_role("link", name="Zmiana nazwiska").click()
    expect(page.get_by_text("wystarczy dowód osobisty")).to_be_visible()
    page.get_by_label("Treść").fill("Dziękuję!")
    page.get_by_role("button", name="Wyślij odpowiedź").click()
    expect(page.locator(".thread").get_by_text("Dziękuję!")).to_be_visible()
    page.get_by_role("button", name="Zamknij zgłoszenie").click()
    expect(page.locator(".tags .badge")).to_have_text("zamknięte")
    page.get_by_label("Treść").fill("Jednak jeszcze jedno pytanie")
    page.get_by_role("button", name="Otwórz ponownie i wyślij").click()
    expect(page.locator(".thread").get_by_text("Jednak jeszcze jedno pytanie")).to_be_visible()
    expect(page.locator(".tags .badge").first).to_have_text("przyjęte")


@pytest.mark.parametrize("config", [TWO], indirect=True)
def test_what_was_typed_survives_a_session_that_ended(new_page: NewPage, address: str, config: Path) -> None:
    page = enter(new_page, address, 390).page
    page.goto("/helpdesk/new")
    page.get_by_role("link", name="Inne pytanie").click()
    page.get_by_label("Temat").fill("Długi list")
    page.get_by_label("Opis").fill("Pierwszy wiersz\n\nDrugi akapit")
    end_all_sessions(config)
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_text("Po zalogowaniu wpisany tekst znów będzie w formularzu")).to_be_visible()
    page.fill("#customer_id", "10588")
    page.fill("#pin", "42")
    page.click("main form button")
    expect(page.get_by_label("Opis")).to_have_value("Pierwszy wiersz\n\nDrugi akapit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inne pytanie")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Długi list")


@pytest.mark.parametrize("config", [TWO], indirect=True)
def test_a_photo_is_sent_by_phone_and_comes_back_without_its_place(
    new_page: NewPage, address: str, tmp_path: Path
) -> None:
    sent = tmp_path / "licznik.jpg"
    sent.write_bytes(photo((1200, 900), turned=True))
    assert PLACE.encode() in sent.read_bytes()
    page = enter(new_page, address, 390).page
    page.goto("/helpdesk/new")
    page.get_by_role("link", name="Usterka: telefon").click()
    page.get_by_label("Temat").fill("Telefon milczy")
    page.get_by_label("Opis").fill("Na zdjęciu widać bramkę.")
    page.get_by_label("Zdjęcia lub pliki PDF").set_input_files([sent])
    page.emulate_media(reduced_motion="reduce")
    assert faults(page) == []
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    link = page.get_by_role("list", name="Załączniki").get_by_role("link")
    expect(link).to_have_text(re.compile("licznik.jpg"))
    assert fits(page)
    assert faults(page) == []
    with page.expect_download() as download:
        link.click()
    got = Path(download.value.path()).read_bytes()
    assert PLACE.encode() not in got
    with Image.open(BytesIO(got)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((900, 1200), {})
    page.get_by_label("Treść").fill("Jeszcze strona HTML")
    page.get_by_label("Zdjęcia lub pliki PDF").set_input_files(
        {"name": "strona.jpg", "mimeType": "image/jpeg", "buffer": HTML}
    )
    page.get_by_role("button", name="Wyślij odpowiedź").click()
    page.get_by_role("alert").get_by_role("link", name="Zdjęcia lub pliki PDF").click()
    expect(page.get_by_label("Zdjęcia lub pliki PDF")).to_have_accessible_description(
        re.compile("„strona.jpg” nie można wysłać")
    )
    expect(page.get_by_label("Treść")).to_have_value("Jeszcze strona HTML")
    assert faults(page) == []


def end_all_sessions(config: Path) -> None:
    from wbok.store import Store

    store = Store(f"sqlite:///{config.parent / 'store.sqlite'}")
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM sessions")
    store.engine.dispose()


def test_a_form_with_faults_is_said_to_everybody(new_page: NewPage) -> None:
    watched = new_page(width=390)
    watched.log_in("10427", "4271")
    page = watched.page
    page.goto("/helpdesk/new?category=internet")
    page.locator("form.card").evaluate("form => { form.noValidate = true }")
    page.get_by_label("Opis").fill("x")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()
    expect(page.get_by_role("alert")).to_contain_text("Do poprawy")
    expect(page.get_by_label("Temat")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Opis")).to_have_value("x")
    page.emulate_media(reduced_motion="reduce")
    assert faults(page) == []


WORDS = {
    "pl": {
        "new": "Nowe zgłoszenie",
        "fault": "Usterka: internet nie działa",
        "title": "Temat",
        "body": "Opis",
        "service": "Której usługi dotyczy zgłoszenie?",
        "extent": "Jak to działa?",
        "poorly": "źle lub wolno",
        "lamps": "Które lampki świecą",
        "send": "Wyślij zgłoszenie",
        "complaint": "Reklamacja",
        "asked": "Opis sprawy i żądanie",
        "period": "Jakiego okresu dotyczy reklamacja?",
        "amount": "Żądana kwota",
        "not_sent": "Do poprawy",
        "confirmation": "Potwierdzenie (PDF)",
        "answer": "Odpowiedź (PDF)",
        "due": "Odpowiedź na reklamację najpóźniej",
        "expected": "przewidywany termin",
    },
    "en": {
        "new": "New ticket",
        "fault": "Fault: no internet",
        "title": "Subject",
        "body": "Description",
        "service": "Which service is it about?",
        "extent": "How does it work?",
        "poorly": "badly or slowly",
        "lamps": "Which lamps are lit",
        "send": "Send the ticket",
        "complaint": "Complaint (reklamacja)",
        "asked": "What happened, and what is asked for",
        "period": "Which period is it about?",
        "amount": "Amount asked for",
        "not_sent": "Please correct",
        "confirmation": "Confirmation (PDF)",
        "answer": "Answer (PDF)",
        "due": "Answer to the complaint at the latest",
        "expected": "expected by",
    },
}


@pytest.mark.parametrize("config", [TWO], indirect=True)
def test_a_fault_and_a_complaint_go_by_phone_in_both_languages(
    new_page: NewPage, address: str, office: Office
) -> None:
    page = enter(new_page, address, 390, "10427", "4271").page
    page.emulate_media(reduced_motion="reduce")
    for language, say in WORDS.items():
        page.goto(f"/helpdesk/?lang={language}")
        fault = fault_sent(page, say)
        office("expect", fault, "2100-01-04")
        page.reload()
        expect(page.locator("main")).to_contain_text(say["expected"])
        complaint = complaint_sent(page, say)
        assert saved(page, say["confirmation"]).startswith(b"%PDF")
        office("decide", complaint, "rejected", "Przerwa trwała krócej niż dobę.")
        page.reload()
        expect(page.locator(".thread")).to_contain_text("Przerwa trwała krócej niż dobę.")
        is_right(page)
        assert saved(page, say["answer"]).startswith(b"%PDF")


def fault_sent(page: Page, say: dict[str, str]) -> str:
    page.goto("/helpdesk/")
    page.get_by_role("link", name=say["new"]).first.click()
    expect(page.get_by_role("link", name=say["fault"])).to_be_visible()
    is_right(page)
    page.get_by_role("link", name=say["fault"]).click()
    page.get_by_label(say["title"], exact=True).fill("Internet zwalnia")
    page.get_by_label(say["body"], exact=True).fill("Wieczorem filmy się zacinają.")
    page.get_by_label(say["service"]).select_option("Internet światłowodowy 600")
    page.get_by_label(say["extent"]).select_option(label=say["poorly"])
    page.get_by_label(say["lamps"]).fill("LOS czerwona")
    page.get_by_role("button", name=say["send"]).click()
    for words in ("Internet światłowodowy 600", say["poorly"], "LOS czerwona"):
        expect(page.locator(".thread")).to_contain_text(words)
    is_right(page)
    return page.url.rpartition("/")[2]


def complaint_sent(page: Page, say: dict[str, str]) -> str:
    """The first try has an amount that is none."""
    page.goto("/helpdesk/new")
    page.get_by_role("link", name=say["complaint"]).click()
    page.get_by_label(say["title"], exact=True).fill("Dwa dni bez internetu")
    page.get_by_label(say["asked"]).fill("Proszę o zwrot.")
    page.get_by_label(say["period"]).fill("3 i 4 listopada 2026")
    page.get_by_label(say["amount"]).fill("dużo")
    page.get_by_role("button", name=say["send"]).click()
    expect(page.get_by_role("alert")).to_contain_text(say["not_sent"])
    page.get_by_role("alert").get_by_role("link", name=say["amount"]).click()
    expect(page.get_by_label(say["amount"])).to_be_in_viewport()
    expect(page.get_by_label(say["asked"])).to_have_value("Proszę o zwrot.")
    is_right(page)
    page.get_by_label(say["amount"]).fill("5,30")
    page.get_by_role("button", name=say["send"]).click()
    expect(page.locator("main")).to_contain_text(say["due"])
    return page.url.rpartition("/")[2]


def saved(page: Page, link: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return Path(download.value.path()).read_bytes()


def is_right(page: Page) -> None:
    """An audit takes long, and what it looks at is the same in both languages."""
    assert fits(page)
    if page.locator("html").get_attribute("lang") == "pl":
        assert faults(page) == []

"""Paying, as it is done on a phone."""

from __future__ import annotations

from e2e.conftest import NewPage
from playwright.sync_api import expect
from support.prints import text_of


def test_from_login_to_the_slip_in_three_taps(new_page: NewPage) -> None:
    watched = new_page(width=390)
    page = watched.page
    page.goto("/login")
    page.fill("#customer_id", "10427")
    page.fill("#pin", "4271")
    page.get_by_role("button", name="Zaloguj się").click()  # the first tap
    page.get_by_role("link", name="Jak zapłacić").click()  # the second
    expect(page.get_by_text("163,52 zł").first).to_be_visible()
    with page.expect_response(lambda response: "slip.pdf" in response.url) as opened:
        page.get_by_role("link", name="Druk wpłaty (PDF)").first.click()  # the third
    assert opened.value.headers["content-disposition"].startswith("inline")
    paper = text_of(page.request.get(opened.value.url).body())
    assert "163,52" in paper
    assert "66999000121234000000010427" in paper


def test_one_press_copies_account_title_and_amount(new_page: NewPage) -> None:
    page = new_page(width=390).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/login")
    page.fill("#customer_id", "10427")
    page.fill("#pin", "4271")
    page.get_by_role("button", name="Zaloguj się").click()
    page.goto("/finance/")
    for name, text in (
        ("Kopiuj numer rachunku", "66999000121234000000010427"),
        ("Kopiuj tytuł", "Abonament, ID 10427"),
        ("Kopiuj kwotę", "163,52"),
    ):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name="Skopiowano").last).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_without_scripts_a_press_selects_and_nothing_is_offered_that_does_not_work(new_page: NewPage) -> None:
    page = new_page(width=390, scripts=False).page
    page.goto("/login")
    page.fill("#customer_id", "10427")
    page.fill("#pin", "4271")
    page.get_by_role("button", name="Zaloguj się").click()
    page.goto("/finance/")
    assert page.get_by_role("button", name="Kopiuj").count() == 0
    expect(page.get_by_text("Kliknij lub przytrzymaj numer")).to_be_visible()

"""What stands on the pages."""

from __future__ import annotations

import gzip
import re

import pytest
from conftest import MakeScene
from support.scene import Scene

PAGES = [
    "/login",
    "/help",
    "/info/",
    "/finance/",
    "/finance/ledger",
    "/finance/documents/",
    "/finance/payment",
    "/finance/statement",
    "/phone/",
    "/phone/calls",
    "/notifications/",
    "/helpdesk/",
    "/helpdesk/new",
]
NBSP = "\u00a0"


@pytest.mark.everywhere
def test_informacje_shows_who_the_customer_is_and_what_he_has(scene: Scene) -> None:
    page = scene.customer().get("/info/").text
    for words in scene.told(
        "Halina Brzozowska",
        "ul. Lipowa 12 m. 4, 43-999 Jasnowice",
        "Internet światłowodowy 600",
        f"do 600{NBSP}Mb/s",
        f"79,90{NBSP}zł",
        "Terminal światłowodowy",
        "usługi działają",
        "Umowa",
    ):
        assert words in page
    assert f"163,52{NBSP}zł" in page


@pytest.mark.everywhere
def test_sensitive_numbers_are_masked(scene: Scene) -> None:
    page = scene.customer().get("/info/").text
    personal_id = scene.panel.billing.customers.customer("10427").personal_id
    assert personal_id
    assert personal_id not in page
    assert "•••••••" + personal_id[-4:] in page


@pytest.mark.everywhere
def test_only_the_fields_of_the_setting_are_shown(make_demo_scene: MakeScene) -> None:
    page = make_demo_scene(tabs={"info": {"fields": ["services"]}}).customer().get("/info/").text
    assert "Halina Brzozowska" in page
    assert "Usługi" in page
    for words in ("ul. Lipowa", "PESEL", "Umowa", "Urządzenia", "poczta.example"):
        assert words not in page


@pytest.mark.everywhere
def test_finanse_says_how_much_until_when_and_where_to(scene: Scene) -> None:
    page = scene.customer().get("/finance/").text
    for words in scene.told(
        f"163,52{NBSP}zł",
        f"w tym po terminie: 45,00{NBSP}zł",
        f"reszta z 115,00{NBSP}zł",
        "termin minął",
        "66 9990 0012 1234 0000 0001 0427",
        "Abonament, ID 10427",
        "Światłonet sp. z o.o.",
        f"114,80{NBSP}zł",
        "<svg",
    ):
        assert words in page
    assert page.index("po terminie") < page.index("do zapłaty</span>")


@pytest.mark.everywhere
@pytest.mark.parametrize(
    ("login", "pin", "words"),
    [
        ("10588", "42", f"Nadpłata: 240,00{NBSP}zł."),
        ("4213", "8150", "Nie ma nic do zapłaty."),
        ("12001", "1", "Nie ma obowiązujących taryf."),
        ("20044", "440044", '<p class="amount">369,00\N{NO-BREAK SPACE}€</p>'),
        ("10931", "118830", "nie naliczamy, zawieszona"),
    ],
)
def test_odd_customers_see_what_concerns_them(scene: Scene, login: str, pin: str, words: str) -> None:
    assert words in scene.customer(login, pin).get("/finance/").text


def test_an_account_number_that_is_wrong_is_never_shown(scene: Scene, tmp_path: object) -> None:
    from wbok.web.formats import nrb

    assert nrb("66 9990 0012 1234 0000 0001 0428") is None
    assert nrb("66999000121234000000010427") == "66 9990 0012 1234 0000 0001 0427"


@pytest.mark.everywhere
def test_the_ledger_is_filtered_by_period_and_kind(scene: Scene) -> None:
    customer = scene.customer()
    whole = customer.get("/finance/ledger").text
    assert f"−163,52{NBSP}zł" in whole
    october = customer.get("/finance/ledger?from=2026-10-01&to=2026-10-31").text
    assert set(re.findall(r"<time datetime=\"(\d{4}-\d\d)", october)) == {"2026-10"}
    assert f"115,00{NBSP}zł" in october
    assert "Razem w okresie" in october
    payments = customer.get("/finance/ledger?kind=payment").text
    assert "Wpłata" in payments
    assert "Faktura FV" not in payments
    assert 'value="payment" selected' in payments


@pytest.mark.everywhere
def test_the_ledger_goes_on_where_the_page_ended(scene: Scene) -> None:
    customer, dates = scene.customer(), []
    path: str | None = "/finance/ledger"
    while path:
        page = customer.get(path).text
        dates += re.findall(r"<td><time datetime=\"([0-9-]+)", page)
        older = re.search(r'href="([^"]+)">Starsze', page)
        path = older.group(1).replace("&amp;", "&") if older else None
    assert dates == sorted(dates, reverse=True)
    assert len(dates) > 40


@pytest.mark.everywhere
def test_a_document_shows_lines_with_a_vat_summary(scene: Scene) -> None:
    customer = scene.customer()
    listing = customer.get("/finance/documents/").text
    link = re.search(r'href="(/finance/documents/[^"]+)">FV/', listing)
    assert link
    page = customer.get(link.group(1)).text
    for words in scene.told(
        "Faktura FV/11/2026", "Podsumowanie VAT", "23%", f"118,52{NBSP}zł", "według salda"
    ):
        assert words in page


@pytest.mark.everywhere
def test_states_by_balance_are_said_to_be_so(scene: Scene) -> None:
    page = scene.customer().get("/finance/documents/").text
    assert "Stan według salda" in page
    for state in ("opłacona", "po terminie", "do zapłaty", f"zostało 45,00{NBSP}zł"):
        assert state in page


@pytest.mark.everywhere
def test_nothing_absent_is_printed_as_none(scene: Scene) -> None:
    for login, pin in (("10427", "4271"), ("12001", "1"), ("20015", "200150")):
        customer = scene.customer(login, pin)
        for path in PAGES:
            page = customer.get(path, follow_redirects=True)
            assert (page.status_code, "None" in page.text) == (200, False), (login, path)


@pytest.mark.parametrize("path", PAGES)
def test_english_is_complete(scene: Scene, path: str) -> None:
    customer = scene.customer() if path != "/login" else scene.visitor()
    polish = customer.get(path).text
    switch = customer.get(f"{path}?lang=en")
    assert (switch.status_code, switch.headers["Location"]) == (303, path)
    page = customer.get(path).text
    assert '<html lang="en">' in page
    assert polish != page
    for words in (
        "Biuro:",
        "Pomoc",
        "Do zapłaty",
        "Wyloguj",
        "Zaloguj",
        "Rozliczenie",
        "co miesiąc",
        "termin minął",
    ):
        assert words not in page
    customer.get(f"{path}?lang=pl")
    assert '<html lang="pl">' in customer.get(path).text


def test_the_language_switch_keeps_the_filter_and_leads_nowhere_else(scene: Scene) -> None:
    customer = scene.customer()
    page = customer.get("/finance/ledger?from=2026-10-01&kind=charge").text
    assert 'href="?from=2026-10-01&amp;kind=charge&amp;lang=en"' in page
    answer = customer.get("/finance/ledger?from=2026-10-01&kind=charge&lang=en")
    assert answer.headers["Location"] == "/finance/ledger?from=2026-10-01&kind=charge"
    assert customer.get("/info/?lang=xx").status_code == 200


def test_help_is_the_customers_manual_and_public(scene: Scene) -> None:
    page = scene.visitor().get("/help").text
    for words in (
        "Jak się zalogować",
        "ID Klienta i PIN są na umowie.",
        "Informacje",
        "Finanse",
        "ul. Świetlana 7",
    ):
        assert words in page


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light(scene: Scene, path: str) -> None:
    visitor = scene.customer() if path != "/login" else scene.visitor()
    page = visitor.get(path)
    assert len(gzip.compress(page.data, 6)) <= 10 * 1024
    files = set(re.findall(r'<(?:link rel="stylesheet" href|script src)="(/static/[^"]+)"', page.text))
    assert page.text.count("<script") == page.text.count('<script src="/static/')
    assert "style=" not in page.text
    assert sum(len(gzip.compress(visitor.get(file).data, 6)) for file in files) <= 30 * 1024


def test_the_providers_brand_is_linked_and_served(make_demo_scene: MakeScene, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "brand"
    folder.mkdir()
    (folder / "brand.css").write_text(":root:not([data-theme]) { --brand: #123456; }")
    scene = make_demo_scene(panel={"brand_dir": folder})
    page = scene.visitor().get("/login").text
    link = re.search(r'href="(/brand/brand\.css\?v=[0-9a-f]+)"', page)
    assert link
    assert "#123456" in scene.visitor().get(link.group(1)).text
    for name in ("secret.toml", "keys", "store.sqlite", ".htpasswd"):
        (folder / name).write_text("secret")
    for path in ("../store.sqlite", "secret.toml", "keys", "store.sqlite", ".htpasswd", "brand.css/../keys"):
        assert scene.visitor().get(f"/brand/{path}").status_code == 404


@pytest.mark.parametrize(
    ("number", "words"), [(1, "dokument"), (3, "dokumenty"), (5, "dokumentów"), (22, "dokumenty")]
)
def test_polish_counts_as_poles_do(scene: Scene, number: int, words: str) -> None:
    text = scene.app.jinja_env.from_string(
        '{{ ngettext("and one more document", "and %(num)d more documents", number) }}'
    )
    with scene.app.test_request_context():
        assert text.render(number=number).endswith(words)


def test_the_language_of_a_page_that_is_not_there_leads_to_the_manual(scene: Scene) -> None:
    page = scene.visitor().get("/nowhere")
    assert 'href="/help?lang=en"' in page.text

"""What Finanse says in cases that the made-up provider does not have."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.billing import entry, people, write_tables
from support.clock import HandClock
from support.scene import Visitor, make_scene, make_settings, sql_billing

Rows = list[dict[str, Any]]
Come = Callable[..., Visitor]
OWN, COMMON = "66 9990 0012 1234 0000 0001 0427", "96 9990 0012 0000 0000 0000 0001"
OWN_LABEL, COMMON_LABEL = "tylko do tego klienta", "w tytule prosimy podać"
NBSP = "\u00a0"
THANKS = "Dziękujemy"
KSEF_NUMBER = "5265877635-20250826-0100001AF629-AF"


@pytest.fixture
def come(tmp_path: Path, clock: HandClock) -> Come:
    """Customer 1 of a billing with these tables, logged in."""

    def build(relations: dict[str, Any] | None = None, /, **tables: Rows) -> Visitor:
        rows = {**people(2), "ledger": [entry(1, 2, -1)], **tables}
        billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
        billing["relations"] |= relations or {}
        scene = make_scene(make_settings(tmp_path, billing), clock=clock)
        return scene.customer("1", "4711")

    return build


def account(number: str, currency: str | None) -> dict[str, Any]:
    return {"number": number, "customer_id": 1, "currency": currency}


SELLER = {"id": 1, "name": "Sprzedawca", "account": COMMON}


@pytest.mark.parametrize(
    ("accounts", "shown", "label"),
    [
        ([account(OWN, None)], OWN, OWN_LABEL),
        ([account(OWN, "PLN")], OWN, OWN_LABEL),
        ([account(OWN, "EUR")], COMMON, COMMON_LABEL),
    ],
)
def test_only_the_customers_own_account_is_called_his(
    come: Come, accounts: Rows, shown: str, label: str
) -> None:
    page = come(accounts=accounts, sellers=[SELLER]).get("/finance/").text
    paragraph = page.partition('class="account"')[2].partition("</p>")[0]
    assert shown in paragraph
    assert label in paragraph


def test_of_several_own_accounts_the_provider_says_which_comes_first(come: Come) -> None:
    first, second = account(COMMON, None) | {"position": 1}, account(OWN, "PLN") | {"position": 2}
    page = come(accounts=[second, first]).get("/finance/").text
    assert page.index(COMMON) < page.index("Można też wpłacać na rachunek:") < page.index(OWN)


def test_without_one_of_the_provider_the_title_is_ours(come: Come) -> None:
    assert "Abonament, ID 1" in come().get("/finance/").text


def test_the_providers_title_takes_the_place_of_ours(come: Come) -> None:
    customers = [{"id": 1, "name": "Klient 1", "payment_title": "Umowa 1/<b>"}]
    page = come(customers=customers).get("/finance/").text
    assert "Umowa 1/&lt;b&gt;" in page
    assert "Abonament, ID 1" not in page


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"ksef_state": "waiting"}, "zeka na przyjęcie przez KSeF"),
        ({"ksef_state": "offline"}, "w trybie offline"),
        ({"ksef_state": "accepted"}, "rzyjęto w KSeF"),
        ({"ksef_state": "accepted", "ksef_number": KSEF_NUMBER}, f"KSeF: numer {KSEF_NUMBER}"),
    ],
)
def test_list_and_document_say_where_it_stands_in_ksef(
    come: Come, columns: dict[str, str], words: str
) -> None:
    visitor = come(documents=[DOCUMENT | columns])
    assert words in visitor.get("/finance/documents/").text
    assert words in visitor.get("/finance/documents/1").text


@pytest.mark.parametrize("path", ["/info/", "/finance/"])
@pytest.mark.parametrize(
    ("ledger", "thanked", "words"),
    [
        ([entry(1, 1, -5, currency="EUR")], False, f'<p class="amount">5,00{NBSP}€</p>'),
        ([entry(1, 1, 5, currency="EUR")], True, f"5,00{NBSP}€"),
        ([entry(1, 1, -5, currency="PLN")], False, f"5,00{NBSP}zł"),
    ],
)
def test_thanks_are_given_only_when_nothing_is_owed(
    come: Come, path: str, ledger: Rows, thanked: bool, words: str
) -> None:
    page = come(ledger=ledger).get(path).text
    assert (THANKS in page) is thanked
    assert words in page


def test_a_chart_is_of_all_entries_or_not_there(come: Come) -> None:
    ledger = [entry(i, 1, -1, "2026-11-01") for i in range(1001)]
    page = come(ledger=ledger).get("/finance/").text
    assert '<figure class="chart"' not in page
    assert f"1{NBSP}001,00{NBSP}zł" in page


DOCUMENT = {
    "id": 1,
    "customer_id": 1,
    "number": "FV/1",
    "kind": "invoice",
    "issued_on": "2026-11-01",
    "gross": 1,
}
LINE = {
    "document_id": 1,
    "customer_id": 1,
    "position": 1,
    "description": "Internet",
    "quantity": 0.0004,
    "vat_rate": "23%",
    "net": 1,
    "vat": 0,
    "gross": 1,
}


def test_small_quantities_are_not_zero(come: Come) -> None:
    page = come(documents=[DOCUMENT], document_lines=[LINE]).get("/finance/documents/1").text
    assert "0,0004" in page


def test_the_longest_key_has_a_page(come: Come) -> None:
    relations = {"documents": {"table": "documents", "types": {"id": "text"}}}
    visitor = come(relations, documents=[DOCUMENT | {"id": "😀" * 255}])
    address = re.search(r"/finance/documents/~[\w-]+", visitor.get("/finance/documents/").text)
    assert address
    assert "FV/1" in visitor.get(address.group()).text


@pytest.mark.parametrize("path", ["/info/", "/finance/"])
def test_money_that_is_not_yet_set_against_a_document_is_not_asked_for_again(come: Come, path: str) -> None:
    unpaid = {
        "id": 1,
        "customer_id": 1,
        "number": "FV/1",
        "kind": "invoice",
        "issued_on": "2026-01-01",
        "due_on": "2026-01-15",
        "gross": 100,
        "remaining": 100,
    }
    page = come(ledger=[entry(1, 1, -100), entry(2, 1, 150)], documents=[unpaid]).get(path).text
    assert f'<p class="amount">0,00{NBSP}zł</p>' in page
    assert "po terminie" not in page
    assert f"Nadpłata: 50,00{NBSP}zł." in page
    assert ("Wpłaty wystarczają" in page) is (path == "/finance/")

"""What can be paid, where to, and the slip for it."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from support.billing import entry, people, write_tables
from support.clock import HandClock
from support.prints import drawn, read_code, text_of
from support.scene import Scene, Visitor, make_scene, make_settings, sql_billing

Rows = list[dict[str, Any]]
Come = Callable[..., Visitor]
OWN, COMMON = "66999000121234000000010427", "96999000120000000000000001"
NBSP = "\u00a0"
SELLER = {"id": 1, "name": "Sprzedawca", "tax_id": "1234563218", "account": COMMON}


@pytest.fixture
def come(tmp_path: Path, clock: HandClock) -> Come:
    """Customer 1 of a billing with these tables, logged in; `settings` of the tab."""

    def build(settings: dict[str, Any] | None = None, /, **tables: Rows) -> Visitor:
        rows = {**people(2), "ledger": [entry(1, 1, -100)], "sellers": [SELLER], **tables}
        billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
        tabs = {"tabs": {"finance": settings}} if settings else {}
        return make_scene(make_settings(tmp_path, billing, **tabs), clock=clock).customer("1", "4711")

    return build


def document(number: int, gross: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "customer_id": 1,
        "number": f"FV/{number}",
        "kind": "invoice",
        "issued_on": "2026-10-01",
        "due_on": "2026-10-15",
        "gross": gross,
    } | more


def paper_text(visitor: Visitor, path: str) -> str:
    """Without blanks."""
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), path
    return text_of(answer.data)


def code_on(visitor: Visitor, path: str) -> str:
    """What an app would read from the page's code."""
    svg = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", visitor.get(path).text, re.DOTALL)
    assert svg
    return read_code(drawn(svg.group()))


def test_the_code_holds_what_stands_beside_it(come: Come) -> None:
    assert code_on(come(), "/finance/") == f"1234563218|PL|{COMMON}|010000|Sprzedawca|Abonament, ID 1|||"


@pytest.mark.everywhere("csv")
def test_the_slip_has_the_amount_the_words_and_the_account(scene: Scene) -> None:
    text = paper_text(scene.customer(), "/finance/slip.pdf")
    for words in (OWN, "stosześćdziesiąttrzyzłote52/100", "163,52"):
        assert words in text
    assert "ID10427" in text


@pytest.mark.everywhere("csv")
@pytest.mark.parametrize(("purpose", "amount"), [("balance", "163,52"), ("overdue", "45,00")])
def test_a_slip_is_of_the_part_that_was_chosen(scene: Scene, purpose: str, amount: str) -> None:
    visitor = scene.customer()
    page = visitor.get(f"/finance/payment?for={purpose}").text
    assert f'<p class="amount">{amount}{NBSP}zł</p>' in page
    assert f"/finance/slip.pdf?for={purpose}" in page
    assert amount in paper_text(visitor, f"/finance/slip.pdf?for={purpose}")


@pytest.mark.everywhere("csv")
def test_one_document_is_paid_by_what_remains_of_it(scene: Scene) -> None:
    visitor = scene.customer()
    page = visitor.get("/finance/payment").text
    links = re.findall(r'href="(/finance/documents/[^"]+/payment)">([^<]+): ([^<]+)</a>', page)
    assert [amount for _link, _number, amount in links] == [f"45,00{NBSP}zł", f"118,52{NBSP}zł"]
    link, number, _ = links[0]
    own = visitor.get(link).text
    assert f'<h2 id="payment-h">Faktura {number}</h2>' in own
    assert "45,00" in paper_text(visitor, link.replace("/payment", "/slip.pdf"))


def test_never_more_is_asked_for_than_is_owed(come: Come) -> None:
    visitor = come(documents=[document(1, 100, remaining=100)], ledger=[entry(1, 1, -30)])
    for path in ("/finance/documents/1/payment", "/finance/payment?for=overdue"):
        assert f'<p class="amount">30,00{NBSP}zł</p>' in visitor.get(path).text


def test_whoever_owes_nothing_can_pay_the_coming_months(come: Come) -> None:
    service = {"id": 1, "customer_id": 1, "name": "Internet", "price": 60}
    visitor = come(ledger=[entry(1, 1, 5)], services=[service])
    assert "/finance/payment?for=month" in visitor.get("/finance/").text
    page = visitor.get("/finance/payment?for=month").text
    assert "Abonament 12/2026, ID 1" in page
    assert f'<p class="amount">60,00{NBSP}zł</p>' in page
    text = paper_text(visitor, "/finance/slip.pdf?for=month&months=3")
    assert [month in text for month in ("12/2026", "01/2027", "02/2027", "03/2027")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("query", ["", "?for=month", "?for=overdue"])
def test_without_anything_to_pay_there_is_a_sentence_and_no_slip(come: Come, query: str) -> None:
    visitor = come(ledger=[entry(1, 1, 5)])
    answer = visitor.get(f"/finance/slip.pdf{query}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/finance/payment")
    assert "Nie ma nic do zapłaty." in visitor.get("/finance/payment").text
    assert "slip.pdf" not in visitor.get("/finance/").text


def test_an_account_that_is_wrong_stands_nowhere(come: Come) -> None:
    wrong = OWN[:-1] + "8"
    visitor = come(accounts=[{"number": wrong, "customer_id": 1, "currency": None}])
    for path in ("/finance/", "/finance/payment"):
        page = visitor.get(path).text
        assert "biur" in page.partition('class="account"')[2].partition("</p>")[0]
        assert wrong[-4:] not in page
        assert 'class="qr"' not in page
        assert "slip.pdf" not in page
    assert visitor.get("/finance/slip.pdf").status_code == 303


def test_over_ten_thousand_the_payer_types_the_amount(come: Come) -> None:
    visitor = come(ledger=[entry(1, 1, -12345)])
    assert code_on(visitor, "/finance/").split("|")[3] == "000000"
    assert f"prosimy wpisać 12{NBSP}345,00{NBSP}zł" in visitor.get("/finance/").text


def test_split_payment_and_other_currencies_have_no_code(come: Come) -> None:
    split = come(documents=[document(1, 100, split_payment=1)])
    page = split.get("/finance/documents/1/payment").text
    assert 'class="qr"' not in page
    assert "mechanizmu podzielonej płatności" in page


@pytest.mark.everywhere("csv")
def test_a_debt_in_euro_has_an_account_but_neither_code_nor_slip(scene: Scene) -> None:
    visitor = scene.customer("20044", "440044")
    page = visitor.get("/finance/").text
    assert "slip.pdf" not in page
    assert 'class="qr"' not in page


def test_a_template_makes_the_account_of_each_customer(come: Come) -> None:
    visitor = come({"account_template": "99900012 1234 {cid:012d}"})
    paragraph = visitor.get("/finance/").text.partition('class="account"')[2].partition("</p>")[0]
    assert "tylko do tego klienta" in paragraph
    assert re.search(r"\d\d 9990 0012 1234 0000 0000 0001", paragraph)


def test_a_template_that_cannot_be_is_refused_at_the_start(come: Come) -> None:
    with pytest.raises(Exception, match="24 are needed"):
        come({"account_template": "99900012 {cid:012d}"})


def test_the_online_payment_gets_amount_title_and_a_signature(come: Come) -> None:
    key = "k" * 32
    address = "https://pay.example/new?a={amount}&c={currency}&t={title}&id={id}&s={signature}"
    page = come({"payment_link": address, "payment_key": key}).get("/finance/").text
    link = re.search(r'href="(https://pay\.example/[^"]+)"', page)
    assert link
    given = {
        name: one for name, [one] in parse_qs(urlsplit(link.group(1).replace("&amp;", "&")).query).items()
    }
    signed = "\n".join(("1", "100.00", "PLN", "Abonament, ID 1"))
    assert given == {
        "a": "100.00",
        "c": "PLN",
        "t": "Abonament, ID 1",
        "id": "1",
        "s": hmac.new(key.encode(), signed.encode(), hashlib.sha256).hexdigest(),
    }


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("http://pay.example/", "https://"),
        ("https://{id}.example/", "name of the server"),
        ("https://pay.example/{sum}", "there is no {sum}"),
        ("https://pay.example/{signature}", "payment_key_file"),
    ],
)
def test_a_link_that_cannot_be_filled_is_refused_at_the_start(come: Come, link: str, words: str) -> None:
    with pytest.raises(Exception, match=re.escape(words)):
        come({"payment_link": link})


@pytest.mark.parametrize(
    ("settings", "paths"),
    [
        ({"slip": False}, ["/finance/slip.pdf", "/finance/documents/1/slip.pdf"]),
        ({"statement": False}, ["/finance/statement", "/finance/statement.csv", "/finance/statement.pdf"]),
        ({"files": False}, ["/finance/documents/1/file", "/finance/documents.zip?id=1"]),
    ],
)
def test_what_is_switched_off_has_no_route_and_no_link(
    come: Come, settings: dict[str, bool], paths: list[str]
) -> None:
    visitor = come(settings, documents=[document(1, 100)])
    for path in paths:
        assert visitor.get(path).status_code == 404
    ways = ("/finance/", "/finance/ledger", "/finance/documents/", "/finance/documents/1", "/finance/payment")
    for page in ways:
        text = visitor.get(page).text
        assert not [path for path in paths if path.partition("?")[0] in text], page


def test_without_codes_there_are_none_on_page_and_slip(come: Come) -> None:
    visitor = come({"transfer_code": False})
    assert 'class="qr"' not in visitor.get("/finance/").text
    assert "koddlaaplikacji" not in paper_text(visitor, "/finance/slip.pdf")


@pytest.mark.parametrize("name", ["Ż" * 200, "🦊 Ala|kot", "\u202eodwrotnie", "a\x07b"])
def test_odd_names_and_amounts_make_a_valid_slip(come: Come, name: str) -> None:
    customers = [{"id": 1, "name": name, "payment_title": f"|{name[:20]}|"}]
    visitor = come(customers=customers, ledger=[entry(1, 1, "-123456789012.345")])
    text = paper_text(visitor, "/finance/slip.pdf")
    assert OWN not in text
    assert COMMON in text


def test_a_word_that_is_no_purpose_is_not_found(come: Come) -> None:
    assert come().get("/finance/payment?for=x").status_code == 404

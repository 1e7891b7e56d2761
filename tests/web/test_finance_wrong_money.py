"""No page, code or paper asks for money that is not owed, sends it elsewhere, or names somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from support.billing import entry, people, write_tables
from support.clock import HandClock
from support.prints import drawn, read_code, squeezed, text_of
from support.scene import Scene, Visitor, make_scene, make_settings, sql_billing

Rows = list[dict[str, Any]]
Come = Callable[..., Visitor]
OWN, COMMON = "66999000121234000000010427", "96999000120000000000000001"
NBSP = "\u00a0"
SELLER = {"id": 1, "name": "Sprzedawca", "tax_id": "1234563218", "account": COMMON}
KSEF = "5265877635-20250826-0100001AF629-"


@pytest.fixture
def come(tmp_path: Path, clock: HandClock) -> Come:
    """Customer 1 of a billing with these tables, logged in; `settings` of the tab."""

    def build(settings: dict[str, Any] | None = None, /, **tables: Rows) -> Visitor:
        rows = {**people(2), "ledger": [entry(1, 1, -100)], "sellers": [SELLER], **tables}
        billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows)
        tabs = {"tabs": {"finance": settings}} if settings else {}
        return make_scene(make_settings(tmp_path, billing, **tabs), clock=clock).customer("1", "4711")

    return build


def document(key: int, gross: Any = 100, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "customer_id": 1,
        "number": f"FV/{key}/2026",
        "kind": "invoice",
        "issued_on": "2026-10-01",
        "due_on": "2026-10-15",
        "gross": gross,
    } | more


def code_of(visitor: Visitor, path: str) -> list[str]:
    svg = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", visitor.get(path).text, re.DOTALL)
    assert svg
    return read_code(drawn(svg.group())).split("|")


def paper(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.mimetype == "application/pdf", path
    return text_of(answer.data)


def test_the_code_of_a_document_names_its_customer_whole(scene: Scene) -> None:
    for login, pin in (("10427", "4271"), ("20015", "200150")):
        visitor = scene.customer(login, pin)
        links = re.findall(r'href="(/finance/documents/[^"]+/payment)"', visitor.get("/finance/payment").text)
        assert links
        for link in links:
            title = code_of(visitor, link)[5]
            assert re.search(rf"\bID {login}\b", title), title
            assert len(title) <= 32


def test_a_long_title_of_the_provider_loses_its_end_and_not_the_customer(come: Come) -> None:
    customers = [
        {"id": 1, "name": "K", "payment_title": "Opłata za usługi internetowe, telefon i telewizję, ID 1"}
    ]
    assert code_of(come(customers=customers), "/finance/")[5] == "ID 1 Opłata za usługi internetow"


def test_whose_seller_is_not_there_is_sent_to_nobody_else(come: Come) -> None:
    customers = [{"id": 1, "name": "K", "seller_id": 2}]
    page = come(customers=customers).get("/finance/").text
    assert "Sprzedawca" not in page
    assert COMMON[-4:] not in page
    assert "biur" in page.partition('class="account"')[2].partition("</p>")[0]


def test_the_recipient_on_paper_is_whoever_has_the_account(come: Come) -> None:
    text = paper(come(documents=[document(1, seller_name="Stara Firma")]), "/finance/documents/1/file")
    assert "StaraFirma" in text
    assert "OdbiorcaSprzedawca" in text


def test_the_paper_asks_for_no_more_than_the_page(come: Come) -> None:
    visitor = come(documents=[document(1, remaining=100)], ledger=[entry(1, 1, -30)])
    text = paper(visitor, "/finance/documents/1/file")
    assert "Dozapłaty30,00zł" in text
    assert code_of(visitor, "/finance/documents/1/payment")[3] == "003000"


def test_what_is_paid_but_not_yet_set_against_a_document_is_said_so(come: Come) -> None:
    visitor = come(documents=[document(1, remaining=100)], ledger=[entry(1, 1, 0)])
    assert "zaliczyć na ten dokument" in visitor.get("/finance/documents/1/payment").text


def test_each_currency_is_paid_by_itself(come: Come) -> None:
    visitor = come(
        ledger=[entry(1, 1, 20, currency="PLN"), entry(2, 1, -50, currency="EUR")],
        accounts=[{"number": OWN, "customer_id": 1, "currency": "PLN"}],
    )
    for path in ("/finance/", "/finance/payment"):
        page = visitor.get(path).text
        assert f'<p class="amount">50,00{NBSP}€</p>' in page
        assert OWN[-4:] not in page
        assert "Nie ma nic do zapłaty" not in page


def test_documents_of_another_currency_hide_none(come: Come) -> None:
    many = [document(key, 1, currency="EUR", issued_on="2026-01-01") for key in range(1, 13)]
    ledger = [entry(1, 1, -12, currency="EUR"), entry(2, 1, -50, currency="PLN")]
    page = (
        come(documents=[*many, document(13, 50, currency="PLN")], ledger=ledger).get("/finance/payment").text
    )
    assert f"50,00{NBSP}zł" in page


@pytest.mark.parametrize(("amount", "is_owed"), [("-0.004", False), ("-0.005", None), ("-0.006", True)])
def test_a_part_of_a_grosz_is_no_debt(come: Come, amount: str, is_owed: bool | None) -> None:
    visitor = come(
        {"payment_link": "https://pay.example/{amount}"},
        documents=[document(1, amount[1:], remaining=amount[1:])],
        ledger=[entry(1, 1, amount)],
    )
    page = visitor.get("/finance/").text
    assert ("slip.pdf" in page) is ("pay.example/0.01" in page)
    # Of a half, databases make either.
    assert is_owed in (None, "slip.pdf" in page)
    for path in ("/finance/slip.pdf", "/finance/documents/1/slip.pdf", "/finance/documents/1/file"):
        assert visitor.get(path).status_code in (200, 303)


def test_currencies_are_the_same_however_they_are_spelled(come: Come) -> None:
    visitor = come(
        ledger=[entry(1, 1, -100, currency="pln")],
        accounts=[{"number": OWN, "customer_id": 1, "currency": " pln"}],
    )
    page = visitor.get("/finance/payment").text
    assert f"100,00{NBSP}zł" in page
    assert OWN[-4:] in page


def test_what_must_be_split_is_neither_deposited_nor_paid_online(come: Come) -> None:
    settings = {"payment_link": "https://pay.example/{amount}", "transfer_code": False}
    visitor = come(settings, documents=[document(1, split_payment=1)])
    for path in ("/finance/", "/finance/documents/1/payment"):
        page = visitor.get(path).text
        assert "mechanizmu podzielonej płatności" in page
        assert "pay.example" not in page
        assert "slip.pdf" not in page


def test_a_correction_of_something_older_has_a_paper_and_spoils_no_archive(come: Come) -> None:
    visitor = come(
        documents=[document(1, corrects_id=None), document(2, -20, kind="correction", corrects_id=77)],
    )
    assert "FV/2/2026" in paper(visitor, "/finance/documents/2/file")
    archive = ZipFile(BytesIO(visitor.get("/finance/documents.zip?id=1&id=2").data))
    assert archive.namelist() == ["FV-1-2026.pdf", "FV-2-2026.pdf"]
    assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())


def test_no_two_files_of_an_archive_have_one_name(come: Come) -> None:
    numbers = ("FV/7", "FV-7", "fv:7", "FV-7-2")
    visitor = come(documents=[document(key, number=number) for key, number in enumerate(numbers, start=1)])
    names = ZipFile(BytesIO(visitor.get("/finance/documents.zip?id=1&id=2&id=3&id=4").data)).namelist()
    assert len({name.casefold() for name in names}) == len(numbers)


def test_what_waits_for_ksef_is_named_in_the_archive(come: Come) -> None:
    visitor = come(documents=[document(1, ksef_state=None), document(2, ksef_state="waiting")])
    archive = ZipFile(BytesIO(visitor.get("/finance/documents.zip?id=1&id=2").data))
    assert archive.namelist() == ["FV-1-2026.pdf", "brak.txt"]
    assert archive.read("brak.txt").decode() == "FV/2/2026"


@pytest.mark.parametrize(
    ("columns", "says", "is_offline"),
    [
        ({"ksef_state": "accepted", "ksef_number": None}, "rzyjęto w KSeF", False),
        ({"ksef_state": "accepted", "ksef_number": f"{KSEF}00"}, "rzyjęto w KSeF", False),
        ({"ksef_state": "offline", "ksef_number": None}, "w trybie offline", True),
    ],
)
def test_offline_and_a_number_of_ksef_are_said_only_when_they_are_true(
    come: Come, columns: dict[str, str], says: str, is_offline: bool
) -> None:
    visitor = come(documents=[document(1, **columns)])
    for path in ("/finance/documents/", "/finance/documents/1"):
        page = visitor.get(path).text
        assert says in page
        assert KSEF not in page
    assert ("OFFLINE" in paper(visitor, "/finance/documents/1/file")) is is_offline


def test_a_mistyped_year_fills_no_page(come: Come) -> None:
    visitor = come(
        documents=[document(1), document(2, issued_on="9999-12-31"), document(3, issued_on="0001-01-01")]
    )
    page = visitor.get("/finance/documents/")
    assert len(page.data) < 20_000
    assert "<option>2026</option>" in page.text


def test_a_statement_is_of_a_currency_that_the_ledger_has(come: Come) -> None:
    page = come().get("/finance/statement?from=2026-01-01&to=2026-12-31&currency=XXX").text
    assert "nie ma takiej waluty" in page
    assert 'id="statement"' not in page


def test_an_original_says_how_long_it_is(come: Come) -> None:
    content = b"%PDF-1.4\nx\n%%EOF\n"
    files = [{"document_id": 1, "customer_id": 1, "name": "x.pdf", "content": content}]
    answer = come(documents=[document(1)], document_files=files).get("/finance/documents/1/file")
    assert answer.headers["Content-Length"] == str(len(content))
    assert squeezed("FV-1-2026.pdf") in answer.headers["Content-Disposition"]

"""The pages of Finanse over LMS: what they say, and how often they ask."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from support.books import check_document_pages, check_statement_pages
from support.places import engine_of
from support.rounds import part_of
from support.scene import Scene, Visitor, make_scene, make_settings
from support.statements import counted

from bench.lms.build import FIRST_PLAIN
from bench.lms.odd import Odd
from bench.lms.people import pin_of
from wbok.web.formats import NBSP

CUSTOMERS = (
    FIRST_PLAIN,
    *(odd.value for odd in (Odd.LATE, Odd.COMPANY, Odd.IN_EURO, Odd.NO_DIVISION, Odd.EMPTY)),
)
PAGES = (
    "/finance/",
    "/finance/ledger",
    "/finance/ledger?from=2026-01-01&to=2026-12-31",
    "/finance/ledger?kind=payment",
    "/finance/documents/",
)
CLOSINGS = text(
    "SELECT coalesce(nullif(currency, ''), 'PLN') AS code, sum(value) AS closing FROM cash"
    " WHERE customerid = :customer GROUP BY coalesce(nullif(currency, ''), 'PLN')"
)
BOOKED = text(
    "SELECT d.id, d.fullnumber, -sum(c.value) AS gross FROM documents d JOIN cash c ON c.docid = d.id"
    " WHERE d.customerid = :customer AND d.type IN (1, 3) AND d.fullnumber IS NOT NULL"
    " GROUP BY d.id, d.fullnumber ORDER BY d.id"
)
DOCUMENT = re.compile(r'href="(/finance/documents/[^"?]+)"')


@pytest.fixture
def scene(lms_url: str, tmp_path: Path) -> Scene:
    return make_scene(make_settings(tmp_path, {"adapter": "lms", "url": lms_url}))


def come(scene: Scene, customer: int) -> Visitor:
    return scene.customer(str(customer), pin_of(customer))


def text_of(page: str) -> str:
    """What the page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def page_of(visitor: Visitor, number: str) -> str:
    """The page of the document with that number."""
    listed = visitor.get("/finance/documents/").text
    address = re.search(rf'href="(/finance/documents/[^"?]+)">{number}</a>', listed)
    assert address, f"{number} is not listed"
    return text_of(visitor.get(address[1]).text)


@pytest.mark.parametrize("customer", CUSTOMERS)
def test_each_page_stays_within_its_statements(scene: Scene, customer: int) -> None:
    visitor = come(scene, customer)
    documents = DOCUMENT.findall(visitor.get("/finance/documents/").text)
    for path in (*PAGES, *documents):
        visitor.get(path)
        with counted(scene.panel) as statements:
            assert visitor.get(path).status_code == 200, path
        assert len(statements.billing) <= 4, (path, statements.billing)
        assert len(statements.store) <= 2, (path, statements.store)


def test_how_to_pay(scene: Scene) -> None:
    page = text_of(come(scene, Odd.LATE).get("/finance/").text)
    assert f"119,00{NBSP}zł".replace(NBSP, " ") in page
    assert "Abonament - ID:17 0017" in page
    assert "96 1050 1234 5678 0000 0000 0017" in page
    assert "Światłonet sp. z o.o., ul. Świetlana 7, 43-100 Jasnowice" in page
    company = text_of(come(scene, Odd.COMPANY).get("/finance/").text)
    assert "Klient 2 / Światłonet Plus" in company
    assert "53 1050 1234 5678 0000 0000 0015" in company


def test_a_document_says_ksef_and_split_payment_in_words(scene: Scene) -> None:
    visitor = come(scene, Odd.COMPANY)
    listed = text_of(visitor.get("/finance/documents/").text)
    assert listed.count("czeka na przyjęcie przez KSeF") == 3
    assert listed.count("KSeF: numer 5260001246-20261004-010020A0B1C2-5D") == 1
    page = page_of(visitor, "FP/2/2026")
    assert "KSeF: numer 5260001246-20261004-010020A0B1C2-5D." in page
    assert "mechanizmu podzielonej płatności" in page
    assert "Czeka na przyjęcie przez KSeF." in page_of(visitor, "FP/3/2026")
    assert "KSeF" not in page_of(visitor, "FP/1/2026")


def test_a_receipt_is_no_debt_and_has_no_vat(scene: Scene) -> None:
    visitor = come(scene, Odd.LATE)
    page = page_of(visitor, "KP/1/2026")
    assert "Dokument kasowy KP/1/2026" in page
    assert "nie jest należnością" in page
    assert "VAT" not in page
    assert "podzielonej" not in page


def test_nobody_opens_anothers_document(scene: Scene) -> None:
    (_, *others) = [come(scene, customer) for customer in (Odd.EMPTY, Odd.LATE, Odd.COMPANY)]
    addresses = [set(DOCUMENT.findall(visitor.get("/finance/documents/").text)) for visitor in others]
    assert all(addresses)
    for visitor, foreign in zip(others, reversed(addresses), strict=True):
        assert {visitor.get(address).status_code for address in foreign} == {404}


def test_page_table_paper_and_database_agree_to_the_grosz(scene: Scene, lms_url: str) -> None:
    papers = 0
    with engine_of(lms_url).connect() as connection:
        for customer in CUSTOMERS:
            of = {"customer": customer}
            visitor = come(scene, customer)
            closings = {row.code: Decimal(row.closing) for row in connection.execute(CLOSINGS, of)}
            check_statement_pages(visitor, closings)
            papers += sum(
                check_document_pages(visitor, str(row.id), number=row.fullnumber, gross=Decimal(row.gross))
                for row in connection.execute(BOOKED, of).all()[: part_of(6)]
            )
    assert papers >= part_of(6)

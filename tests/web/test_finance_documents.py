"""Documents: chosen, opened, handed out as files."""

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
from support.prints import squeezed, text_of
from support.scene import Scene, Visitor, make_scene, make_settings, sql_billing
from support.statements import counted

Rows = list[dict[str, Any]]
Come = Callable[..., Visitor]
NUMBER = "5265877635-20250826-0100001AF629-AF"
LINK = f"https://qr.ksef.mf.gov.pl/invoice/1234563218/01-10-2026/{'A' * 43}"
ORIGINAL = b"%PDF-1.4\n% the provider's own\n%%EOF\n"


@pytest.fixture
def come(tmp_path: Path, clock: HandClock) -> Come:
    """Customer 1 of a billing with these tables, logged in."""

    def build(
        relations: dict[str, Any] | None = None, /, *, options: dict[str, Any] | None = None, **tables: Rows
    ) -> Visitor:
        rows = {**people(2), "ledger": [entry(1, 1, -100)], **tables}
        billing = sql_billing(write_tables(tmp_path / "billing.sqlite", **rows), rows, **(options or {}))
        billing["relations"] |= relations or {}
        return make_scene(make_settings(tmp_path, billing), clock=clock).customer("1", "4711")

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


def numbers(page: str) -> list[str]:
    return re.findall(r'<a href="/finance/documents/[^"/]+">([^<]+)</a>', page)


@pytest.mark.everywhere("csv")
def test_documents_are_chosen_by_year_kind_state_and_number(scene: Scene) -> None:
    visitor = scene.customer()
    everything = numbers(visitor.get("/finance/documents/").text)
    of_2025 = numbers(visitor.get("/finance/documents/?year=2025").text)
    assert of_2025
    assert all("/2025/" in number for number in of_2025)
    unpaid = numbers(visitor.get("/finance/documents/?state=unpaid").text)
    assert unpaid == everything[:2]
    assert numbers(visitor.get("/finance/documents/?state=overdue").text) == everything[1:2]
    one = everything[3]
    assert numbers(visitor.get(f"/finance/documents/?number={one[:10].lower()}").text) == [one]
    assert numbers(visitor.get("/finance/documents/?kind=debit_note").text) == []
    assert "Żaden dokument nie pasuje" in visitor.get("/finance/documents/?number=nic-takiego").text


def test_a_choice_that_makes_no_sense_is_named_and_the_rest_is_used(scene: Scene) -> None:
    page = scene.customer().get("/finance/documents/?year=abc&kind=x&state=y&number=%01").text
    for words in ("rok: to nie jest rok", "rodzaj:", "stan: nie ma takiego stanu", "numer: są w nim znaki"):
        assert words in page
    assert numbers(page)


def test_a_document_and_its_corrections_lead_to_each_other(come: Come) -> None:
    visitor = come(
        documents=[
            document(1, corrects_id=None),
            document(2, -20, kind="correction", corrects_id=1, number="KOR/1"),
        ]
    )
    assert "/finance/documents/2" in visitor.get("/finance/documents/1").text
    assert "/finance/documents/1" in visitor.get("/finance/documents/2").text
    assert "FV/1/2026" in text_of(visitor.get("/finance/documents/2/file").data)


@pytest.mark.everywhere("csv")
def test_without_a_file_of_the_provider_the_document_is_drawn(scene: Scene) -> None:
    visitor = scene.customer()
    link = re.search(
        r'href="(/finance/documents/[^"/]+)">(FV/[^<]+)<', visitor.get("/finance/documents/").text
    )
    assert link
    answer = visitor.get(f"{link.group(1)}/file")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    text = text_of(answer.data)
    for words in (link.group(2), "HalinaBrzozowska", "IDKlienta", "10427", "118,52", "Światłonet"):
        assert words in text


def test_what_the_document_says_of_itself_stands_on_page_and_paper(come: Come) -> None:
    facts = {
        "sold_on": "2026-09-30",
        "place": "Jasnowice",
        "payment_method": "przelew",
        "buyer_name": "Dawna Nazwa sp. z o.o.",
        "buyer_tax_id": "1234563218",
        "remarks": "zwolnienie: art. 43",
    }
    visitor = come(documents=[document(1, **facts)])
    page, paper = (
        visitor.get("/finance/documents/1").text,
        text_of(visitor.get("/finance/documents/1/file").data),
    )
    for words in ("30.09.2026", "przelew", "Dawna Nazwa sp. z o.o.", "1234563218"):
        assert words in page
        assert squeezed(words) in paper
    for words in ("Jasnowice", "zwolnienie:art.43"):
        assert words in paper


def with_original(content: bytes, size: float = 1) -> dict[str, Any]:
    return {
        "documents": [document(1), document(2, customer_id=2)],
        "document_files": [
            {"document_id": 1, "customer_id": 1, "name": "FV.pdf", "content": content},
            {"document_id": 2, "customer_id": 2, "name": "FV.pdf", "content": ORIGINAL},
        ],
        "options": {"files_max_mb": size},
    }


def test_the_providers_file_is_given_byte_for_byte(come: Come) -> None:
    answer = come(**with_original(ORIGINAL)).get("/finance/documents/1/file")
    assert answer.data == ORIGINAL
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert 'filename="FV-1-2026.pdf"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("content", [b"", b"<html><script>", b"%PDF-" + b"x" * 2_000_000])
def test_a_file_that_cannot_be_given_is_drawn_instead(come: Come, content: bytes) -> None:
    answer = come(**with_original(content)).get("/finance/documents/1/file")
    assert answer.status_code == 200
    assert "FV/1/2026" in text_of(answer.data)


def test_nobody_gets_anothers_file(come: Come) -> None:
    visitor = come(**with_original(ORIGINAL))
    for path in (
        "/finance/documents/2/file",
        "/finance/documents.zip?id=2",
        "/finance/documents.zip?id=1&id=2",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert ORIGINAL not in answer.data


def test_several_come_in_one_archive(come: Come) -> None:
    visitor = come(
        documents=[document(1), document(2, number="FV/1/2026"), document(3, number="../../żółć")],
        document_files=[{"document_id": 1, "customer_id": 1, "name": "x.pdf", "content": ORIGINAL}],
    )
    answer = visitor.get("/finance/documents.zip?id=1&id=2&id=3&id=1")
    assert answer.mimetype == "application/zip"
    archive = ZipFile(BytesIO(answer.data))
    assert archive.testzip() is None
    assert archive.namelist() == ["FV-1-2026.pdf", "FV-1-2026-2.pdf", "zolc.pdf"]
    assert archive.read("FV-1-2026.pdf") == ORIGINAL
    assert "FV/1/2026" in text_of(archive.read("FV-1-2026-2.pdf"))


def test_what_an_archive_has_is_settled_once(scene: Scene) -> None:
    customer = scene.customer()
    ids = re.findall(r'name="id" value="([^"]+)"', customer.get("/finance/documents/").text)[:12]
    chosen = "&id=".join(ids)
    with counted(scene.panel) as few:
        customer.get(f"/finance/documents.zip?id={ids[0]}&id={ids[1]}")
    with counted(scene.panel) as many:
        archive = ZipFile(BytesIO(customer.get(f"/finance/documents.zip?id={chosen}").data))
    assert len(archive.namelist()) == len(ids) == 12
    # What stands on it, and its lines.
    assert len(many.billing) - len(few.billing) <= 2 * (len(ids) - 2)


@pytest.mark.parametrize("query", ["", "?id=" + "&id=".join(str(n) for n in range(25))])
def test_none_and_too_many_are_said_in_words(come: Come, query: str) -> None:
    visitor = come(documents=[document(1)])
    page = visitor.get(f"/finance/documents.zip{query}", follow_redirects=True)
    assert "Prosimy zaznaczyć od 1 do 24 dokumentów." in page.text


def test_what_waits_for_ksef_has_no_file(come: Come) -> None:
    visitor = come(documents=[document(1, ksef_state="waiting")])
    page = visitor.get("/finance/documents/1").text
    assert "gdy tylko KSeF przyjmie" in page
    assert "/finance/documents/1/file" not in page
    assert 'name="id"' not in visitor.get("/finance/documents/").text
    answer = visitor.get("/finance/documents/1/file")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/finance/documents/1")
    assert ZipFile(BytesIO(visitor.get("/finance/documents.zip?id=1").data)).namelist() == ["brak.txt"]


@pytest.mark.parametrize(
    ("columns", "is_shown"),
    [
        ({"ksef_number": NUMBER, "ksef_url": LINK}, True),
        ({"ksef_number": NUMBER[:-1] + "0", "ksef_url": "https://evil.example/invoice/1"}, False),
        ({"ksef_number": NUMBER, "ksef_url": "javascript:alert(1)"}, False),
    ],
)
def test_only_a_right_link_leads_to_ksef(come: Come, columns: dict[str, str], is_shown: bool) -> None:
    visitor = come(documents=[document(1, ksef_state="accepted", **columns)])
    page = visitor.get("/finance/documents/1").text
    assert (LINK in page) is is_shown
    assert "evil" not in page
    assert "javascript:" not in page
    assert "FV/1/2026" in text_of(visitor.get("/finance/documents/1/file").data)


def test_a_document_without_date_lines_or_seller_is_drawn(come: Come) -> None:
    visitor = come(documents=[document(1, due_on=None, number="🦊|\u202e" + "9" * 200, gross="-0.00")])
    assert visitor.get("/finance/documents/1/file").status_code == 200

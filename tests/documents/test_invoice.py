"""Invoices on paper: everything that the billing knows of them, on as many pages as they need."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from support.invoices import KSEF_NUMBER, LINES, LINK, invoice, invoice_line
from support.prints import ACCOUNT, MADE_AT, MM, ODD, checked, pages, read_code, squeezed, text_of

from wbok.documents import KsefMark, Party, PrintedInvoice, invoice_pdf
from wbok.domain.finance import DocumentKind, DocumentLine
from wbok.domain.money import Money

MARK = KsefMark(KSEF_NUMBER, LINK)


def printed(document: PrintedInvoice, *, language: str = "pl") -> bytes:
    return invoice_pdf(document, language=language, made_at=MADE_AT)


def has(pdf: bytes, *pieces: str) -> bool:
    text = text_of(pdf)
    missing = [piece for piece in pieces if squeezed(piece) not in text]
    assert not missing, text
    return True


def test_an_invoice_says_everything() -> None:
    pdf = printed(invoice(ksef=MARK))
    assert has(pdf, "Faktura FV/1/11/2026", "Wystawiono 14.11.2026", "Termin 28.11.2026")
    assert has(pdf, "SuperNet Sp. z o.o.", "NIP 1234563218", "Jan Kowalski", "ID Klienta 0012345")
    assert has(pdf, "Telefon domowy, 60 min w pakiecie", "2,5 szt.", "12,20 23% 2,81 15,01")
    assert has(pdf, "23% 69,10 15,90 85,00", "8% 10,00 0,80 10,80", "Razem 79,10 16,70 95,80")
    assert has(pdf, "95,80 zł", "netto 79,10 zł", "Słownie: dziewięćdziesiąt pięć złotych 80/100")
    assert has(pdf, "Do zapłaty 86,25 zł", "86 1090 1014 1234 0000 0001 2345", "FV/1/11/2026, ID 0012345")
    assert has(pdf, KSEF_NUMBER, "Sprawdź w KSeF", "Zapłać", "strona 1 z 1", "z dnia 24.11.2026")


def test_english_is_complete() -> None:
    pdf = printed(invoice(ksef=MARK), language="en")
    assert has(pdf, "Invoice FV/1/11/2026", "Seller", "Buyer", "Check in KSeF", "Pay", "page 1 of 1")
    assert has(pdf, "In words: ninety-five zlotys 80/100", "To pay", "ID Klienta 0012345")
    assert "Sprzedawca" not in text_of(pdf)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (DocumentKind.INVOICE, "Faktura FV/1/11/2026"),
        (DocumentKind.CORRECTION, "Faktura korygująca FV/1/11/2026"),
        (DocumentKind.DEBIT_NOTE, "Nota obciążeniowa FV/1/11/2026"),
        (DocumentKind.PRO_FORMA, "Faktura pro forma FV/1/11/2026"),
        (DocumentKind.RECEIPT, "Dokument kasowy FV/1/11/2026"),
    ],
)
def test_each_kind_has_its_title(kind: DocumentKind, title: str) -> None:
    pdf = printed(invoice(kind=kind, remaining=None))
    assert has(pdf, title)
    metadata = checked(pdf).metadata
    assert metadata is not None
    assert metadata.title == title
    assert "zapłaty" not in text_of(pdf)


def test_the_two_codes_are_right_and_far_apart() -> None:
    document = invoice(ksef=MARK)
    (page,) = pages(printed(document))
    middle = round(110 * MM)
    assert document.code is not None
    assert read_code(page[:middle]) == LINK
    assert read_code(page[middle:]) == document.code.text
    dark = np.nonzero((page[:, round(150 * MM) :].max(axis=2) < 90).sum(axis=1) > 100)[0]
    gaps = np.diff(dark) / MM
    assert gaps.max() > 30


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (KsefMark(KSEF_NUMBER), f"KSeF: {KSEF_NUMBER}"),
        (KsefMark(None, LINK, is_offline=True), "OFFLINE"),
        (KsefMark(is_offline=True), "KSeF: OFFLINE"),
    ],
)
def test_what_ksef_knows_is_the_label(mark: KsefMark, words: str) -> None:
    assert has(printed(invoice(ksef=mark)), words)


def test_an_invoice_outside_ksef_does_not_name_it() -> None:
    assert "KSeF" not in text_of(printed(invoice()))


def test_a_correction_names_what_it_corrects_and_has_signed_differences() -> None:
    document = invoice(
        invoice_line(1, "-56.90"), invoice_line(2, "40.00"), kind=DocumentKind.CORRECTION, remaining=None
    )
    pdf = printed(replace(document, corrects="FV/9/10/2026"))
    assert has(pdf, "Koryguje dokument FV/9/10/2026", "różnica w stosunku do korygowanego")
    assert has(pdf, "−56,90 23% −13,09 −69,99", "40,00 23% 9,20 49,20", "−20,79 zł")
    assert has(pdf, "minus dwadzieścia złotych 79/100")


def test_what_is_paid_cancelled_or_split_is_said() -> None:
    assert has(printed(invoice(remaining="0")), "Nie ma nic do zapłaty")
    cancelled = printed(replace(invoice(), cancelled=True))
    assert has(cancelled, "anulowano")
    assert "zapłaty" not in text_of(cancelled)
    assert has(printed(replace(invoice(), split_payment=True, code=None)), "mechanizm podzielonej płatności")


def test_a_wrong_account_is_never_printed() -> None:
    wrong = "87" + ACCOUNT[2:]
    text = text_of(printed(replace(invoice(), account=wrong)))
    assert wrong[2:] not in text
    assert squeezed("Numer rachunku") not in text


def test_many_lines_go_on_with_the_head_of_the_table() -> None:
    lines = [
        invoice_line(n, f"{n}.01", description=f"Pozycja numer {n} " * (1 + n % 4)) for n in range(1, 121)
    ]
    reader = checked(printed(invoice(*lines)))
    texts = [squeezed(page.extract_text()) for page in reader.pages]
    assert len(texts) > 3
    assert all("Lp.Nazwa" in text for text in texts[:-1])
    assert all(f"strona{n}z{len(texts)}" in text for n, text in enumerate(texts, start=1))
    assert all("FV/1/11/2026" in text for text in texts)
    whole = "".join(texts)
    assert all(squeezed(f"Pozycja numer {n}") in whole for n in range(1, 121))


def test_nothing_runs_into_the_foot_or_over_the_margins() -> None:
    lines = [
        invoice_line(n, "123456789.01", description="Pozycja " * (1 if n > 1 else 40)) for n in range(1, 99)
    ]
    for page in pages(printed(invoice(*lines)), dpi=100):
        mm = 100 / 25.4
        ink = page.min(axis=2) < 250
        assert not ink[:, : round(17 * mm)].any()
        assert not ink[:, round(193 * mm) :].any()
        assert not ink[round(279.5 * mm) : round(282.5 * mm)].any()


@pytest.mark.parametrize("who", ODD)
def test_odd_customers_get_whole_invoices(who: str) -> None:
    buyer = ODD[who]
    pdf = printed(invoice(buyer=buyer))
    assert squeezed(f"ID Klienta {buyer.customer_id}") in text_of(pdf)
    assert len(checked(pdf).pages) == 1
    if who != "emoji":
        assert squeezed(buyer.name) in text_of(pdf)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0.005", "0,00 zł"), ("-0.00", "0,00 zł"), ("123456789012.34", "123 456 789 012,34 zł")],
)
def test_odd_amounts(amount: str, written: str) -> None:
    money = Money(Decimal(amount))
    line = DocumentLine(1, "Opłata", Decimal("1E+2"), "23%", money, money, money)
    document = replace(invoice(line, remaining=None), gross=money, net=None)
    assert has(printed(document), written, "100")
    assert "−0,00" not in text_of(printed(document))


def test_no_lines_no_dates_no_rates() -> None:
    bare = replace(invoice(remaining=None), lines=(), net=None, due_on=None, buyer=Party("A"))
    text = text_of(printed(bare))
    assert "Termin" not in text
    assert "Lp." not in text
    untaxed = tuple(replace(line, vat_rate="") for line in LINES)
    assert "VAT" not in text_of(printed(replace(bare, lines=untaxed)))

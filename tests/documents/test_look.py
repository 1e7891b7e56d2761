"""`make screenshots`: pictures of papers for odd customers, to be looked at."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from support.invoices import KSEF_NUMBER, LINK, invoice, invoice_line
from support.prints import MADE_AT, ODD, pages, slip_for

from wbok.documents import KsefMark, invoice_pdf, slips_pdf
from wbok.domain.finance import DocumentKind

FOLDER = os.environ.get("WBOK_SCREENSHOTS")


@pytest.mark.skipif(not FOLDER, reason="pictures are made by: make screenshots")
def test_papers_of_odd_customers() -> None:
    slips = [
        slip_for(payer, title=f"FV/{n}|11/2026 {'za internet ' * n}") for n, payer in enumerate(ODD.values())
    ]
    _keep(slips_pdf(slips, language="pl", made_at=MADE_AT), "slips")
    for who, buyer in ODD.items():
        document = invoice(buyer=buyer, ksef=KsefMark(KSEF_NUMBER, LINK))
        _keep(invoice_pdf(document, language="pl", made_at=MADE_AT), f"invoice-{who.replace(' ', '-')}")
    lines = [
        invoice_line(n, f"-{n}.15", description="Połączenia poza pakietem " * (n % 3 + 1))
        for n in range(1, 60)
    ]
    correction = replace(invoice(*lines, kind=DocumentKind.CORRECTION), corrects="FV/1/10/2026")
    _keep(invoice_pdf(correction, language="en", made_at=MADE_AT), "correction")


def _keep(pdf: bytes, name: str) -> None:
    folder = Path(FOLDER or "")
    folder.mkdir(exist_ok=True)
    for number, picture in enumerate(pages(pdf, dpi=110), start=1):
        cv2.imwrite(str(folder / f"paper-{name}-{number}.png"), picture[:, :, ::-1])

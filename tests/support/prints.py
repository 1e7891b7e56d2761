"""What came out of a printer: pages as pictures, their text, their codes; odd customers to print for."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from wbok.bank import TransferOrder, transfer_code
from wbok.documents import Party, Slip
from wbok.domain.money import Money

DPI = 300
MM = DPI / 25.4
MADE_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ACCOUNT = "86109010141234000000012345"
SELLER = Party("SuperNet Sp. z o.o.", ("ul. Kwiatowa 12", "00-950 Warszawa"), tax_id="1234563218")

ODD = {
    "plain": Party("Jan Kowalski", ("ul. Polna 3/4", "05-800 Pruszków"), customer_id="0012345"),
    "long": Party(
        "Przedsiębiorstwo „Zażółć Gęślą Jaźń” Grzegorz Brzęczyszczykiewicz i Wspólnicy Spółka Jawna " * 2,
        ("ul. Generała Stanisława Maczka 123 m. 456", "37-565 Chrząszczyżewoszyce"),
        tax_id="1234563218",
        customer_id="7",
    ),
    "cyrillic": Party("Олена Шевченко", ("ul. 1 Maja 1", "31-001 Kraków"), customer_id="77"),
    "emoji": Party("Anna 😀👩‍👩‍👧 Nowak\u202e\u200f | שלום", ("\x00\x07\t",), customer_id="8|8"),
    "one word": Party("W" * 200, ("x" * 120,), customer_id="9" * 30),
}


def pages(pdf: bytes, *, dpi: int = DPI) -> list[np.ndarray]:
    """Height × width × RGB, one for each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3] for page in document]
    finally:
        document.close()


def checked(pdf: bytes) -> PdfReader:
    """Read strictly, and by qpdf where there is one."""
    program = shutil.which("qpdf")
    if program is not None:
        done = subprocess.run([program, "--check", "-"], input=pdf, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    return PdfReader(io.BytesIO(pdf), strict=True)


def catalog(reader: PdfReader) -> Any:
    """The root of a document, from where everything in it is found."""
    return reader.root_object


def text_of(pdf: bytes) -> str:
    """Without any blanks: what was typed apart may come out together."""
    return squeezed(" ".join(page.extract_text() for page in checked(pdf).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def read_code(picture: np.ndarray) -> str:
    """The only QR code in a picture; empty when none can be read."""
    text, _, _ = cv2.QRCodeDetectorAruco().detectAndDecode(np.ascontiguousarray(picture))
    return str(text)


def part(picture: np.ndarray, x: float, y: float, w: float, h: float) -> np.ndarray:
    """Of a page, in millimetres."""
    return picture[round(y * MM) : round((y + h) * MM), round(x * MM) : round((x + w) * MM)]


def slip_for(
    payer: Party, *, amount: str = "86.25", title: str = "Abonament ID 0012345 11/2026", currency: str = "PLN"
) -> Slip:
    money = Money(Decimal(amount), currency)
    order = TransferOrder(ACCOUNT, SELLER.name, title, money, SELLER.tax_id)
    return Slip(SELLER, ACCOUNT, money, payer, title, date(2026, 11, 28), transfer_code(order))


def keep_for_a_look(pdf: bytes, name: str, folder: str | None) -> None:
    """As PNG, where WBOK_SCREENSHOTS says."""
    if folder is None:
        pytest.skip("pictures are kept when WBOK_SCREENSHOTS names a folder")
    for number, picture in enumerate(pages(pdf, dpi=110), start=1):
        Path(folder).mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(Path(folder) / f"{name}-{number}.png"), picture[:, :, ::-1])

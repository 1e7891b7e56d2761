"""What stands on documents beside their lines: buyer and seller, KSeF, payments, and some original files."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from wbok.domain.finance import DocumentKind, KsefState
from wbok_demo.history import Draft, Payment
from wbok_demo.schema import Cell, Row

FILES_OF = frozenset({10427, 20015})
"""Customers of whose invoices the provider kept the printed ones."""
KEPT_FILES = 6
REASONS = {DocumentKind.CORRECTION: "Przerwa w świadczeniu usługi"}
TO_KSEF = (DocumentKind.INVOICE, DocumentKind.CORRECTION)
FIRST_OF_DAY = 0x0100001A


@dataclass(frozen=True, slots=True)
class Papers:
    """Rows: `customers` and `sellers` by id, `addresses` by customer. `newest` are not yet in KSeF."""

    customers: Mapping[Cell, Row]
    addresses: Mapping[Cell, Row]
    sellers: Mapping[Cell, Row]
    newest: frozenset[int]

    def details(self, document: Draft) -> dict[str, Cell]:
        buyer, home = self.customers[document.customer_id], self.addresses[document.customer_id]
        seller = self.sellers[buyer["seller_id"]]
        return {
            "sold_on": document.issued_on,
            "place": "Jasnowice",
            "payment_method": "przelew",
            "reason": REASONS.get(document.kind),
            "remarks": None,
            **_party("buyer", {**home, **buyer}),
            **_party("seller", seller),
            **self._in_ksef(document, str(seller["tax_id"]), is_company=buyer["tax_id"] is not None),
        }

    def _in_ksef(self, document: Draft, seller: str, *, is_company: bool) -> dict[str, Cell]:
        """Companies' invoices alone go there; the newest ones wait for their number."""
        if not is_company or document.kind not in TO_KSEF or document.cancelled:
            return dict.fromkeys(("ksef_number", "ksef_state", "ksef_url", "ksef_assigned_on"))
        if document.id in self.newest:
            return {
                "ksef_number": None,
                "ksef_state": KsefState.WAITING,
                "ksef_url": None,
                "ksef_assigned_on": None,
            }
        code = urlsafe_b64encode(sha256(document.number.encode()).digest()).decode().rstrip("=")
        return {
            "ksef_number": ksef_number(seller, document),
            "ksef_state": KsefState.ACCEPTED,
            "ksef_url": f"https://qr-test.ksef.mf.gov.pl/invoice/{seller}/{document.issued_on:%d-%m-%Y}/{code}",
            "ksef_assigned_on": document.issued_on,
        }


def ksef_number(seller: str, document: Draft) -> str:
    """35 characters: NIP, day, twelve hexadecimal digits, and a check sum (CRC-8) of what stands before."""
    text = f"{seller}-{document.issued_on:%Y%m%d}-{FIRST_OF_DAY:08X}{document.id % 0x10000:04X}"
    return f"{text}-{crc8(text.encode()):02X}"


def crc8(data: bytes) -> int:
    """Polynomial 7, from 0."""
    rest = 0
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = ((rest << 1) ^ 0x07 if rest & 0x80 else rest << 1) & 0xFF
    return rest


def _party(side: str, row: Row) -> dict[str, Cell]:
    return {f"{side}_{part}": row.get(part) for part in ("name", "street", "postcode", "city", "tax_id")}


def payment_rows(payments: Iterable[Payment]) -> Iterator[Row]:
    """What was paid for a document; what was paid beyond it is for none."""
    for number, payment in enumerate(payments, start=1):
        document = payment.document
        yield {
            "id": number,
            "document_id": document.id,
            "customer_id": payment.customer_id,
            "paid_on": payment.paid_on,
            "amount": min(payment.amount, document.gross),
            "currency": payment.currency,
            "description": payment.description,
        }


def file_rows(documents: Iterable[Draft]) -> Iterator[Row]:
    """The last printed invoices of a few customers; the newest ones the panel draws itself."""
    for customer_id in sorted(FILES_OF):
        own = [d for d in documents if d.customer_id == customer_id and d.kind is DocumentKind.INVOICE]
        for document in own[-KEPT_FILES - 2 : -2]:
            yield {
                "document_id": document.id,
                "customer_id": customer_id,
                "name": f"{document.number.replace('/', '-')}.pdf",
                "content": printed(f"Faktura {document.number} z {document.issued_on:%d.%m.%Y}"),
            }


def newest_of(documents: Iterable[Draft]) -> frozenset[int]:
    """The documents of the last days."""
    documents = list(documents)
    last = max(document.issued_on for document in documents)
    return frozenset(d.id for d in documents if last - d.issued_on <= timedelta(days=3))


def printed(line: str) -> bytes:
    """A PDF of one page with one line in it."""
    text = line.encode("latin-1", errors="replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 14 Tf 60 780 Td (" + text + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    pdf, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(pdf)
    pdf += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return pdf + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)

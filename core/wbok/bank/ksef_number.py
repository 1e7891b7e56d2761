"""Numbers and links of KSeF, the state's register of invoices (CIRFMF/ksef-api, kody-qr.md of 21.08.2025)."""

from __future__ import annotations

import base64
import re
from datetime import date, datetime
from enum import StrEnum

NUMBER = re.compile(r"([0-9]{10}-([0-9]{8})-[0-9A-F]{12}-)([0-9A-F]{2})", re.ASCII)
POLYNOMIAL = 0x07
CHECKED_LENGTH = 32
"""The check is of the characters before the last dash, dashes among them counted."""


class KsefSite(StrEnum):
    """Where links of the register lead."""

    PRODUCTION = "qr.ksef.mf.gov.pl"
    TEST = "qr-test.ksef.mf.gov.pl"
    DEMO = "qr-demo.ksef.mf.gov.pl"


HOSTS = "|".join(re.escape(site) for site in KsefSite)
INVOICE = "invoice/[0-9]{10}/[0-9]{2}-[0-9]{2}-[0-9]{4}/[A-Za-z0-9_-]{43}"
CERTIFICATE = "certificate(?:/[A-Za-z0-9_-]+)+"
LINK = re.compile(rf"https://(?:{HOSTS})/(?:{INVOICE}|{CERTIFICATE})", re.ASCII)
LONGEST_LINK = 2000


def clean_ksef_number(written: str) -> str | None:
    """35 characters `NIP-YYYYMMDD-12 hex digits-CRC`, in capital letters; None for a wrong one.

    The last two are a CRC-8 (polynomial 0x07, initial value 0).
    """
    number = written.strip().upper()
    match = NUMBER.fullmatch(number)
    if match is None or not _is_day(match[2]) or match[3] != _crc8(number[:CHECKED_LENGTH]):
        return None
    return number


def verification_link(
    *, tax_id: str, issued_on: date, digest: bytes, site: KsefSite = KsefSite.PRODUCTION
) -> str:
    """Where anybody can check an invoice ("KOD I").

    `tax_id`: the seller's, ten digits; `issued_on`: field P_1 of the invoice; `digest`: SHA-256 of its XML.
    """
    coded = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return f"https://{site}/invoice/{tax_id}/{issued_on:%d-%m-%Y}/{coded}"


def clean_verification_link(written: str) -> str | None:
    """A ready link of the billing, of an invoice or of a certificate ("KOD II"); None when it leads elsewhere."""
    link = written.strip()
    return link if len(link) <= LONGEST_LINK and LINK.fullmatch(link) else None


def _is_day(digits: str) -> bool:
    try:
        datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007 (a day, not a moment)
    except ValueError:
        return False
    return True


def _crc8(text: str) -> str:
    crc = 0
    for byte in text.encode():
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ POLYNOMIAL) & 0xFF if crc & 0x80 else crc << 1
    return f"{crc:02X}"

"""What somebody typed, as it is kept; the same for customers and clerks."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

AMOUNT = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,2})?", re.ASCII)
CURRENCY = re.compile(r"(?:zł|pln)\.?$", re.IGNORECASE)


def clean(text: str) -> str:
    """Lines end in one way; what no database keeps, no page shows, or turns a line around is left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or not _is_unseen(c)).strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def typed_amount(text: str) -> Decimal | None:
    """Of `49,90`, `1 234.50`, `20 zł`: more than nothing; None for what is no amount."""
    bare = CURRENCY.sub("", "".join(text.split()))
    if not AMOUNT.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", ".")) or None


def _is_unseen(sign: str) -> bool:
    is_direction = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    return is_direction or unicodedata.category(sign) in {"Cc", "Cs"}

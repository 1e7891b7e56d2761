"""Comparing PINs. Leading zeros do not matter; an empty PIN or one of zeros alone never matches."""

from __future__ import annotations

import hmac
import re

DIGITS = re.compile(r"[0-9]+", re.ASCII)
NOBODYS = "-" * 6


def matches(typed: str, stored: str | None) -> bool:
    """Compares as long with nobody's PIN as with somebody's, so that the time tells nothing."""
    expected = _significant(stored or "")
    given = _significant(typed)
    equal = hmac.compare_digest(_bytes(given), _bytes(expected or NOBODYS))
    return equal and bool(expected)


def _significant(pin: str) -> str:
    pin = pin.strip()
    return pin.lstrip("0") if DIGITS.fullmatch(pin) else pin


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

"""Comparing PINs with what a billing keeps. Leading zeros do not matter; an empty PIN or one of zeros is none.

Formats: `plain`; `md5` (hexadecimal, of the PIN alone); `bcrypt`; `argon2`; `hmac` (ours, with a key that no
database has: ten thousand PINs cannot be protected by a slow hash, only by the key).

A password (`Credential.exact`) is no PIN: it is compared as it was typed. "0" and an empty one are none there too.

A login that nobody has is compared as long as somebody's, so that the time tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping

import argon2
import bcrypt

from wbok.billing import PIN_SHAPES, Credential

DIGITS = re.compile(r"[0-9]+", re.ASCII)
MAX_TYPED = 64
HASHED_LENGTHS = (4, 5, 6, 7, 8)
"""Lengths that PINs are issued in: a hash does not say how many zeros stood in front."""

NO_PASSWORD = ("", "0")

NOBODYS = {
    "plain": "-" * 6,
    "md5": "-" * 32,
    "hmac": "-" * 64,
    "bcrypt": "$2b$10$" + "." * 53,
    "argon2": "$argon2id$v=19$m=65536,t=3,p=4$" + "A" * 22 + "$" + "A" * 43,
}
_argon2 = argon2.PasswordHasher()


class PinCheck:
    """`key` (at least 32 bytes) is that of our own format."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._nobodys = dict(NOBODYS)

    def hash_pin(self, pin: str, *, customer_id: str) -> str:
        """64 hexadecimal digits; an empty text for what is no PIN. Equal PINs of two customers look different."""
        significant = _significant(pin)
        return self._hmac(significant, customer_id) if significant else ""

    def matches(self, typed: str, credential: Credential | None, *, usual_format: str) -> bool:
        """`usual_format` is what a login that nobody has is compared in."""
        whose = credential or Credential("", None, usual_format)
        kind, stored = whose.pin_format, _stored(whose)
        usable = _is_usable(whose, stored)
        if usable and kind in SLOW:
            self._nobodys[kind] = SLOW[kind](stored)
        against = stored if usable else self._nobodys[kind]
        equal = self._equal(whose, typed[:MAX_TYPED], against)
        return equal and usable and _says_something(typed, whose) and len(typed) <= MAX_TYPED

    def mark(self, typed: str, credential: Credential) -> str:
        """64 hexadecimal digits for this PIN against what is stored now: another one once that changes."""
        parts = (
            "mark",
            credential.customer_id,
            credential.pin_format,
            credential.pin or "",
            typed if credential.exact else _significant(typed),
        )
        return hmac.new(self._key, _bytes("\0".join(parts)), hashlib.sha256).hexdigest()

    def _equal(self, whose: Credential, typed: str, stored: str) -> bool:
        given = typed if whose.exact else _significant(typed)
        if whose.pin_format == "plain":
            return _same(given, stored if whose.exact else _significant(stored))
        if whose.pin_format == "hmac":
            return _same(self._hmac(_significant(typed), whose.customer_id), stored.lower())
        verify = VERIFIERS[whose.pin_format]
        ways = (typed,) if whose.exact else _ways_to_write(typed.strip(), given)
        return any(verify(way, stored) for way in ways)

    def _hmac(self, significant: str, customer_id: str) -> str:
        return hmac.new(self._key, _bytes(f"{customer_id}\0{significant}"), hashlib.sha256).hexdigest()


def _ways_to_write(typed: str, given: str) -> tuple[str, ...]:
    """As it was typed, and with as many zeros as PINs have; no more than one of each."""
    filled = [given.zfill(length) for length in HASHED_LENGTHS] if DIGITS.fullmatch(given) else []
    return tuple(dict.fromkeys([typed, given, *filled]))


def _md5(pin: str, stored: str) -> bool:
    return _same(hashlib.md5(_bytes(pin), usedforsecurity=False).hexdigest(), stored.lower())


def _bcrypt(pin: str, stored: str) -> bool:
    try:
        return bcrypt.checkpw(_bytes(pin)[:72].replace(b"\x00", b"?"), _bytes(stored))
    except ValueError:
        return False


def _argon2_verify(pin: str, stored: str) -> bool:
    try:
        return _argon2.verify(stored, _bytes(pin))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _stored(credential: Credential) -> str:
    """Of a hash, and of a PIN, blanks around it are none of it."""
    stored = credential.pin or ""
    return stored if credential.exact and credential.pin_format == "plain" else stored.strip()


def _is_usable(credential: Credential, stored: str) -> bool:
    """Something that a PIN can match; anything else is compared as if nobody had it, and takes as long."""
    if credential.pin_format != "plain":
        return PIN_SHAPES[credential.pin_format].fullmatch(stored) is not None
    return _says_something(stored, credential)


def _says_something(secret: str, credential: Credential) -> bool:
    return secret.strip() not in NO_PASSWORD if credential.exact else bool(_significant(secret))


VERIFIERS: Mapping[str, Callable[[str, str], bool]] = {
    "md5": _md5,
    "bcrypt": _bcrypt,
    "argon2": _argon2_verify,
}
# What costs as much as a hash that was seen, and matches nothing.
SLOW: Mapping[str, Callable[[str], str]] = {
    "bcrypt": lambda stored: stored[:29] + "." * 31,
    "argon2": lambda stored: stored.rpartition("$")[0] + "$" + "A" * 43,
}


def _significant(pin: str) -> str:
    pin = pin.strip()
    return pin.lstrip("0") if DIGITS.fullmatch(pin) else pin


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(_bytes(left), _bytes(right))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

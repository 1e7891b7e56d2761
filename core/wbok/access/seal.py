"""Seals for what leaves the panel and comes back, so that nobody can make it up."""

from __future__ import annotations

import base64
import hashlib
import hmac

SEAL_BYTES = 16


class Sealer:
    """`key`: at least 32 bytes. What is sealed for one purpose fits nowhere else where the key is used."""

    SIGNS = 22

    def __init__(self, key: bytes, *, purpose: str = "wbok page marks") -> None:
        self._key = hmac.new(key, purpose.encode(), hashlib.sha256).digest()

    def __call__(self, text: str) -> str:
        digest = hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:SEAL_BYTES]).decode().rstrip("=")

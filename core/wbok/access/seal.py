"""Seals for what leaves the panel and comes back, so that nobody can make it up."""

from __future__ import annotations

import base64
import hashlib
import hmac

SEAL_BYTES = 16


class Sealer:
    """`key`: at least 32 bytes. What is sealed here fits nowhere else where the key is used."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.new(key, b"wbok page marks", hashlib.sha256).digest()

    def __call__(self, text: str) -> str:
        digest = hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:SEAL_BYTES]).decode().rstrip("=")

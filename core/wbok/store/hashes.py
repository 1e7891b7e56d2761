"""Keys that come from outside are hashed before they become primary keys: some databases compare texts loosely."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from wbok.domain.attachments import Upload
from wbok.errors import NotFound


def key_hash(*parts: str) -> str:
    """64 hexadecimal digits, the same for the same parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def key_text(text: str, *, what: str) -> str:
    """A key as it comes in an address: what no database would take is none. Raises NotFound."""
    if not 0 < len(text) <= 64 or not text.isascii() or not text.isalnum():
        raise NotFound(what)
    return text


def form_hash(key: str, *typed: str, uploads: Iterable[Upload] = ()) -> str:
    """Of a form with all that it brought: sent again with anything else in it, it is another one."""
    return key_hash(key, *typed, *(upload.digest for upload in uploads))

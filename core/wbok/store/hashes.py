"""Keys that come from outside are hashed before they become primary keys: some databases compare texts loosely."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from wbok.domain.attachments import Upload
from wbok.domain.desk import NewReply, NewTicket


def key_hash(*parts: str) -> str:
    """64 hexadecimal digits, the same for the same parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def form_hash(key: str, *typed: str, uploads: Iterable[Upload] = ()) -> str:
    """Of a form with all that it brought: sent again with anything else in it, it is another one."""
    return key_hash(key, *typed, *(upload.digest for upload in uploads))


def ticket_hash(key: str, new: NewTicket) -> str:
    """Of the form of a new ticket."""
    details = (part for one in new.details for part in (one.name, one.value))
    return form_hash(key, new.category, new.title, new.body, new.phone or "", *details, uploads=new.uploads)


def reply_hash(key: str, number: str, new: NewReply) -> str:
    return form_hash(key, number, new.text, uploads=new.uploads)

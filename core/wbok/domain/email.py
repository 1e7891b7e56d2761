"""E-mail addresses: which ones a letter can go to, and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from wbok.domain.customer import Contact, ContactKind

MOST_SIGNS = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
ENCODED = "=?"
"""How an encoded word begins (RFC 2047): whoever reads a header might take such an address for another one."""
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


def clean_address(text: str) -> str | None:
    """The address with its domain as SMTP carries it (Polish letters as `xn--…`); None for what is none.

    Quoted local parts, literals like `[10.0.0.1]` and encoded words are left out on purpose: no customer has one.
    """
    local, at, domain = text.strip().removeprefix("mailto:").rpartition("@")
    if not at or len(local) > 64 or ENCODED in local or not LOCAL.fullmatch(local):
        return None
    try:
        carried = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = carried.split(".")
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        return None
    address = f"{local}@{carried}"
    return address if len(address) <= MOST_SIGNS else None


def addresses_of(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Those among a customer's contacts that a letter can go to, each once."""
    found = (clean_address(one.value) for one in contacts if one.kind is ContactKind.EMAIL)
    return tuple(dict.fromkeys(address for address in found if address is not None))


def masked_address(address: str) -> str:
    """Enough for its owner to know it again: the first letter, and the domain as people write it."""
    local, _, domain = address.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    return f"{local[:1]}•••@{domain}"

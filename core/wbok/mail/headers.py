"""The head of a letter, as bytes of our own: what was typed is shown as it was typed, whatever it looks like.

Python's `email` reads the encoded words of RFC 2047 in what it is given and writes out what they meant, line ends
and all. Here every text that is not plain is encoded, so that none is ever read again before it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from email.header import Header

USUAL_LINE, LONGEST_LINE = 78, 998
"""Signs of a line without its end: what it should have at most, and what it may have (RFC 5322, 2.1.1)."""
ENCODED_LINE = 76
"""The same for a line with encoded words (RFC 2047, 2)."""
END = "\r\n"
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LOOKS_ENCODED = "=?"


class Head:
    """Lines in the order in which they were added. What cannot be written raises ValueError, with the reason."""

    def __init__(self) -> None:
        self._lines = list[str]()

    def add(self, name: str, value: str) -> None:
        """What we made ourselves, or an address: it stands as it is."""
        self.add_list(name, [value])

    def add_list(self, name: str, values: Sequence[str]) -> None:
        """Values with commas between, each on a line of its own where one line is too short for them."""
        whole = f"{name}: {', '.join(values)}"
        if len(whole) <= USUAL_LINE:
            self._put(name, [whole])
            return
        *others, last = values
        self._put(name, _below(f"{name}:", [*(f"{value}," for value in others), last]))

    def add_text(self, name: str, typed: str) -> None:
        """Words of anybody."""
        text = one_line(typed)
        self._put(name, _below(f"{name}:", [text] if _is_plain(text, name) else _encoded(text, name)))

    def add_mailbox(self, name: str, address: str, *, called: str) -> None:
        """An address, behind what its owner is called."""
        phrase = one_line(called)
        if not phrase:
            self.add(name, address)
            return
        *lines, last = _below(f"{name}:", _phrase(phrase, name))
        whole = f"{last} <{address}>"
        self._put(name, [*lines, whole] if len(whole) <= USUAL_LINE else [*lines, last, f" <{address}>"])

    def __str__(self) -> str:
        return "".join(f"{line}{END}" for line in self._lines)

    def _put(self, name: str, lines: Sequence[str]) -> None:
        if not all(line.isprintable() for line in lines):
            raise ValueError(f"{name} has signs that no header can have")
        if any(len(line.encode()) > LONGEST_LINE for line in lines):
            raise ValueError(f"{name} is too long for e-mail")
        self._lines += lines


def _below(first: str, values: Sequence[str]) -> list[str]:
    """The first value beside the header's name, each other one on a line of its own."""
    beside, *others = values
    return [f"{first} {beside}", *(f" {value}" for value in others)]


def one_line(text: str) -> str:
    """Whatever could end a line, or turn it around, is a blank or nothing."""
    blank = "".join(" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(sign for sign in blank if not _is_unseen(sign)).split())


def _is_unseen(sign: str) -> bool:
    is_direction = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    return is_direction or unicodedata.category(sign) in {"Cc", "Cs"}


def _phrase(text: str, name: str) -> list[str]:
    if not _is_plain(text, name):
        return _encoded(text, name)
    if ATOMS.fullmatch(text):
        return [text]
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return [f'"{quoted}"']


def _is_plain(text: str, name: str) -> bool:
    # Long words are encoded too: only so can they be folded wherever it is needed.
    return text.isascii() and LOOKS_ENCODED not in text and len(f"{name}: {text}") <= USUAL_LINE


def _encoded(text: str, name: str) -> list[str]:
    """RFC 2047. Of one charset alone, else `Header` would leave what is ASCII as it is."""
    return Header(text, charset="utf-8", header_name=name, maxlinelen=ENCODED_LINE).encode().split("\n ")

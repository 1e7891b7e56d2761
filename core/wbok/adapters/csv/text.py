"""The text of an exported file: its encoding, its lines, and what to say when they cannot be read.

Without a declared encoding a file must be UTF-8. Nothing else is guessed: CP1250 and ISO-8859-2 cannot be told
apart safely, so a person is shown a line in both.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

from wbok.adapters.csv.excerpt import Line
from wbok.billing.imports import Fault

# ą ć ę ł ń ó ś ź ż and their capitals; as CP1250 or ISO-8859-2 these are pairs that no language has.
POLISH_IN_UTF_8 = re.compile(rb"\xc4[\x84-\x87\x98\x99]|\xc5[\x81-\x84\x9a\x9b\xb9-\xbc]|\xc3[\x93\xb3]")
MARKS = {
    "UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
MAX_LINE = 4 * 1024 * 1024
CHUNK = 1024 * 1024


class Unreadable(Exception):
    """A file of which no more can be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class TextFile:
    """`name` is what messages call it; `section` where its encoding is declared; `secrets` the headers of PINs."""

    path: Path
    name: str
    section: str
    encoding: str | None = None
    secrets: frozenset[str] = frozenset()

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Raises Unreadable, also for what is found only while reading."""
        try:
            encoding = self._encoding()
            with self.path.open(encoding=encoding, newline="") as file:
                yield file
        except UnicodeDecodeError:
            raise Unreadable(self._undecodable()) from None
        except UnicodeError as error:
            raise Unreadable(self.fault(f"is not {self.encoding}: {error}")) from None
        except OSError as error:
            raise Unreadable(self.fault(f"cannot be read: {error.strerror}")) from None

    def check(self) -> None:
        """Looks once through the file, much faster than it is read. Raises Unreadable for what no text has."""
        lines, since_break = 1, 0
        with self.open() as file:
            decode = codecs.getincrementaldecoder(file.encoding)().decode
            for chunk in iter(partial(file.buffer.read, CHUNK), b""):
                text = decode(chunk)
                if not self._is_unicode and (found := POLISH_IN_UTF_8.search(chunk)):
                    number = lines + chunk[: found.start()].count(b"\n")
                    raise Unreadable(self._two_encodings(number, "has letters in UTF-8"))
                if "\0" in text:
                    number = lines + text[: text.index("\0")].count("\n")
                    raise Unreadable(
                        self.fault("has a NUL character; export it again, as UTF-8 text", line=number)
                    )
                since_break = 0 if "\n" in text or "\r" in text else since_break + len(text)
                if since_break > MAX_LINE:
                    raise Unreadable(self.fault(f"has more than {MAX_LINE:,} characters", line=lines))
                lines += text.count("\n")
            decode(b"", final=True)

    def fault(self, reason: str, *, line: int | None = None) -> Fault:
        return Fault(self.name, reason, line=line)

    def _two_encodings(self, line: int, found: str) -> Fault:
        return self.fault(
            f"{found}, and [{self.section}] says {self.encoding}; export it again, in one encoding", line=line
        )

    @property
    def _is_unicode(self) -> bool:
        return self.encoding is None or self.encoding.startswith("utf")

    def _encoding(self) -> str:
        with self.path.open("rb") as file:
            start = file.read(4)
        if not start:
            raise Unreadable(self.fault("is empty: there is not even a header"))
        declared = self.encoding
        if declared is None:
            for name, marks in MARKS.items():
                if start.startswith(marks):
                    raise Unreadable(
                        self.fault(
                            f'is {name}; export it as UTF-8, or write encoding = "{name.lower()}" '
                            f"in [{self.section}]"
                        )
                    )
        if not self._is_unicode and start.startswith(codecs.BOM_UTF8):
            raise Unreadable(
                self.fault(f"begins with the mark of UTF-8, but [{self.section}] says {declared}")
            )
        return "utf-8-sig" if declared in (None, "utf-8") else declared

    def _undecodable(self) -> Fault:
        """Names the first line that cannot be read, and shows it in the encodings that it may have."""
        if self.encoding is not None and self.encoding.startswith(("utf-16", "utf-32")):
            return self.fault(f"is not {self.encoding}")
        header, quotes = b"", 0
        for number, line in enumerate(self._lines(), start=1):
            header = header or line
            if not _is_decodable(line, self.encoding or "utf-8"):
                is_whole = quotes % 2 == 0 and line.count(b'"') % 2 == 0
                return self._shown(number, Line(line, header, is_whole))
            quotes += line.count(b'"')
        return self.fault("changed while it was read")

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for line in iter(partial(file.readline, MAX_LINE), b""):
                yield from line.rstrip(b"\r\n").split(b"\r")

    def _shown(self, number: int, line: Line) -> Fault:
        if self.encoding is not None:
            return self._two_encodings(number, "has letters of another encoding")
        readings = line.readings(self.secrets)
        return self.fault(
            f"is not UTF-8; {readings + '. Write' if readings else 'write'} "
            f'encoding = "cp1250" or encoding = "iso-8859-2" in [{self.section}]',
            line=number,
        )


def _is_decodable(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True

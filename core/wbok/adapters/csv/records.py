"""The records of one file: its delimiter, its header, and then row after row, never the whole file at once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from wbok.adapters.csv.excerpt import DELIMITERS
from wbok.adapters.csv.mapping import FileMapping
from wbok.adapters.csv.text import TextFile, Unreadable
from wbok.billing.imports import Fault

NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
MOST_HEADERS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """`rows` have their number, the header's is 1; a blank line is an empty row. `done`: bytes that are read."""

    rows: Iterator[tuple[int, list[str]]]
    done: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Records:
    text: TextFile
    delimiter: str
    header: tuple[str, ...]

    @contextmanager
    def open(self) -> Iterator[Reading]:
        """From the row below the header. Raises Unreadable, while rows are read csv.Error too: see `in_words`."""
        with self.text.open() as file:
            rows = enumerate(csv.reader(file, delimiter=self.delimiter, strict=True), start=1)
            next(rows, None)
            yield Reading(rows, file.buffer.tell)


def open_records(text: TextFile, mapping: FileMapping) -> Records:
    """Finds delimiter and header. Raises Unreadable, also when a column that is needed is not there."""
    text.check()
    with text.open() as file:
        first = file.readline()
    try:
        return _records(text, first, mapping)
    except csv.Error as error:
        raise Unreadable(Fault(text.name, in_words(error), row=1)) from None


def _records(text: TextFile, first: str, mapping: FileMapping) -> Records:
    needed = _needed(mapping)
    given = mapping.delimiter
    delimiter, header = (given, _header(first, given)) if given else _clear_header(text, first, needed)
    missing = [name for name in needed if name not in header]
    if missing:
        # A first row without any of our headers is perhaps none, and holds PINs.
        is_shown = not text.secrets or len(missing) < len(needed)
        found = ", ".join(name for name in header[:MOST_HEADERS] if name)
        seen = f"its header has: {found}" if is_shown else "is its first row a header, as it must be"
        columns = "column" if len(missing) == 1 else "columns"
        raise Unreadable(text.fault(f"has no {columns} {', '.join(missing)}; {seen}"))
    used = (name for cell in mapping.cells.values() for name in cell.headers)
    twice = [name for name in used if header.count(name) > 1]
    if twice:
        raise Unreadable(
            text.fault(f"has two columns {twice[0]}; rename one, so that it is clear which is meant")
        )
    return Records(text, delimiter, header)


def _needed(mapping: FileMapping) -> list[str]:
    """The headers that must be there: all that the configuration names, or our own of what is needed."""
    cells = [
        cell
        for name, cell in mapping.cells.items()
        if mapping.is_explicit or mapping.source.columns[name].required
    ]
    return list(dict.fromkeys(header for cell in cells for header in cell.headers))


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))


def _clear_header(text: TextFile, first: str, needed: list[str]) -> tuple[str, tuple[str, ...]]:
    """The only delimiter that gives the columns that are needed, or the only one in it; and what it parts."""
    headers = {d: _header(first, d) for d in DELIMITERS if d in first}
    fitting = {d: header for d, header in headers.items() if set(needed) <= set(header)}
    for found in (fitting, headers):
        if len(found) == 1:
            return next(iter(found.items()))
    names = [NAMES[d] for d in headers]
    seen = f"{' and '.join(names)} stand in the header" if names else "there is none in the header"
    raise Unreadable(text.fault(f'has no clear delimiter: {seen}; write delimiter = ";" in [{text.section}]'))


def in_words(error: csv.Error) -> str:
    """What the reader of CSV says, without what stands in the file."""
    said = str(error)
    if "field limit" in said:
        limit = csv.field_size_limit()
        return f"has a cell of more than {limit:,} characters; perhaps a quotation mark is not closed"
    if "unexpected end" in said:
        return "has a quotation mark that is opened and not closed before the end of the file"
    if "expected after" in said:
        return "has something behind a closing quotation mark; quotation marks within a cell are doubled"
    return "is not CSV"

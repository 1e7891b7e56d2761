"""The tables of the integrators' documents, compared with the source; `make reference` mends them.

A table stands behind a line `<!-- reference: NAME -->`. Rows are brought to what there is; the words of a
row stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.reference_rows import TABLES, Rows
from wbok import api, testing

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = ("core/wbok/adapters/README.md", "plugins/README.md", "config/README.md")
RECORD = ROOT / "tests/docs/public.txt"
"""What was ever public in version 1 of wbok.api."""
PLACE = re.compile(
    r"(?P<mark><!-- reference: (?P<name>[^>]+) -->\n+)(?P<head>(?:\|.*\n){2})(?P<rows>(?:\|.*\n)*)",
    re.MULTILINE,
)
CELL = re.compile(r"(?<!\\)\|")
WORDLESS = re.compile(r"settings (?!of )")


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` as they stand, without the outer lines."""

    document: str
    name: str
    rows: tuple[tuple[str, ...], ...]


def tables(document: str, text: str) -> Iterator[Table]:
    for found in PLACE.finditer(text):
        rows = tuple(_cells(line) for line in found["rows"].splitlines())
        yield Table(document, found["name"], rows)


def faults(table: Table) -> list[str]:
    """What is missing, gone, other than in the source, or without words."""
    expected = [exact for exact, _words in _split(table.name, TABLES[table.name]())]
    found = [exact for exact, _words in _given(table)]
    said = [f"{table.name}: missing {row[0]}" for row in expected if row not in found]
    said += [f"{table.name}: not there (any more) {row[0]}" for row in found if row not in expected]
    if not WORDLESS.match(table.name):
        said += [f"{table.name}: no words for {exact[0]}" for exact, words in _given(table) if not words]
    if not said and found != expected:
        said.append(f"{table.name}: another order")
    return said


def mended(document: str, text: str) -> str:
    """The document with its tables as they must be; words that stand there stay."""

    def mend(found: re.Match[str]) -> str:
        table = Table(document, found["name"], tuple(_cells(line) for line in found["rows"].splitlines()))
        known = {_key(exact): words for exact, words in _given(table)}
        lines = []
        for exact, draft in _split(table.name, TABLES[table.name]()):
            words = known.get(_key(exact)) or draft
            lines.append(_line(exact if WORDLESS.match(table.name) else (*exact, words)))
        return f"{found['mark']}{found['head']}{''.join(lines)}"

    return PLACE.sub(mend, text)


def _split(name: str, rows: Rows) -> list[tuple[tuple[str, ...], str]]:
    """Exact cells, and the draft of the words."""
    if WORDLESS.match(name):
        return [(cells, "") for cells in rows.values()]
    return [(cells[:-1], cells[-1]) for cells in rows.values()]


def _given(table: Table) -> list[tuple[tuple[str, ...], str]]:
    if WORDLESS.match(table.name):
        return [(row, "") for row in table.rows]
    return [(row[:-1], row[-1]) for row in table.rows]


def _key(exact: tuple[str, ...]) -> str:
    """The name, so that words stay when a signature changes."""
    return re.split(r"[\[(:]| -> ", exact[0].strip("`"))[0].strip()


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in CELL.split(line)[1:-1])


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n".replace("|  |", "|  |")


def public_names() -> set[str]:
    """Of wbok.api and wbok.testing."""
    names = {f"wbok.api.{name}" for name in vars(api) if not name.startswith("__")}
    return names | {f"wbok.testing.{name}" for name in testing.__all__}


def main() -> None:
    """What is public is added to its record; what went stays there, so that a test says so."""
    recorded = {*RECORD.read_text(encoding="utf-8").split(), *public_names()}
    RECORD.write_text("".join(f"{name}\n" for name in sorted(recorded)), encoding="utf-8")
    for document in DOCUMENTS:
        path = ROOT / document
        path.write_text(mended(document, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

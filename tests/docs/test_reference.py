"""Every hook, setting, column, Protocol method and command stands in the documents with its exact signature."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import pytest
from support.reference import DOCUMENTS, ROOT, Table, faults, mended, tables
from support.reference_rows import TABLES

TEXTS = {document: (ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS}
FOUND = {table.name: table for document, text in TEXTS.items() for table in tables(document, text)}
TO_DO = "Run: make reference. Then give each new row words of your own."


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_what_there_is(name: str) -> None:
    assert name in FOUND, f"no document has a table `<!-- reference: {name} -->`; see {', '.join(DOCUMENTS)}"
    said = faults(FOUND[name])
    assert not said, "\n".join([*said, TO_DO])


def test_no_table_stands_twice_or_for_nothing() -> None:
    names = [table.name for document, text in TEXTS.items() for table in tables(document, text)]
    assert Counter(names) == Counter(dict.fromkeys(TABLES, 1))


def right(name: str) -> Table:
    """The table as it must be, whatever stands in the documents."""
    document = FOUND[name].document
    return next(t for t in tables(document, mended(document, TEXTS[document])) if t.name == name)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("hooks", ("`wbok_footer(panel: Panel) -> str`", "words"), "missing `wbok_footer"),
        ("Customers", ("`photo(customer_id: str) -> bytes`", "words"), r"missing `photo"),
        ("relation customers", ("`nickname`", "text", "", "how friends call him"), "missing `nickname`"),
        ("settings web", ("`colour`", "text", '`"green"`'), "missing `colour`"),
        ("commands", ("`wbok dance [--fast]`", "words"), "missing `wbok dance"),
    ],
)
def test_what_is_added_without_documents_is_seen(
    name: str, row: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, table = TABLES[name], right(name)
    monkeypatch.setitem(cast(Any, TABLES), name, lambda: {**rows(), "new": row})
    (fault,) = faults(table)
    assert said in fault
    assert faults(right(name)) == []


def test_what_changed_or_went_is_seen() -> None:
    table = right("hooks")
    old: Any = (("`wbok_menu(panel)`", "entries"), *table.rows[1:])
    said = faults(Table(table.document, table.name, old))
    assert any(fault.startswith("hooks: missing `wbok_needs") for fault in said)
    assert "hooks: not there (any more) `wbok_menu(panel)`" in said
    silent = Table(table.document, table.name, ((table.rows[0][0], ""), *table.rows[1:]))
    assert faults(silent) == ["hooks: no words for `wbok_needs() -> tuple[str, ...]`"]

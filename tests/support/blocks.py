"""The code blocks of the integrators' documents, and which test runs which of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from support.reference import DOCUMENTS, ROOT

ADAPTERS, PLUGINS, CONFIG = DOCUMENTS
FENCE = re.compile(r"^```(?P<language>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    document: str
    language: str
    text: str


RUN_BY = {
    (ADAPTERS, "toml", "calls"): "docs/test_three_ways.py",
    (ADAPTERS, "sh", "wbok init"): "docs/test_three_ways.py",
    (ADAPTERS, "sh", "check --customer"): "docs/test_three_ways.py",
    (ADAPTERS, "sh", "wbok new adapter"): "docs/test_three_ways.py",
    (ADAPTERS, "python", "RELATIONS"): "docs/test_three_ways.py",
    (ADAPTERS, "ini", "wbok.adapters"): "docs/test_three_ways.py",
    (ADAPTERS, "python", "class Customers"): "docs/test_three_ways.py",
    (ADAPTERS, "sql", "CREATE ROLE"): "docs/test_blocks.py",
    (ADAPTERS, "toml", "[billing.finance]"): "docs/test_blocks.py",
    (ADAPTERS, "toml", "files_dir = \"/srv/invoices\"           # where"): "docs/test_blocks.py",
    (ADAPTERS, "text", "3 faults in 4 relations"): "docs/test_check_sample.py",
    (ADAPTERS, "python", "settle(invoices"): "docs/test_blocks.py",
    (ADAPTERS, "python", "call_totals"): "docs/test_blocks.py",
    (ADAPTERS, "python", "holds"): "docs/test_blocks.py",
    (ADAPTERS, "python", "is_at"): "docs/test_blocks.py",
    (ADAPTERS, "python", "raise ImportFailed"): "docs/test_blocks.py",
    (ADAPTERS, "text", "Nothing was imported"): "docs/test_blocks.py",
    (ADAPTERS, "python", "NamedLogin"): "docs/test_blocks.py",
    (ADAPTERS, "python", "TestMyBilling"): "testing/test_ten_lines.py",
    (ADAPTERS, "toml", 'adapter = "csv"'): "docs/test_docs.py",
    (PLUGINS, "sh", "wbok new tab"): "docs/test_tab_example.py",
    (PLUGINS, "python", "Blueprint"): "docs/test_tab_example.py",
    (PLUGINS, "ini", "wbok.plugins"): "docs/test_tab_example.py",
    (PLUGINS, "html", "wbok/layout.html"): "docs/test_tab_example.py",
    (PLUGINS, "python", "open_panel"): "docs/test_tab_example.py",
    (PLUGINS, "python", "clean_nrb"): "docs/test_blocks.py",
    (CONFIG, "text", "GET /finance/"): "docs/test_blocks.py",
}  # fmt: skip
"""By document, language and words in it; the test that runs it is named so that somebody finds it."""


def blocks(document: str) -> list[Block]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [Block(document, found["language"], found["text"]) for found in FENCE.finditer(text)]


def block(document: str, language: str, words: str) -> str:
    """The one in which these words stand, which must be one of RUN_BY."""
    assert (document, language, words) in RUN_BY, f"name it in {Path(__file__).name}"
    (found,) = (b.text for b in blocks(document) if b.language == language and words in b.text)
    return found

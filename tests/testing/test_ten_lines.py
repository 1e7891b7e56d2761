"""What the documents show of the contract kit is run as it stands there, as a stranger would run it."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import wbok.testing

ROOT = Path(__file__).parent.parent.parent
MY_ADAPTER = '''
"""What a stranger has: something that gives a Billing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from wbok.api import Customer, LedgerEntry, Money, Profile
from wbok.testing import MemoryCustomer, memory_billing

def connect(config, context):
    amounts = [Decimal(amount) for amount in ("-50", "50", "-50", "-50")]
    entries = lambda who: tuple(
        LedgerEntry(f"{{who}}{{i}}", date(2026, 1, 1 + i), Money(amount, {currency}), "Internet")
        for i, amount in enumerate(amounts)
    )
    return memory_billing(*(
        MemoryCustomer(profile=Profile(Customer(who, who)), login=who, pin="4711", entries=some)
        for who, some in {{"1": entries("1"), "2": entries("2"), "3": ()}}.items()
    ))
'''


def readme_block() -> str:
    text = (ROOT / "core/wbok/adapters/README.md").read_text().split("## Testing your adapter")[1]
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found
    return found.group(1)


def run(folder: Path, *, currency: str = "context.currency") -> str:
    (folder / "my_adapter.py").write_text(MY_ADAPTER.format(currency=currency))
    (folder / "test_my_billing.py").write_text(readme_block())
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_a_strangers_ten_lines_test_his_adapter(tmp_path: Path) -> None:
    said = run(tmp_path)
    assert re.search(r"^\d\d passed", said, re.MULTILINE), said


def test_a_strangers_fault_is_said_in_words(tmp_path: Path) -> None:
    said = run(tmp_path, currency='"zł"')
    assert "found the currency 'zł', expected PLN. Write it as ISO 4217" in said


def test_the_docstring_shows_the_same_lines() -> None:
    assert textwrap.indent(readme_block(), "    ", lambda line: line != "\n") in (wbok.testing.__doc__ or "")
    assert len([line for line in readme_block().splitlines() if line]) == 10

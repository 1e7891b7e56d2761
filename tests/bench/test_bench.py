"""The benchmark runs and says something about every page. How fast, it says to people, not to tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    "/info/",
    "/finance/",
    "/finance/ledger",
    "/finance/documents/",
    "/finance/documents/<id>",
    "/login",
    "/help",
)


def run(*options: str) -> list[str]:
    command = [sys.executable, "-m", "bench", *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_there_is_a_row_for_each_page_and_each_kind_of_ledger() -> None:
    """And no page asks its databases too much, or it would end with an error."""
    printed = run("--quick")
    for page in PAGES:
        (row,) = [line.split() for line in printed if line.split()[:1] == [page] and "entries" not in line]
        assert all(float(cell) >= 0 for cell in row[1:9])
    for how in ("with balance_after", "without balance_after", "imported from CSV"):
        assert any(line.startswith(f"/finance/ledger {how} ") for line in printed)


def test_paper_is_compared_with_empty_pages() -> None:
    lines = run("--papers", "--quick")
    names = [line[:24].strip() for line in lines]
    assert names[:4] == ["paper", "slip", "invoice of 20 lines", "statement of 1000 rows"]
    assert lines[-1].startswith("statement of 200 rows: at most ")


def test_an_import_is_compared_with_what_is_least() -> None:
    lines = run("--imports", "--rows", "600")
    assert lines[0].startswith("600 rows of the ledger and 3,000 of document_lines, 3,920 in all")
    assert [line.split("  ")[0] for line in lines[1:]] == ["wbok import", "executemany", "sqlite3 .import"]
    assert "ratio" in lines[2]


def test_a_month_of_calls_is_compared_among_few_and_among_many() -> None:
    lines = run("--calls", "--quick", "--rows", "2000")
    questions = ("first page", "search", "whole month", "totals", "without helplines", "groups", "days")
    assert [line[:19].strip() for line in lines[1:]] == list(questions)
    assert all(float(line.split("ratio ")[1].split()[0]) >= 0 for line in lines[1:])


def test_a_long_history_is_compared_with_a_short_one() -> None:
    lines = run("--history", "--quick", "--rows", "300")
    names = ("tickets, first page", "badge, to him alone", "badge, to everybody")
    assert [line[:19].strip() for line in lines[1:]] == list(names)
    assert all(float(line.split("ratio ")[1].split()[0]) >= 0 for line in lines[1:])

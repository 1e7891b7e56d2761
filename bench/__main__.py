"""`python -m bench`: prints how the panel compares. Fails only when a page asks its databases too much."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.calls import LARGE, Among, measure_calls
from bench.calls import MOST_RATIO as MOST_CALLS_RATIO
from bench.foreign import SMALL_PART, measure_foreign
from bench.history import FEW as FEW_IN_STORE
from bench.history import MANY as MANY_IN_STORE
from bench.history import MOST_RATIO as MOST_HISTORY_RATIO
from bench.history import measure_history
from bench.imports import LINES_FOR_ONE_ENTRY, MOST_MEGABYTES, Compared, measure_import
from bench.imports import MOST_RATIO as MOST_IMPORT_RATIO
from bench.pages import MOST_BILLING, MOST_RATIO, MOST_STORE, Measured, measure_pages
from bench.papers import ROWS as PAPER_ROWS
from bench.papers import Drawn, measure_papers, statement_memory
from bench.scaling import FEW, MANY, Scaled, measure_ledgers
from bench.timing import FULL, QUICK, Pace
from wbok.cli.demo import write_demo

ROWS = 100_000
HEAD = ("page", "store", "billing", "bytes", "ref bytes", "CPU ms", "ref ms", "hello ms", "ratio", "")
FULL_PAPERS, QUICK_PAPERS = Pace(rounds=7, calls=3, warm_up=2), Pace(rounds=1, calls=1, warm_up=1)
PAPER_LINE = "{:<24}{:>8}{:>9}{:>8}{:>8}{:>10}{:>7}  {}"
LINE = "{:<24}{:>6}{:>9}{:>8}{:>11}{:>8}{:>8}{:>10}{:>7}  {}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few requests only: does it run at all")
    parser.add_argument("--imports", action="store_true", help="of `wbok import` instead of the pages")
    parser.add_argument("--papers", action="store_true", help="of slips, invoices and statements")
    parser.add_argument("--foreign", action="store_true", help="of the foreign billings of the tests")
    parser.add_argument("--calls", action="store_true", help="of a month of calls among many calls of others")
    parser.add_argument("--history", action="store_true", help="of many tickets and messages of one customer")
    parser.add_argument("--rows", type=int, help="of the ledger, of calls, or of tickets and messages")
    arguments = parser.parse_args()
    if arguments.calls:
        return _calls(arguments.rows or LARGE, QUICK if arguments.quick else FULL)
    if arguments.history:
        return _history(arguments.rows or MANY_IN_STORE, QUICK if arguments.quick else FULL)
    if arguments.imports:
        return _imports(arguments.rows or ROWS)
    if arguments.papers:
        return _papers(QUICK_PAPERS if arguments.quick else FULL_PAPERS)
    if arguments.foreign:
        return _foreign(arguments.rows or ROWS)
    return _pages(QUICK if arguments.quick else FULL)


def _pages(pace: Pace) -> int:
    ok = True
    with tempfile.TemporaryDirectory(prefix="wbok-bench-") as name:
        folder = Path(name)
        pages = folder / "pages"
        pages.mkdir()
        print(LINE.format(*HEAD))
        for measured in measure_pages(write_demo(pages, port=8000), pace):
            print(_page_line(measured), flush=True)
            ok = ok and measured.asks_little
        print(
            f"\nref: bare Flask, the same statements, a table of the same length. Wanted: ratio ≤ {MOST_RATIO},"
            f" statements ≤ {MOST_STORE} on the store and ≤ {MOST_BILLING} on the billing.\n"
        )
        for scaled in measure_ledgers(folder, pace):
            print(_ledger_line(scaled), flush=True)
    return 0 if ok else 1


def _calls(rows: int, pace: Pace) -> int:
    print(f"milliseconds of CPU of one customer's month, among few calls and among {rows:,}")
    with tempfile.TemporaryDirectory(prefix="wbok-bench-") as name:
        for asked in measure_calls(Path(name), pace, rows=rows):
            print(_among_line(asked, most=MOST_CALLS_RATIO), flush=True)
    return 0


def _history(rows: int, pace: Pace) -> int:
    print(
        f"milliseconds of CPU of one customer's question, with {FEW_IN_STORE} and with {rows:,} in the store"
    )
    with tempfile.TemporaryDirectory(prefix="wbok-bench-") as name:
        for asked in measure_history(Path(name), pace, rows=rows):
            print(_among_line(asked, most=MOST_HISTORY_RATIO), flush=True)
    return 0


def _imports(rows: int) -> int:
    with tempfile.TemporaryDirectory(prefix="wbok-bench-") as name:
        compared = measure_import(Path(name), rows=rows)
    for line in _import_lines(compared, rows):
        print(line)
    return 0


def _papers(pace: Pace) -> int:
    print(PAPER_LINE.format("paper", "bytes", "CPU ms", "empty", "ratio", "lettered", "ratio", ""))
    for drawn in measure_papers(pace):
        print(_paper_line(drawn), flush=True)
    many = PAPER_ROWS if pace is FULL_PAPERS else PAPER_ROWS // 5
    for rows in (many // 10, many):
        print(f"statement of {rows} rows: at most {statement_memory(rows)} kB of memory")
    return 0


def _foreign(rows: int) -> int:
    print(f"milliseconds of one question at {rows // SMALL_PART:,} and at {rows:,} ledger rows")
    with tempfile.TemporaryDirectory(prefix="wbok-bench-") as name:
        for asked in measure_foreign(Path(name), rows=rows):
            print(
                f"{asked.schema:<10} {asked.database:<11} {asked.question:<12} "
                f"{asked.small:6.2f} {asked.large:6.2f}  ratio {asked.ratio:.2f}",
                flush=True,
            )
    return 0


def _among_line(asked: Among, *, most: float) -> str:
    return (
        f"{asked.question:<19} {asked.few.typical:7.2f} {asked.many.typical:7.2f}  ratio {asked.ratio:.2f}"
        f" (wanted: ≤ {most})"
    )


def _import_lines(c: Compared, rows: int) -> list[str]:
    imported = c.imported
    ratio = imported.cpu / c.executemany
    program = "there is no program sqlite3 here"
    if c.program is not None:
        program = f"{c.program:.2f} s, ratio {imported.cpu / c.program:.2f} (it converts and checks nothing)"
    return [
        f"{rows:,} rows of the ledger and {rows * LINES_FOR_ONE_ENTRY:,} of document_lines, "
        f"{imported.rows:,} in all; seconds of CPU",
        f"wbok import       {imported.cpu:.2f} s, {imported.rows / imported.seconds:,.0f} rows a second, "
        f"at most {imported.megabytes:.0f} MB "
        f"({'small' if imported.megabytes < MOST_MEGABYTES else 'TOO MUCH MEMORY'}; wanted: < {MOST_MEGABYTES})",
        f"executemany       {c.executemany:.2f} s, ratio {ratio:.2f} "
        f"({'fast enough' if ratio <= MOST_IMPORT_RATIO else 'TOO SLOW'}; wanted: ≤ {MOST_IMPORT_RATIO})",
        f"sqlite3 .import   {program}",
    ]


def _paper_line(d: Drawn) -> str:
    ratio = d.times.ratio(d.empty)
    verdict = (
        "" if d.most is None else f"{'fast enough' if ratio <= d.most else 'TOO SLOW'}; wanted: ≤ {d.most}"
    )
    return PAPER_LINE.format(
        d.name,
        d.size,
        f"{d.times.typical:.2f}",
        f"{d.empty.typical:.2f}",
        f"{ratio:.1f}",
        f"{d.lettered.typical:.2f}",
        f"{d.times.ratio(d.lettered):.2f}",
        verdict,
    )


def _page_line(m: Measured) -> str:
    verdicts = [
        "fast enough" if m.is_fast else "TOO SLOW",
        "few statements" if m.asks_little else "TOO MANY STATEMENTS",
    ]
    return LINE.format(
        m.name,
        m.on_store,
        m.on_billing,
        m.size,
        m.reference_size,
        *(f"{times.typical:.2f}" for times in (m.page, m.reference, m.hello)),
        f"{m.ratio:.2f}",
        ", ".join(verdicts),
    )


def _ledger_line(s: Scaled) -> str:
    return (
        f"/finance/ledger {s.how:<22} {MANY} entries {s.long.typical:6.2f} ms, "
        f"{FEW} entries {s.short.typical:6.2f} ms, ratio {s.ratio:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench`: prints how the panel compares. Fails only when a page asks its databases too much."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.pages import MOST_BILLING, MOST_RATIO, MOST_STORE, Measured, measure_pages
from bench.scaling import FEW, MANY, Scaled, measure_ledgers
from bench.timing import FULL, QUICK
from wbok.cli.demo import write_demo

HEAD = ("page", "store", "billing", "bytes", "ref bytes", "CPU ms", "ref ms", "hello ms", "ratio", "")
LINE = "{:<24}{:>6}{:>9}{:>8}{:>11}{:>8}{:>8}{:>10}{:>7}  {}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few requests only: does it run at all")
    pace = QUICK if parser.parse_args().quick else FULL
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
    how = "with balance_after" if s.with_balance else "without balance_after"
    return (
        f"/finance/ledger {how:<22} {MANY} entries {s.long.typical:6.2f} ms, "
        f"{FEW} entries {s.short.typical:6.2f} ms, ratio {s.ratio:.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())

"""What many calls of others cost: one customer's month of calls among all the calls of a small and a large billing.

The file is as an import writes it: typed columns, a customer's rows side by side, and the one index that serves
owner, time and key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bench.timing import Pace, Times, compare
from wbok.adapters.sql import connect
from wbok.billing.phone import Phone
from wbok.domain.phone import CallKind, CallRequest
from wbok.relations import CANONICAL
from wbok.testing import adapter_context

SMALL, LARGE, MINE = 100_000, 5_000_000, 3_000
MOST_RATIO = 1.3
CUSTOMER, OTHERS = "1", 20_000
MONTH = CallRequest(date(2026, 10, 1), date(2026, 10, 31))
TABLES = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE credentials (login TEXT, customer_id INTEGER, pin TEXT);
CREATE TABLE calls (id INTEGER, customer_id INTEGER, started_at TEXT, direction TEXT, kind TEXT, number TEXT,
  seconds INTEGER, price INTEGER, destination TEXT, answered INTEGER);
"""
# Every so often a call of the customer's, in both billings; what they say is alike.
CALLS = """
WITH RECURSIVE counted(n, m) AS (
  SELECT 0, 0 UNION ALL SELECT n + 1, (n + 1) / :every FROM counted WHERE n + 1 < :rows)
INSERT INTO calls SELECT n, CASE WHEN n % :every = 0 THEN 1 ELSE 2 + n % :others END,
  datetime('2026-10-01', '+' || (n * 2678400 / :rows) || ' seconds'),
  CASE m % 3 WHEN 0 THEN 'incoming' ELSE 'outgoing' END, CASE m % 4 WHEN 0 THEN 'sms' ELSE 'voice' END,
  '+48 600 ' || (100 + m % 900) || ' ' || (100 + m / 900 % 900), m % 600, m % 7,
  'kierunek ' || m % 12, m % 2 FROM counted
  ORDER BY 2, 3, 1
"""


@dataclass(frozen=True, slots=True)
class Among:
    """One question, among few calls and among many."""

    question: str
    few: Times
    many: Times

    @property
    def ratio(self) -> float:
        return self.many.ratio(self.few)


def measure_calls(folder: Path, pace: Pace, *, rows: int) -> Iterator[Among]:
    """`rows` of calls in the large billing; in the small one SMALL, or a tenth where that is less."""
    few, many = (_phone(folder / f"{n}.sqlite", rows=n) for n in (min(SMALL, rows // 10), rows))
    questions = _questions(few)
    for name, other in _questions(many).items():
        yield Among(name, *compare([questions[name], other], pace))


def _phone(path: Path, *, rows: int) -> Phone:
    mine = min(MINE, rows // 10)
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(TABLES)
        database.execute(CALLS, {"rows": rows, "every": rows // mine, "others": OTHERS})
        relation = CANONICAL["calls"]
        page = ", ".join(c for c in (relation.owner, relation.sort, relation.key) if c)
        database.execute(f"CREATE INDEX calls_page ON calls ({page})")
        database.execute("ANALYZE")
    relations = {"calls": {"table": "calls", "types": {"price": "money:grosze"}}}
    plain = {name: name for name in ("customers", "credentials")}
    phone = connect({"url": f"sqlite:///{path}", "relations": plain | relations}, adapter_context()).phone
    if phone is None:
        raise RuntimeError("the billing has no calls")
    return phone


def _questions(phone: Phone) -> Mapping[str, Callable[[], object]]:
    chosen = replace(MONTH, kind=CallKind.VOICE, number="6001", without=("116111", "116123"))
    return {
        "first page": lambda: phone.calls(CUSTOMER, MONTH),
        "search": lambda: phone.calls(CUSTOMER, chosen),
        "whole month": lambda: phone.calls(CUSTOMER, replace(MONTH, limit=5_000)),
        "totals": lambda: phone.usage(CUSTOMER, MONTH),
        "without helplines": lambda: phone.usage(CUSTOMER, replace(MONTH, without=chosen.without)),
        "groups": lambda: phone.groups(CUSTOMER, MONTH),
        "days": lambda: phone.days(CUSTOMER, MONTH),
    }

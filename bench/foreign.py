"""What a large billing costs: one customer's questions to the foreign billings of the tests, small and large.

By the clock on the wall, since most of it is the database's work.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest
from wbok.testing import adapter_context

# The billings and the databases are the tests' own.
sys.path.append(str(Path(__file__).parent.parent / "tests"))

SMALL_PART = 100
CALLS, WARM_UP = 60, 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of one question, to the small billing and to the large one."""

    schema: str
    database: str
    question: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        return self.large / self.small


def measure_foreign(folder: Path, *, rows: int) -> Iterator[Asked]:
    """`rows` of the ledger in the large billing, a hundredth of it in the small one."""
    fill = import_module("foreign.fill")
    places = import_module("support.places")
    for dialect in places.DIALECTS:
        with places.new_urls(dialect, folder) as new_url:
            for schema in fill.SCHEMAS:
                billings = [
                    _filled(fill, schema, new_url(), rows=number) for number in (rows // SMALL_PART, rows)
                ]
                yield from _compare(schema, dialect, billings)


def _filled(fill: Any, schema: str, url: str, *, rows: int) -> Billing:
    fill.fill(url, schema, ledger_rows=rows)
    return connect(fill.configuration(schema, url), adapter_context())


def _compare(schema: str, dialect: str, billings: list[Billing]) -> Iterator[Asked]:
    names = import_module(f"foreign.{schema}.rows")
    story = import_module("foreign.story")
    small, large = (_questions(billing, names, story.ODD) for billing in billings)
    for question in small:
        times = [_milliseconds(asked[question]) for asked in (small, large)]
        yield Asked(schema, dialect, question, *times)


def _questions(billing: Billing, names: Any, person: int) -> Mapping[str, Callable[[], object]]:
    finance, customer_id = billing.finance, names.customer_id(person)
    if finance is None:
        raise RuntimeError("the foreign billing has no ledger")
    return {
        "credentials": lambda: billing.customers.credentials(names.login(person)),
        "profile": lambda: billing.customers.profile(customer_id),
        "terms": lambda: finance.terms(customer_id),
        "settlement": lambda: finance.settlement(customer_id),
        "ledger": lambda: finance.ledger(customer_id, LedgerRequest()),
        "documents": lambda: finance.documents(customer_id, DocumentRequest()),
    }


def _milliseconds(ask: Callable[[], object]) -> float:
    for _ in range(WARM_UP):
        ask()
    times = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)

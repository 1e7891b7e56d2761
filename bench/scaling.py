"""What a long history costs: the ledger's first page of a customer of many entries against one of few."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bench.stage import build_stage
from bench.timing import Pace, Times, compare
from wbok.cli.demo import write_demo
from wbok.domain.clock import system_clock
from wbok.panel import build_panel
from wbok.settings import load_settings
from wbok_demo.schema import Row, insert

MANY, FEW = 10_000, 100
# Ids that the demo does not give.
LONG, SHORT, PIN = 770_001, 770_002, "1234"
LEDGER_IDS = 50_000_000
FEE, PAYMENTS_EVERY = Decimal("59.99"), 2


WITH, WITHOUT, IMPORTED = "with balance_after", "without balance_after", "imported from CSV"
TAKEN = ("customers", "credentials", "ledger")
LEADING_ELSEWHERE = ("seller_id", "document_id")


@dataclass(frozen=True, slots=True)
class Scaled:
    """`how` the billing is read: with the balance after each entry or without it, or imported from CSV files."""

    how: str
    long: Times
    short: Times

    @property
    def ratio(self) -> float:
        return self.long.ratio(self.short)


def measure_ledgers(folder: Path, pace: Pace) -> Iterator[Scaled]:
    for how in (WITH, WITHOUT, IMPORTED):
        place = folder / how.replace(" ", "-")
        place.mkdir()
        config = write_demo(place, port=8000)
        _add_customers(place / "billing.sqlite", with_balance=how == WITH)
        if how == IMPORTED:
            _import(place, config)
        with build_stage(config) as stage:
            visits = [
                stage.visit("/finance/ledger", stage.log_in(str(customer), PIN)) for customer in (LONG, SHORT)
            ]
            yield Scaled(how, *compare(visits, pace))


def _add_customers(billing: Path, *, with_balance: bool) -> None:
    with closing(sqlite3.connect(billing)) as database, database:
        for customer, entries, first_id in (
            (LONG, MANY, LEDGER_IDS),
            (SHORT, FEW, LEDGER_IDS + MANY),
        ):
            _add_customer(database, customer)
            insert(database, "ledger", _entries(customer, entries, first_id))
        if with_balance:
            _write_balances(database)


def _add_customer(database: sqlite3.Connection, customer: int) -> None:
    database.execute("INSERT INTO customers (id, name) VALUES (?, ?)", (customer, f"Jan Próbny {customer}"))
    database.execute(
        "INSERT INTO credentials (login, customer_id, pin) VALUES (?, ?, ?)", (str(customer), customer, PIN)
    )


def _entries(customer: int, entries: int, first_id: int) -> Iterator[Row]:
    """Charges and payments in turn, one a day, the last one today's."""
    first_day = system_clock().date() - timedelta(days=entries - 1)
    for number in range(entries):
        is_payment = number % PAYMENTS_EVERY == PAYMENTS_EVERY - 1
        yield {
            "id": first_id + number,
            "customer_id": customer,
            "booked_on": first_day + timedelta(days=number),
            "amount": FEE if is_payment else -FEE,
            "currency": "PLN",
            "description": "Wpłata" if is_payment else "Abonament za internet",
            "document_id": None,
        }


def _write_balances(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE ledger ADD COLUMN balance_after NUMERIC")
    database.execute(
        "UPDATE ledger SET balance_after = sums.balance FROM ("
        "SELECT id, round(sum(amount) OVER (PARTITION BY customer_id, currency ORDER BY booked_on, id), 2)"
        " AS balance FROM ledger) AS sums WHERE sums.id = ledger.id"
    )


def _import(place: Path, config: Path) -> None:
    """The same rows out of files, instead of the database that they came from."""
    exports = place / "exports"
    exports.mkdir()
    with closing(sqlite3.connect(place / "billing.sqlite")) as database:
        database.row_factory = sqlite3.Row
        for name in TAKEN:
            rows = [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
            with (exports / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, [c for c in rows[0] if c not in LEADING_ELSEWHERE])
                writer.writeheader()
                writer.writerows({k: v for k, v in row.items() if k not in LEADING_ELSEWHERE} for row in rows)
    files = "".join(f'{name} = "{name}.csv"\n' for name in TAKEN)
    before = config.read_text(encoding="utf-8").partition("[billing]")[0]
    billing = f'[billing]\nadapter = "csv"\nfolder = "{place / "generations"}"\n\n[billing.files]\n{files}'
    config.write_text(before + billing, encoding="utf-8")
    importer = build_panel(load_settings(config)).billing.importer
    assert importer is not None
    importer(exports, dry_run=False, allow_shrink=False, progress=lambda _step: None)

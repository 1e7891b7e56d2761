"""Made-up books with corrections, several rates and currencies: page, PDF, CSV and database agree."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from support.billing import people
from support.books import Books
from support.clock import HandClock
from support.places import write_typed_tables
from support.prints import squeezed, text_of
from support.rounds import part_of
from support.scene import Visitor, make_scene, make_settings, sql_billing

CUSTOMERS = part_of(24)
WHOLE = "from=2000-01-01&to=2100-12-31"


def written(amount: Decimal) -> str:
    """As pages and papers write it, without blanks."""
    return f"{amount:.2f}".replace(".", ",").replace("-", "−")


def check_statements(visitor: Visitor, ledger: list[dict[str, Any]]) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in ledger:
        sums[row.get("currency") or "PLN"] += row["amount"]
    for currency, closing in sums.items():
        query = f"{WHOLE}&currency={currency}"
        table = visitor.get(f"/finance/statement.csv?{query}").data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
        assert Decimal(rows[-1][4].replace(",", ".")) == closing
        booked = [
            Decimal((row[3] or "0").replace(",", ".")) - Decimal((row[2] or "0").replace(",", "."))
            for row in rows[1:-1]
        ]
        assert sum(booked) == closing
        for text in (
            squeezed(visitor.get(f"/finance/statement?{query}").text),
            text_of(visitor.get(f"/finance/statement.pdf?{query}").data),
        ):
            assert written(closing) in text


def check_document(visitor: Visitor, document: dict[str, Any]) -> None:
    address = f"/finance/documents/{document['id']}"
    page = squeezed(visitor.get(address).text)
    paper = text_of(visitor.get(f"{address}/file").data)
    for text in (page, paper):
        assert squeezed(document["number"]) in text
        assert written(document["gross"]) in text


def test_page_table_paper_and_database_agree_to_the_grosz(tmp_path: Path, clock: HandClock) -> None:
    tables = people(CUSTOMERS) | Books(20261124, customers=CUSTOMERS).rows
    write_typed_tables(f"sqlite:///{tmp_path / 'books.sqlite'}", tables)
    scene = make_scene(make_settings(tmp_path, sql_billing(tmp_path / "books.sqlite", tables)), clock=clock)
    for customer in range(1, CUSTOMERS + 1):
        visitor = scene.customer(str(customer), "4711")
        own = {
            name: [row for row in rows if row.get("customer_id") == customer] for name, rows in tables.items()
        }
        check_statements(visitor, own["ledger"])
        assert own["documents"]
        for document in own["documents"][:6]:
            check_document(visitor, document)

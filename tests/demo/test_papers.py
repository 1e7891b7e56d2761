"""What belongs to the made-up documents: numbers of KSeF, payments, printed invoices."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from wbok_demo.papers import crc8


@pytest.fixture
def database(demo: tuple[Path, object]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo[0])) as connection:
        yield connection


def test_numbers_of_ksef_have_their_check_sum(database: sqlite3.Connection) -> None:
    # A published one.
    assert crc8(b"5265877635-20250826-0100001AF629") == 0xAF
    rows = database.execute("SELECT ksef_number FROM documents WHERE ksef_number IS NOT NULL").fetchall()
    assert rows
    for (number,) in rows:
        assert re.fullmatch(r"[0-9]{10}-[0-9]{8}-[0-9A-F]{12}-[0-9A-F]{2}", number)
        assert crc8(number[:32].encode()) == int(number[33:], 16)


@pytest.mark.parametrize("table", ["document_payments", "document_files"])
def test_what_belongs_to_a_document_is_the_same_customers(database: sqlite3.Connection, table: str) -> None:
    whose = f"FROM {table} t LEFT JOIN documents d ON d.id = t.document_id"
    assert database.execute(f"SELECT DISTINCT d.customer_id = t.customer_id {whose}").fetchall() == [(1,)]


def test_nothing_is_paid_twice(database: sqlite3.Connection) -> None:
    paid = "SELECT 1 FROM documents d JOIN document_payments p ON p.document_id = d.id GROUP BY d.id, gross"
    assert database.execute(f"{paid} HAVING round(sum(amount) - gross, 2) > 0").fetchall() == []

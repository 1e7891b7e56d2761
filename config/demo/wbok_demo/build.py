"""Writes the made-up billing into a new SQLite file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wbok_demo.calls import Telephone, phone_rows
from wbok_demo.crowd import ordinary_customers
from wbok_demo.history import Draft, History, document_row, ledger_rows, line_rows, number_documents
from wbok_demo.months import Calendar
from wbok_demo.notices import notice_rows
from wbok_demo.odd_companies import ODD_COMPANIES
from wbok_demo.odd_persons import ODD_PERSONS
from wbok_demo.papers import Papers, file_rows, newest_of, payment_rows
from wbok_demo.profile import Registry, seller_rows
from wbok_demo.schema import Cell, Row, create_tables, insert


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """What to type to come in, and in Polish why one would."""

    customer_id: str
    pin: str
    note: str


def build_billing(path: Path, *, today: date) -> tuple[DemoLogin, ...]:
    """A database of some sixty customers and 24 months; the first login is an ordinary customer.

    The same `today` gives the same rows. Raises FileExistsError.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already; the made-up billing wants a new file")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN")
        create_tables(database)
        _fill(database, Calendar(today))
        database.execute("COMMIT")
    odd = (*ODD_PERSONS, *ODD_COMPANIES)
    return tuple(DemoLogin(str(customer.id), customer.pin, customer.note) for customer in odd)


def _fill(database: sqlite3.Connection, calendar: Calendar) -> None:
    customers = sorted(
        (*ODD_PERSONS, *ODD_COMPANIES, *ordinary_customers()), key=lambda customer: customer.id
    )
    registry = Registry(calendar)
    for customer in customers:
        registry.add(customer)
    for table, rows in registry.rows.items():
        insert(database, table, rows)
    sellers = list(seller_rows())
    insert(database, "sellers", sellers)

    histories = [History(customer, calendar) for customer in customers]
    documents = number_documents(document for history in histories for document in history.documents)
    payments = [payment for history in histories for payment in history.payments]
    telephones = [
        Telephone(customer, calendar, history.called)
        for customer, history in zip(customers, histories, strict=True)
        if customer.free_minutes
    ]
    for table, rows in phone_rows(telephones).items():
        insert(database, table, rows)
    papers = _papers(registry, sellers, documents)
    insert(database, "documents", (document_row(d, papers.details(d)) for d in documents))
    insert(database, "document_payments", payment_rows(payments))
    insert(database, "document_files", file_rows(documents))
    insert(database, "document_lines", (row for document in documents for row in line_rows(document)))
    insert(database, "ledger", ledger_rows(documents, payments))
    insert(database, "notices", notice_rows(documents, calendar))


def _papers(registry: Registry, sellers: list[Row], documents: list[Draft]) -> Papers:
    addresses: dict[Cell, Row] = {}
    for row in registry.rows["addresses"]:
        addresses.setdefault(row["customer_id"], row)
    return Papers(
        customers={row["id"]: row for row in registry.rows["customers"]},
        addresses=addresses,
        sellers={row["id"]: row for row in sellers},
        newest=newest_of(documents),
    )

"""Whatever LMS lets be NULL may be NULL: each such column is in turn, in all rows, and all is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest
from sqlalchemy import Column, Engine, Table, text
from support.billing import CONTEXT
from support.clock import HandClock
from support.places import engine_of, new_urls

from bench.lms.build import FIRST_PLAIN, Volume, build
from bench.lms.odd import Odd
from wbok.adapters.lms import connect
from wbok.adapters.lms.tables import finance, messages, people, phone, settings, tariffs, tickets
from wbok.billing import Billing
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest
from wbok.domain.messages import NoticeRequest
from wbok.domain.page import PageRequest
from wbok.domain.phone import CallRequest

CALLS = CallRequest(date(2020, 1, 1), date(2099, 12, 31))
NEVER_NULL_IN_LMS = [tickets.rttickets.c.state]
"""Of which an error would be more than a page that says what is wrong."""


@pytest.fixture(scope="module")
def lms_here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Billing]]:
    with new_urls("postgresql", tmp_path_factory.mktemp("lms")) as new_url:
        url = new_url()
        engine = engine_of(url)
        build(engine, customers=1, now=HandClock()(), volume=Volume(months=2, calls=4, messages=3))
        yield engine, connect({"url": url, "write_url": url}, replace(CONTEXT, clock=HandClock()))
        engine.dispose()


def read_people(billing: Billing, customer: str) -> None:
    assert billing.customers.profile(customer).customer.id == customer
    billing.customers.credentials(customer)
    assert billing.finance is not None
    billing.finance.terms(customer)


def read_finance(billing: Billing, customer: str) -> None:
    assert billing.finance is not None
    billing.finance.settlement(customer)
    billing.finance.ledger(customer, LedgerRequest())
    for document in billing.finance.documents(customer, DocumentRequest(limit=4)).rows:
        billing.finance.document_lines(customer, document.id)


def read_phone(billing: Billing, customer: str) -> None:
    assert billing.phone is not None
    billing.phone.usage(customer, CALLS)
    billing.phone.calls(customer, CALLS)


def read_services(billing: Billing, customer: str) -> None:
    read_people(billing, customer)
    read_phone(billing, customer)


def read_messages(billing: Billing, customer: str) -> None:
    assert billing.notifications is not None
    billing.notifications.notices(customer, NoticeRequest())


def read_tickets(billing: Billing, customer: str) -> None:
    assert billing.helpdesk is not None
    assert billing.ticket_changes is not None
    for one in billing.helpdesk.tickets(customer, PageRequest()).rows:
        if one.ticket.has_thread:
            billing.helpdesk.thread(customer, one.ticket.number)
    billing.ticket_changes(None)


READ: dict[ModuleType, tuple[Callable[[Billing, str], None], tuple[int, ...]]] = {
    people: (read_people, (FIRST_PLAIN, Odd.FULL)),
    finance: (read_finance, (FIRST_PLAIN, Odd.LATE)),
    tariffs: (read_services, (Odd.FULL, Odd.NEIGHBOUR)),
    phone: (read_phone, (Odd.TALKER,)),
    messages: (read_messages, (Odd.FULL,)),
    tickets: (read_tickets, (FIRST_PLAIN,)),
    settings: (read_people, (Odd.COMPANY,)),
}
"""Who reads the tables of a module, and customers who have something in each of them."""


@pytest.mark.parametrize("module", READ, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_column_may_be_null(lms_here: tuple[Engine, Billing], module: ModuleType) -> None:
    engine, billing = lms_here
    read, who = READ[module]
    columns = list(may_be_null(module))
    assert columns
    for customer in who:
        read(billing, str(int(customer)))
    for column in columns:
        with nulled(engine, column):
            for customer in who:
                read_told(read, billing, str(int(customer)), column)


def read_told(
    read: Callable[[Billing, str], None], billing: Billing, customer: str, column: Column[object]
) -> None:
    try:
        read(billing, customer)
    except Exception as error:
        raise AssertionError(f"{column.table.name}.{column.name} is NULL: {error!r}") from error


def may_be_null(module: ModuleType) -> Iterator[Column[object]]:
    for table in vars(module).values():
        if isinstance(table, Table):
            yield from (one for one in table.columns if one.nullable or one in NEVER_NULL_IN_LMS)


@contextmanager
def nulled(engine: Engine, column: Column[object]) -> Iterator[None]:
    """Another column stands in its place, so that nothing has to be written back."""
    table, name = column.table.name, engine.dialect.identifier_preparer.quote(column.name)
    kind = column.type.compile(engine.dialect)
    _run(
        engine,
        f"ALTER TABLE {table} RENAME COLUMN {name} TO kept",
        f"ALTER TABLE {table} ADD COLUMN {name} {kind}",
    )
    try:
        yield
    finally:
        _run(
            engine,
            f"ALTER TABLE {table} DROP COLUMN {name}",
            f"ALTER TABLE {table} RENAME COLUMN kept TO {name}",
        )


def _run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))

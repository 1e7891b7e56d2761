"""Ids that a database takes for one, `ab`, `AB` and `ab ` on MariaDB: each customer sees only his own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from support.billing import CONTEXT, finance, whole_ledger
from support.people import EVERYBODYS, SAMPLE, someone, tables
from support.places import DIALECTS, engine_of, new_urls, write_typed_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.domain.customer import Customer, Profile
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest
from wbok.domain.messages import NoticeRequest
from wbok.domain.phone import CallRequest
from wbok.relations import CANONICAL
from wbok.testing import (
    CustomersContract,
    DirectoryContract,
    FinanceContract,
    MemoryCustomer,
    NotificationsContract,
    PhoneContract,
    Sample,
    memory_billing,
)

TWINS = {1: "ab", 2: "AB", 3: "ab "}
EMPTY = {4: "Ab"}


def everybody() -> tuple[MemoryCustomer, ...]:
    twins = tuple(someone(number, f"Bliźniak {number}", months=9, paid=4 + number) for number in TWINS)
    return (*twins, MemoryCustomer(profile=Profile(Customer("4", "Nowy")), login="14", pin="4714"))


def twin_key(number: int, key: object) -> str:
    """The same text for each twin but for what a database does not see."""
    return {1: f"k{key}", 2: f"K{key}", 3: f"k{key} "}[number]


def twin_tables() -> Mapping[str, list[dict[str, Any]]]:
    """All rows with text keys: of the customers, of their documents and of their ledger entries."""
    found = tables(everybody())
    for name, rows in found.items():
        for row in rows:
            number = row["id"] if name == "customers" else row.get("customer_id")
            if number is None:
                continue
            row["id" if name == "customers" else "customer_id"] = {**TWINS, **EMPTY}[number]
            if name == "ledger":
                row["id"] = twin_key(number, row["id"] % 1000)
            if name == "notices":
                row["id"] = twin_key(number, row["id"] % 10)
            for column in DOCUMENT_KEYS.get(name, ()):
                if row[column] is not None:
                    row[column] = document_key(number, row[column])
    return found


DOCUMENT_KEYS = {
    "documents": ("id", "corrects_id"),
    "document_lines": ("document_id",),
    "document_payments": ("document_id",),
    "document_files": ("document_id",),
    "ledger": ("document_id",),
}


def document_key(number: int, document_id: object) -> str:
    """`tests/support/people.py` numbers documents by month, customer and kind."""
    digits = str(document_id)
    return twin_key(number, f"{digits[:-2]}{digits[-1]}")


@pytest.fixture(scope="module", params=DIALECTS)
def twins(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Billing]:
    with new_urls(request.param, tmp_path_factory.mktemp("twins")) as new_url:
        url = new_url()
        rows = twin_tables()
        write_typed_tables(url, rows)
        if request.param == "mysql":
            _compare_loosely(url, rows)
        text_keys = {
            name: {"table": name, "types": {"id": "text"}}
            for name in ("customers", "documents", "ledger", "notices")
        }
        relations = {name: name for name in CANONICAL} | text_keys
        yield connect({"url": url, "relations": relations}, CONTEXT)


def _compare_loosely(url: str, names: Mapping[str, object]) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        for name in names:
            connection.execute(
                text(f"ALTER TABLE {name} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
            )
        alike = connection.execute(text("SELECT COUNT(*) FROM customers WHERE id = 'ab'")).scalar()
        assert alike == len(TWINS) + len(EMPTY)
    engine.dispose()


class TestTwins(CustomersContract, DirectoryContract, FinanceContract, NotificationsContract, PhoneContract):
    @pytest.fixture
    def billing(self, twins: Billing) -> Billing:
        return twins

    @pytest.fixture(params=[(1, 2), (2, 3), (3, 1), (1, 3)], ids=lambda pair: f"{pair[0]}{pair[1]}")
    def sample(self, request: pytest.FixtureRequest) -> Sample:
        number, other = request.param
        return Sample(
            login=f"1{number}",
            pin=f"471{number}",
            customer_id=TWINS[number],
            other_customer_id=TWINS[other],
            empty_customer_id=EMPTY[4],
            unknown_customer_id="aB",
            lookalikes=tuple(TWINS.values()),
            currencies=SAMPLE.currencies,
            others_words=(f"600 000 00{other}", f"ul. Polna {other}", f"SN-{other}", f"U/{other}/2025"),
        )


@pytest.mark.parametrize("number", TWINS)
def test_each_twin_sees_only_his_own_rows_in_every_relation(twins: Billing, number: int) -> None:
    expected = memory_billing(*everybody(), notices=EVERYBODYS)
    mine, his = seen(twins, TWINS[number]), seen(expected, str(number))
    assert set(mine) == {*CANONICAL, "sums"}
    for relation in mine:
        assert mine[relation] == his[relation], relation
        assert mine[relation]


def seen(billing: Billing, customer_id: str) -> dict[str, list[Any]]:
    """What a customer sees of each relation, without keys."""
    profile, money = billing.customers.profile(customer_id), finance(billing)
    documents = money.documents(customer_id, DocumentRequest(limit=100)).rows
    details = [money.document_details(customer_id, d.id) for d in documents]
    files = [file for d in documents if (file := money.document_file(customer_id, d.id))]
    settlement = money.settlement(customer_id)
    terms = money.terms(customer_id)
    assert billing.phone is not None
    request = CallRequest(date(2026, 1, 1), date(2026, 12, 31), limit=100)
    usage = billing.phone.usage(customer_id, request)
    calls = billing.phone.calls(customer_id, request).rows
    assert billing.notifications is not None
    notices = billing.notifications.notices(customer_id, NoticeRequest()).rows
    login = f"1{profile.customer.name[-1]}"
    return {
        "customers": [profile.customer.name],
        "credentials": [c.pin for c in billing.customers.credentials(login) if c.customer_id == customer_id],
        "addresses": [address.street for address in profile.addresses],
        "contacts": [contact.value for contact in profile.contacts],
        "consents": [consent.name for consent in profile.consents],
        "contracts": [contract.number for contract in profile.contracts],
        "services": [service.id for service in profile.services],
        "devices": [device.serial for device in profile.devices],
        "accounts": [account.number for account in terms.accounts],
        "sellers": [terms.seller and terms.seller.name],
        "ledger": [(e.description, e.amount, e.balance_after) for e in whole_ledger(billing, customer_id)],
        "documents": [(d.number, d.gross, d.remaining, d.cancelled) for d in documents],
        "document_lines": [money.document_lines(customer_id, d.id) for d in documents],
        "document_payments": [(d.payments, d.buyer, [c.number for c in d.corrections]) for d in details],
        "document_files": [(file.name, b"".join(file.chunks)) for file in files],
        "phone_lines": [line.number for line in usage.lines],
        "calls": [(c.started_at, c.number, c.seconds, c.price) for c in calls],
        "allowances": [(a.name, a.used) for a in usage.allowances],
        "notices": [(n.title, n.kind, n.sent_at, n.urgent) for n in notices],
        "sums": [
            usage.totals,
            settlement.balances,
            [d.number for d in settlement.unpaid],
            money.ledger_totals(customer_id, LedgerRequest()),
            money.yearly_totals(customer_id, 2020, 2029),
            money.document_years(customer_id),
        ],
    }

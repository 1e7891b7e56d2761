"""The contract over the adapters that read relations, wherever they read them, and over the made-up provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.billing import CONTEXT, finance, whole_ledger
from support.exports import Exports, with_files_apart, write_csv
from support.people import SAMPLE, people, tables
from support.places import DIALECTS, new_urls, write_typed_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.domain.customer import CustomerStatus
from wbok.domain.documents import DocumentRequest
from wbok.domain.phone import CallRequest
from wbok.relations import CANONICAL
from wbok.testing import (
    CustomersContract,
    DirectoryContract,
    FinanceContract,
    NotificationsContract,
    PhoneContract,
    Sample,
    adapter_context,
    memory_billing,
)
from wbok_demo import DemoLogin

Tables = Mapping[str, list[dict[str, Any]]]
Place = Callable[[Path, Tables], AbstractContextManager[Billing]]


@contextmanager
def sql_on(dialect: str, folder: Path, rows: Tables) -> Iterator[Billing]:
    with new_urls(dialect, folder) as new_url:
        url = new_url()
        write_typed_tables(url, rows)
        yield connect({"url": url, "relations": {name: name for name in CANONICAL}}, CONTEXT)


@contextmanager
def csv_in(folder: Path, rows: Tables) -> Iterator[Billing]:
    exports = Exports(folder, **{name: f"{name}.csv" for name in rows})
    exports.folder.mkdir()
    for name, table in rows.items():
        write_csv(exports.folder / f"{name}.csv", with_files_apart(table, exports.folder))
    exports.config["files_dir"] = str(exports.folder)
    exports.take_in()
    yield exports.billing()


# Every adapter that reads relations stands here with one line, and keeps the contract.
PLACES: Mapping[str, Place] = {
    "csv": csv_in,
    **{f"sql-{dialect}": partial(sql_on, dialect) for dialect in DIALECTS},
}


@pytest.fixture(scope="module", params=PLACES)
def of_relations(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Billing]:
    with PLACES[request.param](tmp_path_factory.mktemp("relations"), tables(people())) as billing:
        yield billing


class TestRelations(
    CustomersContract, DirectoryContract, FinanceContract, NotificationsContract, PhoneContract
):
    @pytest.fixture
    def billing(self, of_relations: Billing) -> Billing:
        return of_relations

    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE


class TestBooksApart(FinanceContract):
    """The money comes from a system of its own, which knows customers by their keys alone."""

    @pytest.fixture
    def billing(self, tmp_path: Path) -> Iterator[Billing]:
        names = ("ledger", "documents", "document_lines")
        with new_urls("sqlite", tmp_path) as new_url:
            url = new_url()
            write_typed_tables(url, {name: tables(people())[name] for name in names})
            relations = {name: name for name in names}
            yield connect({"url": url, "relations": relations}, adapter_context(only="finance"))

    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE


class TestExchangeApart(PhoneContract):
    """The calls come from a system of its own, which knows customers by their keys alone."""

    @pytest.fixture
    def billing(self, tmp_path: Path) -> Iterator[Billing]:
        with new_urls("sqlite", tmp_path) as new_url:
            url = new_url()
            write_typed_tables(url, {"calls": tables(people())["calls"]})
            yield connect({"url": url, "relations": {"calls": "calls"}}, adapter_context(only="phone"))

    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE


class TestMadeUpProvider(CustomersContract, DirectoryContract, FinanceContract, NotificationsContract):
    @pytest.fixture
    def billing(self, demo: tuple[Path, tuple[DemoLogin, ...]]) -> Billing:
        relations = {name: name for name in CANONICAL}
        return connect({"url": f"sqlite:///{demo[0]}", "relations": relations}, CONTEXT)

    @pytest.fixture(params=["10427", "10863", "20031", "20044"])
    def sample(self, request: pytest.FixtureRequest, demo: tuple[Path, tuple[DemoLogin, ...]]) -> Sample:
        pins = {login.customer_id: login.pin for login in demo[1]}
        return Sample(
            login=request.param,
            pin=pins[request.param],
            customer_id=request.param,
            other_customer_id="4213",
            empty_customer_id="12001",
            currencies=("PLN", "EUR"),
        )


def test_relations_say_the_same_as_memory(of_relations: Billing) -> None:
    memory = memory_billing(*people())
    for who in people():
        if who.entries:
            assert of_relations.customers.profile(who.id) == memory.customers.profile(who.id)
        assert finance(of_relations).terms(who.id) == finance(memory).terms(who.id)
        assert finance(of_relations).settlement(who.id) == finance(memory).settlement(who.id)
        assert whole_ledger(of_relations, who.id) == whole_ledger(memory, who.id)
        assert said_by_phone(of_relations, who.id) == said_by_phone(memory, who.id)
        pages = [finance(billing).documents(who.id, DocumentRequest()) for billing in (of_relations, memory)]
        assert pages[0].rows == pages[1].rows
        for document in pages[1].rows:
            details = [
                finance(billing).document_details(who.id, document.id) for billing in (of_relations, memory)
            ]
            assert details[0] == details[1]


def said_by_phone(billing: Billing, customer_id: str) -> tuple[object, ...]:
    assert billing.phone is not None
    request = CallRequest(date(2026, 1, 1), date(2026, 12, 31), limit=100)
    return billing.phone.usage(customer_id, request), billing.phone.calls(customer_id, request)


def test_the_directory_knows_whom_a_service_or_a_status_names(of_relations: Billing) -> None:
    memory, today = memory_billing(*people()), date(2026, 11, 24)
    for billing in (of_relations, memory):
        assert billing.directory is not None
        everybody = sorted(billing.directory.customers(on=today))
        assert everybody == ["1", "2", "3"]
        assert sorted(billing.directory.customers(on=today, status=CustomerStatus.ACTIVE)) == ["1", "2"]
        assert sorted(billing.directory.customers(on=today, service=" światło 600")) == ["1", "2"]
        assert list(billing.directory.customers(on=today, service="Telewizja")) == []
        there_live = {"polna, jasnowice": ["1", "2"], "ul. POLNA 2,": ["2"], "Polna, 43-999": ["1", "2"]}
        for place, there in {**there_live, "Pol": [], "Leśna": [], " , ": []}.items():
            assert sorted(billing.directory.customers(on=today, place=place)) == there, place
        assert [who.name for who in billing.directory.search("NOWAK")] == ["Anna Nowak"]
        assert [who.id for who in billing.directory.search("2")] == ["2"]
        assert billing.directory.search(" ") == ()

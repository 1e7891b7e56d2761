"""The contract over the adapter sql: a small billing on each kind of database, and the made-up provider.

Another adapter over relations plugs in here: a factory that takes `tables(people())` and gives a Billing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.billing import CONTEXT, finance, whole_ledger
from support.people import SAMPLE, people, tables
from support.places import DIALECTS, new_urls, write_typed_tables

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.domain.page import PageRequest
from wbok.relations import CANONICAL
from wbok.testing import CustomersContract, FinanceContract, Sample, memory_billing
from wbok_demo import DemoLogin


@pytest.fixture(scope="module", params=DIALECTS)
def on_a_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Billing]:
    with new_urls(request.param, tmp_path_factory.mktemp("sql")) as new_url:
        url = new_url()
        write_typed_tables(url, tables(people()))
        yield connect({"url": url, "relations": {name: name for name in CANONICAL}}, CONTEXT)


class TestSql(CustomersContract, FinanceContract):
    @pytest.fixture
    def billing(self, on_a_database: Billing) -> Billing:
        return on_a_database

    @pytest.fixture
    def sample(self) -> Sample:
        return SAMPLE


class TestMadeUpProvider(CustomersContract, FinanceContract):
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


def test_a_database_says_the_same_as_memory(on_a_database: Billing) -> None:
    memory = memory_billing(*people())
    for someone in people():
        if someone.entries:
            assert on_a_database.customers.profile(someone.id) == memory.customers.profile(someone.id)
        assert finance(on_a_database).terms(someone.id) == finance(memory).terms(someone.id)
        assert finance(on_a_database).settlement(someone.id) == finance(memory).settlement(someone.id)
        assert whole_ledger(on_a_database, someone.id) == whole_ledger(memory, someone.id)
        pages = [finance(billing).documents(someone.id, PageRequest()) for billing in (on_a_database, memory)]
        assert pages[0].rows == pages[1].rows

"""Two foreign billings, on every kind of database, served by their wbok.toml alone, keep the whole contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from foreign.fill import SCHEMAS, configuration, fill
from foreign.story import COMPANY, EMPTY, ODD, Move, events
from support.billing import CONTEXT, finance, whole_ledger
from support.places import DIALECTS, new_urls

from wbok.adapters.sql import connect
from wbok.billing import Billing
from wbok.billing.check import Severity
from wbok.domain.customer import Profile
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import Document
from wbok.domain.money import Money
from wbok.relations import CANONICAL
from wbok.testing import CustomersContract, DirectoryContract, FinanceContract, Sample

ROWS = 1700
TELEPHONE = {"phone_lines", "calls", "allowances"}
"""These two providers have none."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """`names` gives login, PIN and customer's id of the story's people in this schema."""

    billing: Billing
    names: Any


SENDS_NONE = {"notices", "consents"}
KEEPS_NO_PAPERS = {"document_payments", "document_files"}
"""What these two billings do not have."""


@pytest.fixture(scope="module", params=DIALECTS)
def foreign_billings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Foreign]]:
    with new_urls(request.param, tmp_path_factory.mktemp("foreign")) as new_url:
        yield {schema: _filled(new_url(), schema) for schema in SCHEMAS}


def _filled(url: str, schema: str) -> Foreign:
    fill(url, schema, ledger_rows=ROWS)
    return Foreign(connect(configuration(schema, url), CONTEXT), import_module(f"foreign.{schema}.rows"))


class TestForeign(CustomersContract, DirectoryContract, FinanceContract):
    @pytest.fixture(params=SCHEMAS)
    def foreign(self, request: pytest.FixtureRequest, foreign_billings: dict[str, Foreign]) -> Foreign:
        return foreign_billings[request.param]

    @pytest.fixture
    def billing(self, foreign: Foreign) -> Billing:
        return foreign.billing

    @pytest.fixture
    def sample(self, foreign: Foreign) -> Sample:
        names = foreign.names
        return Sample(
            login=names.login(ODD),
            pin=names.pin(ODD),
            customer_id=names.customer_id(ODD),
            other_customer_id=names.customer_id(COMPANY),
            empty_customer_id=names.customer_id(EMPTY),
            balance=Money(Decimal("-139.98")),
            others_words=("600000002", "klient2@example.pl", "U/2/2020"),
        )


@pytest.mark.parametrize("rows", [1700, 50_000])
def test_the_story_is_as_long_as_it_shall_be(rows: int) -> None:
    found = sum(isinstance(event, Move) for event in events(ledger_rows=rows))
    assert abs(found - rows) <= rows * 0.05


def test_a_foreign_ledger_is_the_story(foreign_billings: dict[str, Foreign]) -> None:
    told: dict[int, list[tuple[Any, ...]]] = {}
    for event in events(ledger_rows=ROWS):
        if isinstance(event, Move):
            told.setdefault(event.owner, []).append((event.moment.date(), event.grosze, event.text))
    assert len(told) >= 30
    assert sum(map(len, told.values())) >= 1500
    for foreign in foreign_billings.values():
        for number, moves in told.items():
            entries = whole_ledger(foreign.billing, foreign.names.customer_id(number), limit=50)[::-1]
            assert [(e.booked_on, e.amount.amount * 100, e.description) for e in entries] == moves


def test_the_check_finds_no_fault_in_a_foreign_billing(foreign_billings: dict[str, Foreign]) -> None:
    for foreign in foreign_billings.values():
        assert foreign.billing.check is not None
        checked = list(foreign.billing.check(show_values=True))
        wrong = [f for part in checked for f in part.findings if f.severity is not Severity.NOTE]
        # DECIMAL is floating point in SQLite.
        assert [f for f in wrong if not f.found.startswith("floating-point money")] == []
        assert {part.relation for part in checked} >= set(
            CANONICAL
        ) - TELEPHONE - SENDS_NONE - KEEPS_NO_PAPERS


def test_both_schemas_tell_the_same(foreign_billings: dict[str, Foreign]) -> None:
    for number in range(1, 37):
        profiles, papers = zip(
            *(_told(foreign, number) for foreign in foreign_billings.values()), strict=True
        )
        assert profiles[0] == profiles[1]
        assert papers[0] == papers[1]
        assert bool(papers[0]) == (number != EMPTY)


def _told(foreign: Foreign, number: int) -> tuple[Profile, list[Document]]:
    """Without the keys, and without what only one of them keeps."""
    customer_id = foreign.names.customer_id(number)
    profile = foreign.billing.customers.profile(customer_id)
    documents = finance(foreign.billing).documents(customer_id, DocumentRequest(limit=100)).rows
    bare = replace(
        profile,
        customer=replace(profile.customer, id="", seller_id=None),
        contracts=tuple(replace(c, id="") for c in profile.contracts),
        services=tuple(replace(s, id="", valid_from=None) for s in profile.services),
        devices=tuple(replace(d, online=None) for d in profile.devices),
    )
    return bare, [replace(d, id="", corrects_id=None, by_balance=False) for d in documents]

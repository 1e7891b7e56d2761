"""Lines, documents, ledger, statements and balances agree to the grosz, wherever the books lie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.billing import CONTEXT, finance
from support.books import Books, check_books, written_books
from support.places import DIALECTS
from support.rounds import part_of

from wbok.adapters import csv, sql
from wbok.billing import Billing

CUSTOMERS = part_of(60)
CONNECT = {"csv": csv.connect, "sql": sql.connect}


@pytest.fixture(scope="module", params=("csv", *DIALECTS))
def billing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Billing]:
    books = Books(20261123, customers=CUSTOMERS)
    folder = tmp_path_factory.mktemp("books")
    with written_books(request.param, folder, books, customers=CUSTOMERS) as config:
        yield CONNECT[config.pop("adapter")](config, CONTEXT)


def test_all_sums_agree_to_the_grosz(billing: Billing) -> None:
    for customer in range(1, CUSTOMERS + 1):
        check_books(finance(billing), str(customer))

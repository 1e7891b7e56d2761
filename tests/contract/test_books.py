"""Lines, documents, ledger, statements and balances agree to the grosz, wherever the books lie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.billing import CONTEXT, finance, people
from support.books import Books, check_books
from support.exports import Exports, write_csv
from support.places import DIALECTS, new_urls, write_typed_tables
from support.rounds import part_of

from wbok.adapters.sql import connect
from wbok.billing import Billing

CUSTOMERS = part_of(60)


@pytest.fixture(scope="module", params=("csv", *DIALECTS))
def billing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Billing]:
    tables = people(CUSTOMERS) | Books(20261123, customers=CUSTOMERS).rows
    folder = tmp_path_factory.mktemp("books")
    if request.param == "csv":
        exports = Exports(folder, **{name: f"{name}.csv" for name in tables})
        exports.folder.mkdir()
        for name, rows in tables.items():
            write_csv(exports.folder / f"{name}.csv", rows)
        exports.take_in()
        yield exports.billing()
        return
    with new_urls(request.param, folder) as new_url:
        url = new_url()
        write_typed_tables(url, tables)
        yield connect({"url": url, "relations": {name: name for name in tables}}, CONTEXT)


def test_all_sums_agree_to_the_grosz(billing: Billing) -> None:
    for customer in range(1, CUSTOMERS + 1):
        check_books(finance(billing), str(customer))

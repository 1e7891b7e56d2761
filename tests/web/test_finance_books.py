"""Made-up books with corrections, several rates and currencies: page, PDF, CSV and database agree."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from support.books import PIN, Books, check_document_pages, check_statement_pages, written_books
from support.clock import HandClock
from support.places import DIALECTS
from support.rounds import part_of
from support.scene import make_scene, make_settings

CUSTOMERS = part_of(24)
A_CUSTOMERS_DOCUMENTS = part_of(6)


@pytest.mark.parametrize("place", ["csv", *DIALECTS])
def test_page_table_paper_and_database_agree_to_the_grosz(
    place: str, tmp_path: Path, clock: HandClock
) -> None:
    books = Books(20261124, customers=CUSTOMERS)
    with written_books(place, tmp_path, books, customers=CUSTOMERS) as billing:
        scene = make_scene(make_settings(tmp_path, billing), clock=clock)
        for customer in range(1, CUSTOMERS + 1):
            visitor = scene.customer(str(customer), PIN)
            closings: dict[str, Decimal] = defaultdict(Decimal)
            for entry in books.rows["ledger"]:
                if entry["customer_id"] == customer:
                    closings[entry["currency"]] += entry["amount"]
            check_statement_pages(visitor, closings)
            documents = [row for row in books.rows["documents"] if row["customer_id"] == customer]
            assert documents
            for document in documents[:A_CUSTOMERS_DOCUMENTS]:
                papers = check_document_pages(
                    visitor, document["id"], number=document["number"], gross=document["gross"]
                )
                assert papers == 1

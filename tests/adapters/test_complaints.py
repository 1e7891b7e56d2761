"""What a driver says goes into the log only when it can hold no value of a customer's."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest
from support.billing import CONTEXT, Make, entry, finance, people, write_tables

from wbok.adapters.sql import connect
from wbok.domain.finance import LedgerRequest
from wbok.errors import NotFound, Unavailable

TEXTS = {"customers": {"table": "customers", "types": {"id": "text"}}}


def test_text_of_another_alphabet_is_said_without_the_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write_tables(tmp_path / "billing.sqlite", **people(1))
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE customers SET name = CAST(X'4A616E204D6961B3' AS TEXT)")
        database.execute("UPDATE credentials SET pin = CAST(X'34383135B3' AS TEXT)")
    database.close()
    relations = {name: name for name in ("customers", "credentials")}
    billing = connect({"url": f"sqlite:///{path}", "relations": relations}, CONTEXT)
    with caplog.at_level(logging.DEBUG):
        for ask in (lambda: billing.customers.customer("1"), lambda: billing.customers.credentials("1")):
            with pytest.raises(Unavailable, match=r"Could not decode to UTF-8 column '(name|pin)'$"):
                ask()
    assert "Jan" not in caplog.text
    assert "4815" not in caplog.text


def test_a_value_that_cannot_be_a_number_is_not_in_the_log(
    make_anywhere: Make, caplog: pytest.LogCaptureFixture
) -> None:
    columns = "id, customer_id, CAST(description AS DATE) AS booked_on, amount, description"
    billing = make_anywhere(
        {"ledger": {"select": f"SELECT {columns} FROM moves"}},
        moves=[entry(1, 1, -1) | {"description": "tajny opis"}],
    )
    with pytest.raises(Unavailable):
        finance(billing).ledger("1", LedgerRequest())
    assert "tajny" not in caplog.text


@pytest.mark.parametrize("key", ["\N{FOX FACE}", "ж", "x" * 255])
def test_a_key_that_the_column_cannot_hold_belongs_to_nobody(make_anywhere: Make, key: str) -> None:
    billing = make_anywhere(
        TEXTS,
        customers=[{"id": "7", "name": "x"}],
        credentials=[{"login": "7", "customer_id": "7", "pin": "1"}],
    )
    with pytest.raises(NotFound):
        billing.customers.customer(key)
    assert billing.customers.credentials(key) == ()

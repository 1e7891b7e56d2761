"""Keys in `CHAR(n)`, which PostgreSQL fills up with blanks: read as the documents say."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.billing import CONTEXT
from support.places import DIALECTS, engine_of, new_urls

from wbok.adapters.sql import connect

TABLES = (
    "CREATE TABLE abonenci (kod CHAR(8), nazwa VARCHAR(20))",
    "CREATE TABLE hasla (nr CHAR(8), kod CHAR(8), pin CHAR(8))",
    "INSERT INTO abonenci VALUES ('ab', 'mały'), ('AB', 'DUŻY')",
    "INSERT INTO hasla VALUES ('1', 'ab', '4711'), ('2', 'AB', '4712')",
)
TEXT = {"sqlite": "TEXT", "postgresql": "TEXT", "mysql": "CHAR"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_keys_that_are_filled_up_with_blanks_are_cast(tmp_path: Path, dialect: str) -> None:
    nr, kod = (f"CAST({name} AS {TEXT[dialect]})" for name in ("nr", "kod"))
    people = {"select": f"SELECT {kod} AS id, nazwa AS name FROM abonenci", "types": {"id": "text"}}
    logins = {"select": f"SELECT {nr} AS login, {kod} AS customer_id, pin FROM hasla"}
    relations = {"customers": people, "credentials": logins}
    with new_urls(dialect, tmp_path) as new_url:
        url = new_url()
        engine = engine_of(url)
        with engine.begin() as connection:
            for statement in TABLES:
                connection.exec_driver_sql(statement)
        customers = connect({"url": url, "relations": relations}, CONTEXT).customers
        found = [customers.credentials(login)[0] for login in "12"]
        assert [(c.customer_id, c.pin) for c in found] == [("ab", "4711"), ("AB", "4712")]
        assert [customers.customer(c.customer_id).name for c in found] == ["mały", "DUŻY"]
        engine.dispose()

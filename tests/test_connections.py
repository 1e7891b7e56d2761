"""One capability can come from another system than the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest
from support.billing import entry, finance, people, whole_ledger, write_tables
from support.scene import make_settings, sql_billing

from wbok import connections
from wbok.billing import Billing
from wbok.connections import connect_billing
from wbok.domain.money import Money
from wbok.errors import ConfigError
from wbok.testing.sample import PINS

InstallAdapter = Callable[[str], str]


@pytest.fixture
def adapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InstallAdapter:
    """Installs a module with `connect` as an adapter, and gives its name."""
    monkeypatch.syspath_prepend(tmp_path)
    name = f"stranger_{tmp_path.name.replace('-', '_')}"

    def install(source: str) -> str:
        (tmp_path / f"{name}.py").write_text(source)
        found = [
            *entry_points(group=connections.GROUP),
            EntryPoint(name, f"{name}:connect", connections.GROUP),
        ]
        monkeypatch.setattr(connections, "entry_points", lambda *, group: found)
        return name

    return install


def connected(folder: Path, section: dict[str, Any]) -> Billing:
    if not (folder / "people.sqlite").exists():
        write_tables(folder / "people.sqlite", **people(2))
    billing = sql_billing(folder / "people.sqlite", ["customers", "credentials"], finance=section)
    return connect_billing(make_settings(folder, billing), PINS)


def fault(folder: Path, section: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        connected(folder, section)
    return str(caught.value)


def test_finance_comes_from_the_accounting_and_customers_from_the_billing(tmp_path: Path) -> None:
    sellers = [{"id": 1, "name": "Światłonet"}]
    books = write_tables(tmp_path / "books.sqlite", ledger=[entry(1, 2, -30)], sellers=sellers)
    billing = connected(tmp_path, sql_billing(books, ["ledger", "sellers"]))
    assert billing.customers.customer("2").name == "Klient 2"
    assert [e.amount for e in whole_ledger(billing, "2")] == [Money(Decimal(-30))]
    assert whole_ledger(billing, "1") == []
    seller = finance(billing).terms("2").seller
    assert seller is not None
    assert seller.name == "Światłonet"


def test_text_keys_are_declared_where_the_customers_are_elsewhere(tmp_path: Path) -> None:
    books = write_tables(tmp_path / "books.sqlite", ledger=[entry(1, "ab", -1), entry(2, "AB", -2)])
    ledger = {"ledger": {"table": "ledger", "types": {"customer_id": "text"}}}
    billing = connected(tmp_path, sql_billing(books, []) | {"relations": ledger})
    assert [e.id for e in whole_ledger(billing, "ab")] == ["1"]


def test_faults_name_the_section(tmp_path: Path) -> None:
    assert fault(tmp_path, {"adapter": "abacus"}).startswith("billing.finance.adapter: no installed package")
    assert fault(tmp_path, {"adapter": "sql"}).startswith("billing.finance.url is missing.")
    assert (
        fault(tmp_path, sql_billing(tmp_path / "x", ["sellers"]))
        == "billing.finance.relations.ledger is missing: without it there is no Finanse."
    )
    assert fault(tmp_path, sql_billing(tmp_path / "x", ["cash"])).startswith(
        "billing.finance.relations.cash:"
    )


def test_a_page_holds_both_systems(tmp_path: Path) -> None:
    held: list[str] = []

    def reading(name: str) -> Any:
        @contextmanager
        def hold() -> Iterator[None]:
            held.append(f"{name} held")
            yield
            held.append(f"{name} let go")

        return hold

    books = write_tables(tmp_path / "books.sqlite", ledger=[entry(1, 2, -30)])
    one = replace(connected(tmp_path, sql_billing(books, ["ledger"])), reading=reading("billing"))
    both = connections.with_capability(one, replace(one, reading=reading("books")), "finance")
    with both.reading():
        held.append("page")
    assert held == ["billing held", "books held", "page", "books let go", "billing let go"]


def test_marks_are_told_to_the_system_that_the_notices_are_from(tmp_path: Path) -> None:
    lms = {
        "adapter": "lms",
        "url": "postgresql://a@127.0.0.1:1/lms",
        "write_url": "postgresql://b@127.0.0.1:1/lms",
    }
    notice = {
        "id": 1,
        "customer_id": 1,
        "kind": "service",
        "title": "t",
        "body": "b",
        "sent_at": "2026-11-01 10:00:00",
    }
    file = write_tables(tmp_path / "billing.sqlite", **people(2), notices=[notice])
    sql = sql_billing(file, ["customers", "credentials", "notices"])

    def connected_as(billing: dict[str, Any]) -> Billing:
        return connect_billing(make_settings(tmp_path, billing), PINS)

    assert connected_as(lms).read_marks is not None
    assert connected_as({**lms, "notifications": sql}).read_marks is None
    assert connected_as({**sql, "notifications": lms}).read_marks is not None
    assert connected_as({**sql, "phone": lms}).read_marks is None


USAGE = """
from wbok.api import Billing, sql_billing
from dataclasses import replace

def connect(config, context):
    own = {k: v for k, v in config.items() if k not in ("usage", "relations")}
    billing = sql_billing(own, context, relations=config["relations"])
    return replace(billing, extras={"usage": config["usage"]})
"""


def test_a_capability_of_others_can_come_from_another_system_too(
    tmp_path: Path, adapter: InstallAdapter
) -> None:
    name = adapter(USAGE)
    write_tables(tmp_path / "people.sqlite", **people(2))
    own = sql_billing(tmp_path / "people.sqlite", ["customers", "credentials"])
    elsewhere = {**own, "adapter": name, "usage": "a source"}
    billing = connect_billing(make_settings(tmp_path, {**own, "usage": elsewhere}), PINS)
    assert billing.has("usage")
    assert billing.extras["usage"] == "a source"
    assert not billing.has("weather")
    with pytest.raises(ConfigError, match=r"billing\.weather: what is configured there has no weather"):
        connect_billing(make_settings(tmp_path, {**own, "weather": elsewhere}), PINS)


def test_relations_named_in_both_places_are_refused(tmp_path: Path, adapter: InstallAdapter) -> None:
    source = USAGE.replace('not in ("usage", "relations")', '!= "usage"')
    section = {**sql_billing(tmp_path / "x", ["customers"]), "adapter": adapter(source)}
    with pytest.raises(ConfigError, match=r"billing\.relations: this adapter names its relations itself"):
        connect_billing(make_settings(tmp_path, section), PINS)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('WBOK_API = "7.0"\ndef connect(config, context): ...', "was written for version 7.0 of wbok.api"),
        ("def connect(config, context): ...", r"found NoneType from connect\(\) of .*, expected a Billing"),
        ("1 / 0", "cannot be imported: ZeroDivisionError"),
    ],
)
def test_an_adapter_that_does_not_fit_stops_the_start(
    tmp_path: Path, adapter: InstallAdapter, source: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        connect_billing(make_settings(tmp_path, {"adapter": adapter(source)}), PINS)
    assert str(caught.value).startswith("billing.adapter: ")

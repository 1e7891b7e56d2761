"""Real database servers are stopped and started, slow, or change their password, under a running panel.

What the customer sees is a page in words, nothing is counted on him, and nobody has to restart the panel.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from support.billing import entry, people, write_tables
from support.browsing import Browsing
from support.own_server import OwnServer, own_server
from support.places import write_typed_tables
from support.server import free_port, serve

from wbok.cli.installation import write_keys
from wbok.store import Store

KINDS = ("postgresql", "mysql")
PASSWORD = "tajne-haslo-bazy"
HALINA = "Halina Brzozowska"
LOCK = {"postgresql": "LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE", "mysql": "LOCK TABLES ledger WRITE"}
KICK_OUT = {
    "postgresql": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'",
    "mysql": "KILL USER reader",
}
CONFIG = """
[panel]
name = "Światłonet"
[office]
name = "Światłonet"
phone = "32 012 34 56"
hours = {{ pl = "8-16" }}
address = "ul. Świetlana 7"
[web]
bind = "127.0.0.1:{port}"
https = false
workers = 1
[store]
url = "{store}"
[keys]
session_file = "keys/session"
pin_file = "keys/pin"
[billing]
adapter = "sql"
url = "{billing}"
timeout_seconds = 1
[billing.relations]
customers = "customers"
credentials = "credentials"
ledger = "ledger"
"""


@dataclass(frozen=True)
class Place:
    """A panel that runs while its database server comes and goes."""

    server: OwnServer
    address: str
    log: Path

    def visitor(self) -> Browsing:
        return Browsing(self.address)

    def customer(self) -> Browsing:
        browsing = self.visitor()
        assert browsing.log_in("1", "4711").is_at("/info/")
        return browsing


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    with own_server(request.param) as running:
        yield running


@pytest.fixture
def on_billing(server: OwnServer, tmp_path: Path) -> Iterator[Place]:
    """The billing is on the server, read by somebody who has a password and may only read."""
    _, create, grant = _reader(server)
    server.run("CREATE DATABASE billing", create)
    write_typed_tables(_url(server, "billing"), _tables())
    _in_billing(server, grant)
    reader = make_url(_url(server, "billing")).set(username="reader", password=PASSWORD)
    store = f"sqlite:///{tmp_path / 'panel' / 'store.sqlite'}"
    with _running(
        tmp_path, server, store=store, billing=reader.render_as_string(hide_password=False)
    ) as place:
        yield place


@pytest.fixture
def on_store(server: OwnServer, tmp_path: Path) -> Iterator[Place]:
    server.run("CREATE DATABASE store")
    store = Store(_url(server, "store"))
    store.upgrade()
    store.engine.dispose()
    write_tables(tmp_path / "billing.sqlite", **_tables())
    billing = f"sqlite:///{tmp_path / 'billing.sqlite'}"
    with _running(tmp_path, server, store=_url(server, "store"), billing=billing) as place:
        yield place


def test_a_billing_that_stops_is_said_and_needs_no_restart_of_the_panel(on_billing: Place) -> None:
    customer = on_billing.customer()
    assert customer.get("/finance/").status == 200
    on_billing.server.stop(signal.SIGKILL)
    for path in ("/info/", "/finance/", "/finance/ledger"):
        gone = customer.get(path)
        assert (gone.status, "Dane są chwilowo niedostępne" in gone.text) == (503, True)
        assert "Wyloguj" in gone.text
    for _ in range(5):
        late = on_billing.visitor().log_in("1", "9999")
        assert (late.status, "Logowanie jest chwilowo niemożliwe" in late.text) == (503, True)
    on_billing.server.start()
    assert HALINA in customer.get("/info/").text
    assert "Zostały 2 próby" in on_billing.visitor().log_in("1", "9999").text
    on_billing.customer()
    assert_log_names_the_fault(on_billing)


def test_connections_that_died_unseen_cost_nobody_a_page(on_billing: Place) -> None:
    customer = on_billing.customer()
    on_billing.server.stop(signal.SIGKILL)
    on_billing.server.start()
    assert HALINA in customer.get("/info/").text


def test_a_billing_that_is_too_slow_is_given_up(on_billing: Place) -> None:
    customer = on_billing.customer()
    engine = create_engine(_url(on_billing.server, "billing"))
    with engine.connect() as other:
        other.exec_driver_sql(LOCK[engine.dialect.name])
        slow = customer.get("/finance/")
        assert (slow.status, "Dane są chwilowo niedostępne" in slow.text) == (503, True)
        page = customer.get("/info/")
        assert page.status == 200
        assert HALINA in page.text
        assert "Ta część jest chwilowo niedostępna" in page.text
    engine.dispose()
    assert customer.get("/finance/").status == 200
    assert_log_names_the_fault(on_billing)


def test_a_billing_that_says_nothing_at_all_is_given_up(on_billing: Place) -> None:
    customer = on_billing.customer()
    with on_billing.server.silent():
        gone = customer.get("/info/")
        assert (gone.status, "Dane są chwilowo niedostępne" in gone.text) == (503, True)
    assert HALINA in customer.get("/info/").text
    assert_log_names_the_fault(on_billing)


def test_a_changed_password_is_said_in_the_log_and_works_when_it_is_put_right(on_billing: Place) -> None:
    change, _, _ = _reader(on_billing.server)
    customer = on_billing.customer()
    on_billing.server.run(change.format(password="nowe"))
    on_billing.server.run(KICK_OUT[_kind(on_billing.server)])
    assert customer.get("/info/").status == 503
    log = on_billing.log.read_text()
    assert "reader" in log
    assert "nowe" not in log
    on_billing.server.run(change.format(password=PASSWORD))
    assert HALINA in customer.get("/info/").text
    assert_log_names_the_fault(on_billing)


def test_a_store_that_stops_is_said_and_everybody_is_still_logged_in_when_it_comes(on_store: Place) -> None:
    customer = on_store.customer()
    on_store.server.stop(signal.SIGKILL)
    gone = customer.get("/info/")
    assert (gone.status, "Dane są chwilowo niedostępne" in gone.text) == (503, True)
    assert HALINA not in gone.text
    assert on_store.visitor().get("/readyz").status == 503
    assert on_store.visitor().log_in("1", "9999").status == 503
    on_store.server.start()
    assert HALINA in customer.get("/info/").text
    assert on_store.visitor().get("/readyz").status == 200
    assert "Zostały 2 próby" in on_store.visitor().log_in("1", "9999").text
    assert_log_names_the_fault(on_store)


def assert_log_names_the_fault(place: Place) -> None:
    """In words, for the administrator, and without a customer's data or a password."""
    log = place.log.read_text()
    assert "unavailable" in log
    assert "Traceback" not in log
    for secret in (HALINA, "4711", "9999", PASSWORD):
        assert secret not in log


def _tables() -> dict[str, list[dict[str, object]]]:
    tables = people(3)
    tables["customers"][0]["name"] = HALINA
    return {**tables, "ledger": [entry(i, 1, -10) for i in range(30)]}


def _url(server: OwnServer, database: str) -> str:
    return make_url(server.admin_url).set(database=database).render_as_string(hide_password=False)


def _reader(server: OwnServer) -> tuple[str, str, str]:
    """The statements that change the reader's password, make him, and let him read."""
    if _kind(server) == "postgresql":
        return (
            "ALTER ROLE reader PASSWORD '{password}'",
            f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
        )
    return (
        "ALTER USER reader IDENTIFIED BY '{password}'",
        f"CREATE USER reader IDENTIFIED BY '{PASSWORD}'",
        "GRANT SELECT ON billing.* TO reader",
    )


def _in_billing(server: OwnServer, statement: str) -> None:
    engine = create_engine(_url(server, "billing"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _kind(server: OwnServer) -> str:
    return make_url(server.admin_url).get_backend_name()


@contextmanager
def _running(folder: Path, server: OwnServer, *, store: str, billing: str) -> Iterator[Place]:
    home, port, log = folder / "panel", free_port(), folder / "log"
    home.mkdir()
    write_keys(home)
    config = home / "wbok.toml"
    config.write_text(CONFIG.format(port=port, store=store, billing=billing))
    if store.startswith("sqlite"):
        Store(store).upgrade()
    address = f"http://127.0.0.1:{port}"
    with serve(config, address=address, log=log):
        yield Place(server, address, log)

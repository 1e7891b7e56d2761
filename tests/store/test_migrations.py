"""The store's tables come from migrations alone, alike on every kind of database."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, insert
from support.clock import HandClock
from support.places import engine_of, new_urls

from wbok.errors import StoreUnavailable
from wbok.store import Store
from wbok.store.hashes import key_hash
from wbok.store.inbox import Inbox
from wbok.store.sessions import Sessions
from wbok.store.tables import metadata
from wbok.store.visits import Visits


def test_migrations_make_the_tables_that_the_code_names(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_store_is_not_current_until_it_is_upgraded(empty_store_url: str) -> None:
    store = Store(empty_store_url)
    assert not store.is_current()
    store.upgrade()
    store.upgrade()
    assert store.is_current()


def test_messages_keep_their_recipients_through_the_upgrades(empty_store_url: str, clock: HandClock) -> None:
    store = Store(empty_store_url)
    store.upgrade("0004")
    message = message_of(clock) | {"id": "m1", "title": "Przerwa", "urgent": False}
    recipient = {"customer_hash": key_hash("7"), "message_id": "m1"}
    with store.writing() as connection:
        for name, row in (("messages", message), ("message_recipients", recipient)):
            insert_into(connection, name, row)
    store.upgrade()
    inbox = Inbox(store, clock=clock)
    had = [inbox.page(customer, since=clock() - timedelta(days=1), limit=5) for customer in "78"]
    assert [[one.title for one in page] for page in had] == [["Przerwa"], []]


def test_what_was_read_and_what_is_urgent_stay_so_through_the_upgrades(
    empty_store_url: str, clock: HandClock
) -> None:
    store, message, mine = Store(empty_store_url), message_of(clock), key_hash("7")
    store.upgrade("0010")
    moments = {"sent_at": message["sent_at"], "read_at": message["sent_at"]}
    mark = {"customer_hash": mine, "message_id": "read", "origin": "P", **moments}
    with store.writing() as connection:
        for name in ("unread", "read", "urgent"):
            row = message | {"id": name, "delivery_id": f"of {name}", "urgent": name == "urgent"}
            insert_into(connection, "messages", row)
        for delivery in ("of unread", "of read", "of urgent", "of what was cut off"):
            for customer in (mine, key_hash("8")):
                row = {"customer_hash": customer, "delivery_id": delivery}
                insert_into(connection, "message_recipients", row)
        insert_into(connection, "message_marks", mark)
    store.upgrade()
    visits, sessions = visits_of(store, clock)
    found = {}
    for customer in "78":
        token = sessions.start(customer_id=customer, customer_name="x", address="10.0.0.1")
        visit = visits.find(token)
        assert visit is not None
        found[customer] = {headline.id for headline in visit.signals.headlines}
    assert found == {"7": {"unread", "urgent"}, "8": {"unread", "read", "urgent"}}


def message_of(clock: HandClock) -> dict[str, Any]:
    sent_at = int(clock().timestamp())
    message = {"kind": "service", "title": "x", "body": "", "to_all": False}
    return message | {"sent_at": sent_at, "valid_from": sent_at}


def insert_into(connection: Connection, table: str, row: dict[str, Any]) -> None:
    connection.execute(insert(Table(table, MetaData(), autoload_with=connection)), row)


def visits_of(store: Store, clock: HandClock) -> tuple[Visits, Sessions]:
    sessions = Sessions(store, clock=clock, idle=timedelta(minutes=30), absolute=timedelta(hours=12))
    return Visits(store, sessions, clock=clock), sessions


def test_customers_whose_ids_differ_by_case_share_no_session(store: Store, clock: HandClock) -> None:
    _, sessions = visits_of(store, clock)
    for customer_id in ("ab", "AB", "ab "):
        sessions.start(customer_id=customer_id, customer_name="Żaneta 🦊", address="10.0.0.1")
    for customer_id in ("ab", "AB", "ab "):
        assert [s.customer_id for s in sessions.of(customer_id)] == [customer_id]


def test_two_upgrades_at_once_are_one(empty_store_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=upgrade, args=(empty_store_url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert Store(empty_store_url).is_current()


def upgrade(empty_store_url: str) -> None:
    Store(empty_store_url).upgrade()


def test_half_an_upgrade_is_said_in_words(tmp_path: Path) -> None:
    with new_urls("mysql", tmp_path) as new_url:
        url = new_url()
        with engine_of(url).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE login_guard (x INTEGER)")
        with pytest.raises(StoreUnavailable, match="an earlier upgrade was cut off halfway"):
            Store(url).upgrade()

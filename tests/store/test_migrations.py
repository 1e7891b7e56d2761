"""The store's tables come from migrations alone, alike on every kind of database."""

from __future__ import annotations

from datetime import timedelta

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from support.clock import HandClock

from wbok.store import Store
from wbok.store.sessions import Sessions
from wbok.store.tables import metadata


def test_migrations_make_the_tables_that_the_code_names(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_store_is_not_current_until_it_is_upgraded(store_url: str) -> None:
    store = Store(store_url)
    assert not store.is_current()
    store.upgrade()
    store.upgrade()
    assert store.is_current()


def test_customers_whose_ids_differ_by_case_share_no_session(store: Store, clock: HandClock) -> None:
    sessions = Sessions(store, clock=clock, idle=timedelta(minutes=30), absolute=timedelta(hours=12))
    for customer_id in ("ab", "AB", "ab "):
        sessions.start(customer_id=customer_id, customer_name="Żaneta 🦊", address="10.0.0.1")
    for customer_id in ("ab", "AB", "ab "):
        assert [s.customer_id for s in sessions.of(customer_id)] == [customer_id]

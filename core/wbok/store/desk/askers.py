"""Who opens a ticket waits for his own other one: otherwise eight at once would all find room below the limit."""

from __future__ import annotations

from sqlalchemy import exc, insert, select
from sqlalchemy.engine import Connection

from wbok.store.database import Store
from wbok.store.desk.tables import askers
from wbok.store.hashes import key_hash


def know_asker(store: Store, customer_id: str) -> None:
    """In a transaction of its own: MariaDB keeps a lock on a row that could not be written twice."""
    hashed = key_hash(customer_id)
    with store.reading() as connection:
        if connection.execute(select(askers).where(askers.c.customer_hash == hashed)).first():
            return
    try:
        with store.writing() as connection:
            connection.execute(insert(askers).values(customer_hash=hashed))
    except exc.IntegrityError:
        return


def hold_asker(connection: Connection, customer_id: str) -> None:
    mine = select(askers).where(askers.c.customer_hash == key_hash(customer_id))
    connection.execute(mine.with_for_update()).first()

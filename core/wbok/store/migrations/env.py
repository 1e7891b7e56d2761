"""Runs the migrations on the connection that `Store.upgrade` hands over."""

from alembic import context

import wbok.store.desk.tables
import wbok.store.outbox_tables  # noqa: F401 (tables of both stand in the same metadata)
from wbok.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

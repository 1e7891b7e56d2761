"""Runs the migrations on the connection that `Store.upgrade` hands over."""

from alembic import context

from wbok.store.desk.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

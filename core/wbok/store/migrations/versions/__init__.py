"""Alembic migrations of the store, run by `wbok db upgrade`."""

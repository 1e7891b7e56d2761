"""What an account sees of the database, by its catalogue: tables, columns, and what it may do with each."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text

from wbok.adapters.sql.database import Database

Rights = frozenset[str]
Seen = Mapping[str, Mapping[str, Rights]]
"""By table and column: which of `select`, `insert`, `update` the account may.

PostgreSQL also tells of tables that it may do nothing with, MariaDB keeps silent about them."""

PATH = text("SELECT current_setting('search_path'), current_user")
POSTGRESQL = text(
    "SELECT c.relname, a.attname,"
    " has_schema_privilege(n.oid, 'USAGE'),"
    " has_column_privilege(c.oid, a.attnum, 'SELECT'),"
    " has_column_privilege(c.oid, a.attnum, 'INSERT'),"
    " has_column_privilege(c.oid, a.attnum, 'UPDATE')"
    " FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
    " WHERE n.nspname = ANY(:schemas) AND c.relkind IN ('r', 'v', 'm', 'p', 'f')"
    " AND a.attnum > 0 AND NOT a.attisdropped"
)
MYSQL = text(
    "SELECT table_name, column_name, privileges FROM information_schema.columns WHERE table_schema = database()"
)
RIGHTS = ("select", "insert", "update")


def seen_by(database: Database) -> Seen:
    """Raises Unavailable."""
    return _in_postgresql(database) if database.dialect == "postgresql" else _in_mysql(database)


def _in_postgresql(database: Database) -> Seen:
    path, user = database.rows(PATH, {})[0]
    schemas = [part.strip().strip('"').replace("$user", user) for part in str(path).split(",")]
    seen: dict[str, dict[str, Rights]] = {}
    for table, column, may_enter, *may in database.rows(POSTGRESQL, {"schemas": schemas}):
        rights = [right for right, is_given in zip(RIGHTS, may, strict=True) if is_given and may_enter]
        seen.setdefault(table, {})[column] = frozenset(rights)
    return seen


def _in_mysql(database: Database) -> Seen:
    seen: dict[str, dict[str, Rights]] = {}
    for table, column, privileges in database.rows(MYSQL, {}):
        given = str(privileges).lower().split(",")
        seen.setdefault(str(table), {})[str(column)] = frozenset(given).intersection(RIGHTS)
    return seen

"""Users of a database server that a test may take rights and passwords from; gone after it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from support.places import SERVERS


@dataclass(frozen=True)
class Account:
    """`url` is the given one with this user; `engine` is the administrator's."""

    name: str
    url: str
    engine: Engine
    place: str

    def run(self, sql: str) -> None:
        """`{user}` and `{place}` (the schema or database) are filled in."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql(sql.format(user=self.user, place=self.place))

    @property
    def user(self) -> str:
        return self.name if self.engine.dialect.name == "postgresql" else f"'{self.name}'@'127.0.0.1'"

    def disconnect(self) -> None:
        """Ends the user's connections, as a server that restarts does."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql(
                    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{self.name}'"
                )
                return
            for row in connection.exec_driver_sql("SHOW PROCESSLIST").all():
                if row[1] == self.name:
                    connection.exec_driver_sql(f"KILL {row[0]}")


@contextmanager
def reading_account(url: str) -> Iterator[Account]:
    """A user who may read all of that database and nothing else. Not for SQLite, which has no users."""
    parsed = make_url(url)
    dialect = parsed.get_backend_name()
    engine = create_engine(SERVERS[dialect], isolation_level="AUTOCOMMIT")
    name = f"wbok_{secrets.token_hex(4)}"
    is_postgresql = dialect == "postgresql"
    place = str(parsed.query["options"]).partition("=")[2] if is_postgresql else str(parsed.database)
    own_url = parsed.set(username=name, password="old")
    account = Account(name, own_url.render_as_string(hide_password=False), engine, place)
    account.run("CREATE USER {user}" + (" PASSWORD 'old'" if is_postgresql else " IDENTIFIED BY 'old'"))
    if is_postgresql:
        account.run("GRANT USAGE ON SCHEMA {place} TO {user}")
        account.run("GRANT SELECT ON ALL TABLES IN SCHEMA {place} TO {user}")
    else:
        account.run("GRANT SELECT ON {place}.* TO {user}")
    try:
        yield account
    finally:
        if is_postgresql:
            account.run("DROP OWNED BY {user}; DROP USER {user}")
        else:
            account.run("DROP USER IF EXISTS {user}")
        engine.dispose()

"""Database addresses of the configuration: which databases there are, and which driver speaks to each.

SQLite comes with Python; PostgreSQL and MariaDB (MySQL) need an extra: `pip install wbok[postgres]`, `wbok[mysql]`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.engine.interfaces import IsolationLevel

from wbok.errors import ConfigError

EXAMPLES = '"sqlite:////srv/wbok/file.sqlite", "postgresql://user:password@host/name", "mysql://user:password@host/name"'
CONNECT_SECONDS = 3
MAX_CONNECTIONS = 70
RECYCLE_SECONDS = 1800
DRIVER_ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    # Prepared statements outlive their server connection behind a pooler like PgBouncer.
    "postgresql": {"prepare_threshold": None, "client_encoding": "utf8"},
    "mysql": {"charset": "utf8mb4"},
}


@dataclass(frozen=True, slots=True)
class Driver:
    """`name` as SQLAlchemy calls dialect and driver; `module` is what must be installed, `extra` what brings it.

    `options` may stand behind the address: `?sslmode=require`. Whatever else the driver knows is ours to set.
    """

    name: str
    module: str
    extra: str | None = None
    options: frozenset[str] = frozenset()


POSTGRESQL = frozenset(
    {"application_name", "host", "options", "sslcert", "sslkey", "sslmode", "sslrootcert", "service"}
)
MYSQL = frozenset(
    {"charset", "ssl_ca", "ssl_cert", "ssl_key", "ssl_disabled", "ssl_verify_cert", "ssl_verify_identity"}
    | {"unix_socket"}
)
DRIVERS: Mapping[str, Driver] = {
    "sqlite": Driver("sqlite", "sqlite3"),
    "postgresql": Driver("postgresql+psycopg", "psycopg", "postgres", POSTGRESQL),
    "mysql": Driver("mysql+pymysql", "pymysql", "mysql", MYSQL),
    "mariadb": Driver("mysql+pymysql", "pymysql", "mysql", MYSQL),
}


def database_url(text: str, *, where: str) -> URL:
    """The address with the driver that we use. `where` is the setting's name. Raises ConfigError."""
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):
        raise ConfigError(f"{where} is not a database address. Write it like {EXAMPLES}.") from None
    backend, _, named = url.drivername.partition("+")
    driver = DRIVERS.get(backend)
    if driver is None or named not in ("", driver.name.partition("+")[2]):
        raise ConfigError(f"{where}: {url.drivername} is not a database that we can use. Write {EXAMPLES}.")
    unknown = set(url.query).difference(driver.options)
    if unknown:
        known = ", ".join(sorted(driver.options)) or "none"
        raise ConfigError(
            f"{where}: {', '.join(sorted(unknown))} is no option of {backend}. There are: {known}."
        )
    if not url.database:
        raise ConfigError(f"{where}: the name of the database is missing. Write it like {EXAMPLES}.")
    if find_spec(driver.module) is None:
        raise ConfigError(
            f"{where}: {backend} needs a driver that is not installed: pip install wbok[{driver.extra}]"
        )
    return url.set(drivername=driver.name)


def server_engine(
    url: URL,
    *,
    arguments: Mapping[str, Any],
    settings: Callable[[Any], Iterable[str]],
    isolation: IsolationLevel,
    seconds: float,
    patience: float,
) -> Engine:
    """A pool of connections to a database server, which notices when they died meanwhile.

    `settings` are the statements that a new connection (the driver's own) begins with; `seconds`: how long to
    wait for a free one; `patience`: for an answer, when the network says nothing at all.
    """
    engine = create_engine(
        url,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            **_patience(url, patience),
            **DRIVER_ARGUMENTS[url.get_backend_name()],
            **arguments,
        },
        isolation_level=isolation,
        pool_pre_ping=True,
        pool_recycle=RECYCLE_SECONDS,
        pool_timeout=seconds,
        pool_size=5,
        max_overflow=MAX_CONNECTIONS - 5,
    )

    if url.get_backend_name() == "postgresql":
        _connect_patiently(engine, patience)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _entry: object) -> None:
        with connection.cursor() as cursor:
            for setting in settings(connection):
                cursor.execute(setting)
        # Else the pool's first rollback would take the settings back.
        connection.commit()

    return engine


def code_of(error: BaseException | None) -> str:
    """SQLSTATE, or the number of MariaDB; empty where the driver gives none."""
    number = error.args[0] if error is not None and error.args else None
    return str(number if isinstance(number, int) else getattr(error, "sqlstate", None) or "")


def _patience(url: URL, seconds: float) -> dict[str, int]:
    if url.get_backend_name() != "mysql":
        return {}
    return {"read_timeout": math.ceil(seconds), "write_timeout": math.ceil(seconds)}


def _connect_patiently(engine: Engine, seconds: float) -> None:
    from wbok.postgresql import connect_patiently

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: Any, more: Any) -> Any:
        return connect_patiently(seconds, tuple(arguments), dict(more))

"""Database addresses of the configuration: which databases there are, and which driver speaks to each.

SQLite comes with Python; PostgreSQL and MariaDB (MySQL) need an extra: `pip install wbok[postgres]`, `wbok[mysql]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from sqlalchemy import exc
from sqlalchemy.engine import URL, make_url

from wbok.errors import ConfigError

EXAMPLES = '"sqlite:////srv/wbok/file.sqlite", "postgresql://user:password@host/name", "mysql://user:password@host/name"'
MAX_CONNECTIONS = 70
RECYCLE_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Driver:
    """`name` as SQLAlchemy calls dialect and driver; `module` is what must be installed, `extra` what brings it."""

    name: str
    module: str
    extra: str | None = None


DRIVERS: Mapping[str, Driver] = {
    "sqlite": Driver("sqlite", "sqlite3"),
    "postgresql": Driver("postgresql+psycopg", "psycopg", "postgres"),
    "mysql": Driver("mysql+pymysql", "pymysql", "mysql"),
    "mariadb": Driver("mysql+pymysql", "pymysql", "mysql"),
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
    if not url.database:
        raise ConfigError(f"{where}: the name of the database is missing. Write it like {EXAMPLES}.")
    if find_spec(driver.module) is None:
        raise ConfigError(
            f"{where}: {backend} needs a driver that is not installed: pip install wbok[{driver.extra}]"
        )
    return url.set(drivername=driver.name)


def server_options(*, seconds: float) -> dict[str, object]:
    """What every connection pool to a database server has: it notices connections that died meanwhile.

    `seconds`: how long to wait for a free connection.
    """
    return {
        "pool_pre_ping": True,
        "pool_recycle": RECYCLE_SECONDS,
        "pool_timeout": seconds,
        "pool_size": 5,
        "max_overflow": MAX_CONNECTIONS - 5,
    }

"""Addresses of LMS's database in the configuration, and how each connection to it begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import URL

from wbok.databases import database_url
from wbok.errors import ConfigError

AS_EVERYBODY: Mapping[str, str] = {
    "postgresql": "SELECT set_config('lms.current_user', '0', false)",
    "mysql": "SET @lms_current_user = 0",
}
"""Views of LMS ask who is asking; 0 sees everything."""


def lms_address(config: Mapping[str, Any], name: str, *, where: str) -> URL:
    """The setting `name` of the section `where`. Raises ConfigError."""
    text = config.get(name)
    if not isinstance(text, str):
        raise ConfigError(f'{where}.{name} is missing. Write it like "postgresql://user:password@host/lms".')
    url = database_url(text, where=f"{where}.{name}")
    if url.get_backend_name() not in AS_EVERYBODY:
        raise ConfigError(f"{where}.{name}: LMS is kept in PostgreSQL or MariaDB (MySQL).")
    return url

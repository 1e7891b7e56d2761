"""Adapter `lms`: the database of LMS, as it is. Nothing but its address is needed.

[billing]
adapter = "lms"
url = "postgresql://wbok:password@127.0.0.1/lms"
write_url = "postgresql://wbok_writer:password@127.0.0.1/lms"   # for the helpdesk; may be left out

[billing.settings]                  # in place of what LMS is set to
"userpanel.auth_type" = 1
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import URL

from wbok.adapters.lms import people
from wbok.adapters.lms.desk import LmsHelpdesk
from wbok.adapters.lms.desk_reading import LmsTickets
from wbok.adapters.lms.desk_writing import LmsDeskWriting
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.site import Site
from wbok.adapters.lms.writing import Writing
from wbok.adapters.settings import refuse_unknown, timeout_seconds
from wbok.adapters.sql.bundle import billing_over
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.cursor import Marks
from wbok.adapters.sql.database import open_database
from wbok.billing import AdapterContext, Billing
from wbok.databases import database_url
from wbok.errors import ConfigError

__all__ = ["connect"]

SETTINGS = ("url", "write_url", "timeout_seconds", "settings")
AS_EVERYBODY: Mapping[str, str] = {
    "postgresql": "SELECT set_config('lms.current_user', '0', false)",
    "mysql": "SET @lms_current_user = 0",
}
"""Views of LMS ask who is asking; 0 sees everything."""


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """A Billing over `[billing]` of the configuration. Does not connect yet. Raises ConfigError."""
    where = context.section
    refuse_unknown(config, SETTINGS, adapter="lms", where=where)
    if not isinstance(config.get("url"), str):
        raise ConfigError(f'{where}.url is missing. Write it like "postgresql://user:password@host/lms".')
    url = database_url(config["url"], where=f"{where}.url")
    if url.get_backend_name() not in AS_EVERYBODY:
        raise ConfigError(f"{where}.url: LMS is kept in PostgreSQL or MariaDB (MySQL).")
    dialect = url.get_backend_name()
    timeout = timeout_seconds(config, where=where)
    database = open_database(url, timeout=timeout, zone=context.zone, more=(AS_EVERYBODY[dialect],))

    def clock() -> int:
        return int(context.clock().timestamp())

    overrides = config.get("settings", {})
    if not isinstance(overrides, Mapping):
        raise ConfigError(f'{where}.settings: write them like "userpanel.auth_type" = 1.')
    settings = LmsSettings(database, overrides, clock=clock, where=f"{where}.settings")
    site = Site(database.dialect, where, settings, clock)
    tickets = LmsTickets(database, settings, marks=Marks(context.seal), clock=clock)
    more: dict[str, Any] = {}
    if config.get("write_url") is not None:
        writing = Writing(
            _write_url(config["write_url"], url, where=where),
            timeout=timeout,
            settings=(AS_EVERYBODY[dialect],),
        )
        desk = LmsDeskWriting(writing, settings_for=tickets.settings_for, clock=clock)
        more = {"helpdesk": LmsHelpdesk(tickets, desk), "ticket_changes": tickets.changes}
    return billing_over(
        database,
        people.sources(site),
        context,
        pin_format="plain",
        address=Address(url, where),
        **more,
    )


def _write_url(given: object, url: URL, *, where: str) -> URL:
    """Raises ConfigError."""
    if not isinstance(given, str):
        raise ConfigError(f"{where}.write_url: write it like {where}.url, with an account that may write.")
    writing = database_url(given, where=f"{where}.write_url")
    if writing.get_backend_name() != url.get_backend_name():
        raise ConfigError(f"{where}.write_url must lead to the same database as {where}.url.")
    return writing

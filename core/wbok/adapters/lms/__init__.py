"""Adapter `lms`: the database of LMS, as it is. Nothing but its address is needed.

[billing]
adapter = "lms"
url = "postgresql://wbok:password@127.0.0.1/lms"
write_url = "postgresql://wbok_write:password@127.0.0.1/lms"    # without it nothing is ever written

[billing.settings]                  # in place of what LMS is set to
"userpanel.auth_type" = 1
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.lms import finance, people, phone
from wbok.adapters.lms.address import AS_EVERYBODY, lms_address
from wbok.adapters.lms.desk import LmsHelpdesk
from wbok.adapters.lms.desk_reading import LmsTickets
from wbok.adapters.lms.desk_writing import LmsDeskWriting
from wbok.adapters.lms.notices import LmsReadMarks, notices
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.site import Site
from wbok.adapters.lms.writing import open_writing
from wbok.adapters.settings import refuse_unknown, timeout_seconds
from wbok.adapters.sql.bundle import billing_over
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.cursor import Marks
from wbok.adapters.sql.database import open_database
from wbok.billing import AdapterContext, Billing
from wbok.errors import ConfigError

__all__ = ["connect"]

SETTINGS = ("url", "write_url", "timeout_seconds", "settings")


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """A Billing over `[billing]` of the configuration. Does not connect yet. Raises ConfigError."""
    where = context.section
    refuse_unknown(config, SETTINGS, adapter="lms", where=where)
    url = lms_address(config, "url", where=where)
    dialect = url.get_backend_name()
    timeout = timeout_seconds(config, where=where)
    database = open_database(url, timeout=timeout, zone=context.zone, more=(AS_EVERYBODY[dialect],))
    writing = open_writing(config, where=where, timeout=timeout)

    def clock() -> int:
        return int(context.clock().timestamp())

    overrides = config.get("settings", {})
    if not isinstance(overrides, Mapping):
        raise ConfigError(f'{where}.settings: write them like "userpanel.auth_type" = 1.')
    settings = LmsSettings(database, overrides, clock=clock, where=f"{where}.settings")
    site = Site(database.dialect, where, settings, clock, context.zone)
    tickets = LmsTickets(database, settings, marks=Marks(context.seal), clock=clock)
    written: dict[str, Any] = {}
    if writing is not None:
        desk = LmsDeskWriting(writing, settings_for=tickets.settings_for, clock=clock)
        written = {
            "read_marks": LmsReadMarks(writing),
            "helpdesk": LmsHelpdesk(tickets, desk),
            "ticket_changes": tickets.changes,
        }
    return billing_over(
        database,
        {
            **people.sources(site),
            **finance.sources(site),
            **phone.sources(site),
            "notices": notices(site),
        },
        context,
        pin_format="plain",
        address=Address(url, where),
        **written,
    )

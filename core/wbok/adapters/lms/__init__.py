"""Adapter `lms`: the database of LMS, as it is. Nothing but its address is needed.

[billing]
adapter = "lms"
url = "postgresql://wbok:password@127.0.0.1/lms"
write_url = "postgresql://wbok_writer:password@127.0.0.1/lms"   # without it nothing is ever written
record_logins = true                                            # LMS is told who came in; needs write_url
tickets_dir = "/var/lib/lms/rt"                                 # files of tickets; without it none is sent or shown
documents_dir = "/var/lib/lms/documents"                        # DOC_DIR: archived invoices, files of messages

[billing.settings]                  # in place of what LMS is set to
"userpanel.auth_type" = 1
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from wbok.adapters.lms import finance, people, phone
from wbok.adapters.lms.address import AS_EVERYBODY, lms_address
from wbok.adapters.lms.check import LmsCheck
from wbok.adapters.lms.command_line import commands
from wbok.adapters.lms.desk import LmsHelpdesk
from wbok.adapters.lms.desk_files import DeskFiles
from wbok.adapters.lms.desk_reading import LmsTickets
from wbok.adapters.lms.desk_writing import LmsDeskWriting
from wbok.adapters.lms.folders import DOCUMENTS, TICKETS, read_folders
from wbok.adapters.lms.logins import LmsCustomers
from wbok.adapters.lms.notice_files import LmsNoticeFiles
from wbok.adapters.lms.notices import LmsReadMarks, notices
from wbok.adapters.lms.recorder import LmsLoginRecorder
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.site import Site
from wbok.adapters.lms.staff import LmsStaff
from wbok.adapters.lms.writing import Writing, open_writing
from wbok.adapters.originals import read_originals
from wbok.adapters.settings import is_on, refuse_unknown, timeout_seconds
from wbok.adapters.sql.bundle import billing_over
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.cursor import Marks
from wbok.adapters.sql.database import Database, open_database
from wbok.adapters.sql.reader import Reader
from wbok.billing import AdapterContext, Billing
from wbok.errors import ConfigError

__all__ = ["commands", "connect"]

SETTINGS = (
    "url",
    "write_url",
    "record_logins",
    TICKETS,
    DOCUMENTS,
    "files_max_mb",
    "timeout_seconds",
    "settings",
)


def connect(config: Mapping[str, Any], context: AdapterContext) -> Billing:
    """A Billing over `[billing]` of the configuration. Does not connect yet. Raises ConfigError."""
    where = context.section
    refuse_unknown(config, SETTINGS, adapter="lms", where=where)
    url = lms_address(config, "url", where=where)
    timeout = timeout_seconds(config, where=where)
    more = (AS_EVERYBODY[url.get_backend_name()],)
    database = open_database(url, timeout=timeout, zone=context.zone, more=more)

    def clock() -> int:
        return int(context.clock().timestamp())

    settings = LmsSettings(database, _overrides(config, where), clock=clock, where=f"{where}.settings")
    site = Site(database.dialect, where, settings, clock, context.zone)
    originals = read_originals(config, where=where, setting="documents_dir")
    sources = {
        **people.sources(site),
        **finance.sources(site, with_files=originals.directory is not None),
        **phone.sources(site),
        "notices": notices(site),
    }
    address, folders = Address(url, where), read_folders(config, where=where)
    files = DeskFiles(folders.tickets)
    tickets = LmsTickets(database, settings, files=files, marks=Marks(context.seal), clock=clock)
    billing = billing_over(
        database,
        sources,
        context,
        pin_format=None,
        address=address,
        originals=originals,
        customers=LmsCustomers(Reader(database, sources, context=context), database, settings, clock=clock),
        notice_files=LmsNoticeFiles(database, site, folders.documents) if folders.documents else None,
        **_written(config, context, tickets, files, clock),
        ticket_staff=LmsStaff(database, settings),
    )
    assert billing.check is not None
    writer = _reading_as_writer(config, context, timeout=timeout)
    check = LmsCheck(database, settings, billing.check, address=address, folders=folders, writer=writer)
    return replace(billing, check=check)


def _overrides(config: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    overrides = config.get("settings", {})
    if not isinstance(overrides, Mapping):
        raise ConfigError(f'{where}.settings: write them like "userpanel.auth_type" = 1.')
    return overrides


def _written(
    config: Mapping[str, Any],
    context: AdapterContext,
    tickets: LmsTickets,
    files: DeskFiles,
    clock: Callable[[], int],
) -> dict[str, Any]:
    """The parts of the Billing that write; none without an account that may. Raises ConfigError."""
    where = context.section
    writing = open_writing(config, where=where, timeout=timeout_seconds(config, where=where))
    records = is_on(config, "record_logins", where=where)
    if writing is None:
        if records:
            raise ConfigError(
                f"{where}.record_logins: writing needs {where}.write_url, an account that may write."
            )
        return {}
    return _writers(writing, tickets, files, clock) | {
        "login_recorder": LmsLoginRecorder(writing, clock=clock) if records else None
    }


def _writers(
    writing: Writing, tickets: LmsTickets, files: DeskFiles, clock: Callable[[], int]
) -> dict[str, Any]:
    desk = LmsDeskWriting(writing, settings_for=tickets.settings_for, files=files, clock=clock)
    return {
        "read_marks": LmsReadMarks(writing),
        "helpdesk": LmsHelpdesk(tickets, desk, files),
        "ticket_changes": tickets.changes,
    }


def _reading_as_writer(
    config: Mapping[str, Any], context: AdapterContext, *, timeout: float
) -> Database | None:
    """To see what the account that writes may do; None where there is none. Raises ConfigError."""
    if "write_url" not in config:
        return None
    url = lms_address(config, "write_url", where=context.section)
    return open_database(url, timeout=timeout, zone=context.zone)

"""What a database driver complains of, in words: what is wrong and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exc
from sqlalchemy.engine import URL

from wbok.databases import code_of
from wbok.errors import BillingError

PORTS = {"postgresql": 5432, "mysql": 3306}


class Trouble(StrEnum):
    LOGIN = "login"
    DATABASE = "database"
    RUNNING = "running"
    HOST = "host"
    SILENT = "silent"
    ADMITTED = "admitted"
    FULL = "full"
    FILE = "file"
    FORMAT = "format"
    LOCKED = "locked"
    TABLE = "table"
    COLUMN = "column"
    SYNTAX = "syntax"
    DENIED = "denied"
    SLOW = "slow"
    WRITES = "writes"
    TYPE = "type"
    DATE = "date"
    OTHER = "other"


# Looked for in "<SQLSTATE or number> <what the driver says>", in this order.
SIGNS: tuple[tuple[Trouble, str], ...] = (
    (Trouble.LOGIN, r"^(28P01|1045|1698) |password authentication failed|role \S+ does not exist"),
    (Trouble.DATABASE, r"^(3D000|1049|1044) |database \S+ does not exist"),
    (Trouble.HOST, r"failed to resolve host|could not translate host|Name or service not known|getaddrinfo"),
    (Trouble.RUNNING, r"[Cc]onnection refused|No such file or directory"),
    (Trouble.SILENT, r"timeout expired|timed out|No route to host|Network is unreachable"),
    (Trouble.ADMITTED, r"^1130 |no pg_hba\.conf entry"),
    (Trouble.FULL, r"^(53300|1040|1203) |too many clients|remaining connection slots"),
    (Trouble.FILE, r"unable to open database file"),
    (Trouble.FORMAT, r"file is not a database"),
    (Trouble.LOCKED, r"database is locked"),
    (Trouble.TABLE, r"^(42P01|3F000|1146) |no such table"),
    (Trouble.COLUMN, r"^(42703|1054) |no such column"),
    (Trouble.DENIED, r"^(42501|1142|1143|1370) "),
    (Trouble.SLOW, r"^(57014|1969|3024|1317) |interrupted"),
    (Trouble.WRITES, r"^(25006|1792) |readonly database"),
    (Trouble.TYPE, r"^(42883|42804|22P02) "),
    (Trouble.DATE, r"(date|timestamp) too (large|small)"),
    (Trouble.SYNTAX, r"^(42601|1064) |syntax error|incomplete input"),
)

# {place}, {user}, {database}, {host} and {path} come from the address; {says} is the driver's own line.
WORDS: Mapping[Trouble, tuple[str, str]] = {
    Trouble.LOGIN: (
        'the server at {place} refuses the user "{user}" or the password',
        "Set the user and the password that the server knows in {section}.url.",
    ),
    Trouble.DATABASE: (
        'the server at {place} has no database "{database}" for the user "{user}"',
        "Correct the name of the database in {section}.url, or let the user read it.",
    ),
    Trouble.HOST: (
        'there is no computer with the name "{host}"',
        "Correct the host in {section}.url.",
    ),
    Trouble.RUNNING: (
        "nothing answers at {place}",
        "Start the database server, or correct host and port in {section}.url.",
    ),
    Trouble.SILENT: (
        "{place} does not answer in time",
        "Correct host and port in {section}.url, or open the firewall for this computer.",
    ),
    Trouble.ADMITTED: (
        "the server at {place} lets nobody in from this computer",
        'Let the user "{user}" in from this computer in the settings of the database server.',
    ),
    Trouble.FULL: (
        "the server at {place} has no connection left",
        "Raise the number of connections of the database server, or close some.",
    ),
    Trouble.FILE: (
        "the file {path} is not there or may not be read",
        "Correct the path in {section}.url (seen from where wbok starts; four slashes before one from the root), "
        "or let this user read it.",
    ),
    Trouble.FORMAT: ("the file {path} is not a database of SQLite", "Correct the path in {section}.url."),
    Trouble.LOCKED: (
        "the file {path} is locked by somebody who writes into it",
        "Try again; if it stays so, let the panel read a copy.",
    ),
    Trouble.TABLE: ("the database has no such table or view: {says}", "Correct the name."),
    Trouble.COLUMN: ("the select names a column that is not there: {says}", "Correct the select."),
    Trouble.DENIED: (
        'the user "{user}" may not read it',
        'Let the user read it, on the server: GRANT SELECT ON … TO "{user}".',
    ),
    Trouble.SLOW: (
        "no answer within {section}.timeout_seconds",
        "Make the question faster: an index, or :customer_id inside the select.",
    ),
    Trouble.WRITES: (
        "the select would write, and the panel only reads",
        "Take what writes out of the select: functions that count or log, FOR UPDATE, INTO.",
    ),
    Trouble.TYPE: (
        "the database does not compare it with a key of the declared type: {says}",
        "Declare the type that the keys have in the database, or cast them in a select.",
    ),
    Trouble.DATE: (
        "a day that no calendar has",
        "Make it NULL in a select: NULLIF(column, 'infinity').",
    ),
    Trouble.SYNTAX: ("the database does not understand the select: {says}", "Correct the select."),
    Trouble.OTHER: ("the database says: {says}", "Ask who looks after the database."),
}


def trouble_of(error: BillingError) -> Trouble:
    code, says = _complaint(error)
    for trouble, sign in SIGNS:
        if re.search(sign, f"{code} {says}"):
            return trouble
    return Trouble.OTHER


@dataclass(frozen=True, slots=True)
class Address:
    """The database, and the section of the configuration that names it."""

    url: URL
    section: str


def in_words(error: BillingError, address: Address) -> tuple[str, str]:
    """(what is wrong, what to do). No password is in it, and no value of the database."""
    url = address.url
    found, advice = WORDS[trouble_of(error)]
    facts = {
        "section": address.section,
        "place": f"{url.host or 'localhost'}:{url.port or PORTS.get(url.get_backend_name(), '')}",
        "host": url.host,
        "user": url.username,
        "database": url.database,
        "path": url.database,
        # PyMySQL's line looks like (1054, "Unknown column …").
        "says": re.sub(r"""^\(\d+, (["'])(.*)\1\)$""", r"\2", str(error)),
    }
    return found.format_map(facts), advice.format_map(facts)


def is_complaint(error: BillingError) -> bool:
    """Whether the database complains, and not we of what it gave."""
    return isinstance(error.__cause__, exc.DBAPIError)


def _complaint(error: BillingError) -> tuple[str, str]:
    cause = error.__cause__
    if not isinstance(cause, exc.DBAPIError) or cause.orig is None:
        return "", str(error)
    return code_of(cause.orig), str(cause.orig)

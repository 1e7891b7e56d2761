"""`wbok lms indexes`: what would make the panel's questions to LMS faster. Advice: nothing is ever created."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wbok.adapters.lms.logins import way_of
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.sql.check.catalogue import Catalogue
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.statements import Statements
from wbok.billing import LoginField


@dataclass(frozen=True, slots=True)
class Wanted:
    """`login`: only where customers come in by that."""

    table: str
    columns: tuple[str, ...]
    reason: str
    login: LoginField | None = None


WANTED = (
    Wanted("cash", ("customerid", "time", "id"), "the ledger, page by page"),
    Wanted("documents", ("customerid", "cdate", "id"), "the list of documents"),
    Wanted("documents", ("fullnumber",), "logging in by a document's number", LoginField.DOCUMENT),
    Wanted("customerextids", ("extid",), "logging in by an external number", LoginField.EXTERNAL_ID),
    Wanted("ksefdocuments", ("docid",), "KSeF numbers of documents"),
    Wanted("messageitems", ("customerid", "id"), "the newest notices"),
    Wanted("voipaccounts", ("ownerid",), "a customer's telephone accounts"),
    Wanted("voip_cdr", ("callervoipaccountid", "call_start_time"), "outgoing calls of an account"),
    Wanted("voip_cdr", ("calleevoipaccountid", "call_start_time"), "incoming calls of an account"),
    Wanted("up_customers", ("customerid",), "who came in, when it is recorded"),
)


def lacking_indexes(database: Database, settings: LmsSettings) -> Iterator[Wanted]:
    """Raises Unavailable."""
    field = way_of(settings).field
    catalogue = Catalogue(database, Statements(database, {}))
    for wanted in WANTED:
        there = catalogue.indexes(wanted.table)
        if there is None or wanted.login not in (None, field):
            continue
        if not any(index[: len(wanted.columns)] == wanted.columns for index in there):
            yield wanted


def create_index(wanted: Wanted, dialect: str) -> str:
    """PostgreSQL is asked to build it without keeping LMS from writing; MariaDB does so by itself."""
    how = "INDEX CONCURRENTLY" if dialect == "postgresql" else "INDEX"
    name = "_".join(("wbok", wanted.table, *wanted.columns))[:60]
    return f"CREATE {how} {name} ON {wanted.table} ({', '.join(wanted.columns)});"

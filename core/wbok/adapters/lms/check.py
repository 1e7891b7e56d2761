"""`wbok check` over LMS: is it LMS, its version, what is missing, what accounts may do; then the relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select

from wbok.adapters.lms.folders import Folders
from wbok.adapters.lms.logins import BETWEEN, STATUSES, VALIDITY, validity_of
from wbok.adapters.lms.rights import WRITES, columns_of, read_tables, written_tables
from wbok.adapters.lms.schema import Seen, seen_by
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.tables import SCHEMA_VERSION
from wbok.adapters.lms.tables.settings import dbinfo
from wbok.adapters.lms.ways import WAYS
from wbok.adapters.sql.check.trouble import Address
from wbok.adapters.sql.database import Database
from wbok.billing.check import NO_ACCOUNT, BillingCheck, Checked, Finding, Severity
from wbok.errors import BillingError

FEW = 8
KNOWN_BY = frozenset({"dbinfo", "customers", "uiconfig"})
"""Whoever lacks one of these is not LMS."""
LOOK_THERE = "Look at it in LMS; where nothing is wrong there, nothing must be done."
ASK_GRANTS = "wbok lms grants prints the rights that it needs."


class LmsCheck:
    """`relations`: their own check. `writer` reads over write_url, where there is one."""

    def __init__(
        self,
        database: Database,
        settings: LmsSettings,
        relations: BillingCheck,
        *,
        address: Address,
        folders: Folders,
        writer: Database | None,
    ) -> None:
        self._database = database
        self._settings = settings
        self._relations = relations
        self._address = address
        self._folders = folders
        self._writer = writer

    def __call__(self, *, show_values: bool) -> Iterator[Checked]:
        try:
            seen = seen_by(self._database)
        except BillingError:
            # The relations' check says in words why nothing answers.
            yield from self._relations(show_values=show_values)
            return
        stranger = self._not_lms(seen)
        if stranger is not None:
            yield Checked(None, findings=(stranger,))
            return
        yield Checked(None, findings=tuple(self._findings(seen)))
        for checked in self._relations(show_values=show_values):
            findings = tuple(
                _of_lms(one)
                for one in checked.findings
                if one.severity is not Severity.NOTE or one == NO_ACCOUNT
            )
            yield replace(checked, findings=findings)

    def _findings(self, seen: Seen) -> Iterator[Finding]:
        unreadable = [name for name in read_tables() if name in seen and not _may(seen, name, "select")]
        if unreadable:
            yield _fault(f'the user "{self._user}" may not read {_listed(unreadable)}', ASK_GRANTS)
        if "dbinfo" not in unreadable:
            yield from self._version()
        yield from self._missing(seen, read_tables(), Severity.FAULT)
        written = [name for name in written_tables() if name not in read_tables()]
        theirs = self._seen_by_writer(seen)
        yield from self._missing(theirs, written, Severity.FAULT if self._writer else Severity.NOTE)
        yield from self._writing(seen)
        for found, advice in self._folders.faults(writes=self._writer is not None):
            yield _fault(found, advice)
        if "uiconfig" not in unreadable:
            yield from self._login()

    def _not_lms(self, seen: Seen) -> Finding | None:
        name, section = self._address.url.database, self._address.section
        if not seen:
            hidden = (
                "" if self._database.dialect == "postgresql" else f', or the user "{self._user}" sees none'
            )
            return _fault(
                f'the database "{name}" is empty: it has no tables{hidden}',
                f"Name the database in which LMS keeps its tables in {section}.url.",
            )
        lacking = sorted(KNOWN_BY.difference(seen))
        if not lacking:
            return None
        return _fault(
            f'the database "{name}" is not that of LMS: it has {_listed(sorted(seen))}, but no {_listed(lacking)}',
            f"Name the database in which LMS keeps its tables in {section}.url.",
        )

    def _version(self) -> Iterator[Finding]:
        try:
            rows = self._database.rows(select(dbinfo.c.keyvalue).where(dbinfo.c.keytype == "dbversion"), {})
        except BillingError as error:
            yield _fault(f"the version of LMS's schema cannot be read: {error}", ASK_GRANTS)
            return
        said = str(rows[0][0]).strip() if rows else ""
        if not (said.isascii() and said.isdigit()):
            yield _warning(
                "LMS does not say the version of its schema",
                "Let LMS upgrade its database by opening it once.",
            )
        elif int(said) > SCHEMA_VERSION:
            yield _warning(
                f"LMS's schema is of version {said}, newer than the panel knows",
                "Look whether a newer panel is there, and read what is said below.",
                expected=f"{SCHEMA_VERSION} or older",
            )
        else:
            yield _note(f"LMS's schema is of version {said}", "Nothing must be done.")

    def _missing(self, seen: Seen, tables: Iterable[str], severity: Severity) -> Iterator[Finding]:
        for name in tables:
            if name not in seen:
                yield Finding(severity, f"LMS has no table {name}", self._get_it(name))
                continue
            lacking = [column for column in columns_of(name) if column not in seen[name]]
            if lacking:
                found = f"LMS's table {name} has no column {_listed(lacking)}"
                yield Finding(severity, found, self._get_it(name))

    def _seen_by_writer(self, seen: Seen) -> Seen:
        """MariaDB keeps silent about tables without a right to them, and reading needs none to what is written."""
        if self._writer is None:
            return seen
        try:
            return {**seen, **seen_by(self._writer)}
        except BillingError:
            return seen

    def _get_it(self, table: str) -> str:
        made = f"Upgrade LMS: the panel was made for version {SCHEMA_VERSION} of its schema"
        if self._database.dialect == "postgresql":
            return f"{made}."
        return f"{made}. If {table} is there, let the user see it: wbok lms grants."

    def _writing(self, seen: Seen) -> Iterator[Finding]:
        if self._writer is None:
            may_write = [name for name in sorted(seen) if _may(seen, name, "insert", "update")]
            if may_write:
                yield _note(
                    f'the user "{self._user}" may write into {_listed(may_write)}',
                    f"Reading needs no such right. {ASK_GRANTS}",
                )
            else:
                yield _note(
                    f'the user "{self._user}" only reads, and nothing is ever written into LMS',
                    f"Nothing must be done. An account that writes would be {self._address.section}.write_url.",
                )
            return
        try:
            lacking = tuple(_lacking_rights(seen_by(self._writer)))
        except BillingError as error:
            yield _fault(
                f"the account that writes gets no answer: {error}",
                f"Correct {self._address.section}.write_url, or leave it out.",
            )
            return
        if lacking:
            yield _fault(f"the user of write_url may not {_listed(lacking)}", ASK_GRANTS)

    def _login(self) -> Iterator[Finding]:
        try:
            number = self._settings.number("userpanel.auth_type")
            named = BETWEEN.split(self._settings.text("userpanel.allowed_customer_status"))
            validity = validity_of(self._settings)
        except BillingError:
            return
        if number not in WAYS:
            yield _fault(
                f"LMS lets customers in by userpanel.auth_type {number}, which the panel does not know",
                f'Set "userpanel.auth_type" in {self._address.section}.settings to one of 1 to {max(WAYS)}.',
            )
        if not validity.is_number:
            yield _fault(
                f'{VALIDITY} is "{validity.written}" and counts as {validity.seconds} seconds: '
                + (
                    "PINs that are not hashed are over after it"
                    if validity.seconds
                    else "no PIN is ever over"
                ),
                "Set it in LMS to a number of seconds, or to 0.",
                expected="0 or a number of seconds",
            )
        unknown = [word for word in named if word and word.lower().removeprefix("!") not in STATUSES]
        if unknown:
            yield _warning(
                f"userpanel.allowed_customer_status names {_listed(unknown)}",
                "Correct it in LMS.",
                expected=", ".join(STATUSES),
            )

    @property
    def _user(self) -> str:
        return self._address.url.username or ""


def _lacking_rights(seen: Seen) -> Iterator[str]:
    for name in written_tables():
        columns = seen.get(name, {})
        writes = WRITES[name]
        if writes.inserts and not any("insert" in rights for rights in columns.values()):
            yield f"insert into {name}"
        if not all("update" in columns.get(column, ()) for column in writes.updates):
            yield f"update {name}"


def _may(seen: Seen, table: str, *wanted: str) -> bool:
    """Whether the account has one of these rights on every column that the panel needs and that is there."""
    needed = set(columns_of(table)) if table in read_tables() + written_tables() else set(seen[table])
    present = [rights for column, rights in seen[table].items() if column in needed]
    return bool(present) and all(rights.intersection(wanted) for rights in present)


def _of_lms(finding: Finding) -> Finding:
    """Nobody has written these relations into the configuration, so nothing can be put right there."""
    speaks_of_configuration = "select" in finding.advice or "billing." in finding.advice
    return replace(finding, advice=LOOK_THERE) if speaks_of_configuration else finding


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - FEW} more" if len(every) > FEW else ""
    return ", ".join(every[:FEW]) + more


def _fault(found: str, advice: str, *, expected: str | None = None) -> Finding:
    return Finding(Severity.FAULT, found, advice, expected=expected)


def _warning(found: str, advice: str, *, expected: str | None = None) -> Finding:
    return Finding(Severity.WARNING, found, advice, expected=expected)


def _note(found: str, advice: str) -> Finding:
    return Finding(Severity.NOTE, found, advice)

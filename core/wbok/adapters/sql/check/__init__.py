"""What `wbok check` says about a billing that the adapter `sql` reads: one relation after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import literal, select, table

from wbok.adapters.originals import Originals
from wbok.adapters.sql.check.catalogue import Catalogue, split_name
from wbok.adapters.sql.check.cells import look_at_cells
from wbok.adapters.sql.check.collected import Collected
from wbok.adapters.sql.check.files import look_at_files
from wbok.adapters.sql.check.keys import Keys
from wbok.adapters.sql.check.rules import look_at_values
from wbok.adapters.sql.check.sample import Sample, read_sample, some_customers
from wbok.adapters.sql.check.speed import Speed
from wbok.adapters.sql.check.together import read_together
from wbok.adapters.sql.check.trouble import Address, Trouble, in_words, is_complaint, trouble_of
from wbok.adapters.sql.database import Database
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.source import Source
from wbok.adapters.sql.statements import Statements
from wbok.billing.check import NO_ACCOUNT, Checked, Finding, Severity
from wbok.errors import BillingError
from wbok.relations import CANONICAL, Column

ACCOUNTS: Mapping[str, str] = {"accounts": "number", "sellers": "account"}
"""Where an account to pay to is told: relation and column."""
CORRECT_IT = "Correct the value, or declare another type for the column."


@dataclass(slots=True)
class _Work:
    """What was learned on the way: the customers' keys as the database has them, whose keys cannot be read.

    `has_account`: some row tells where to pay.
    """

    show_values: bool
    customers: Sequence[Any] = ()
    unreadable_keys: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)
    has_account: bool = False


class SqlCheck:
    def __init__(
        self,
        database: Database,
        sources: Mapping[str, Source],
        reader: Reader,
        *,
        zone: ZoneInfo,
        pin_format: str | None,
        address: Address,
        originals: Originals,
    ) -> None:
        self._originals = originals
        self._database = database
        self._sources = sources
        self._reader = reader
        self._zone = zone
        self._pin_format = pin_format
        self._address = address
        self._statements = Statements(database, sources)
        self._catalogue = Catalogue(database, self._statements)
        self._keys = Keys(database, self._statements, sources)
        self._speed = Speed(database, self._statements, reader, self._catalogue)

    def __call__(self, *, show_values: bool) -> Iterator[Checked]:
        unreachable = self._unreachable()
        if unreachable is not None:
            yield Checked(None, findings=(unreachable,))
            return
        work = _Work(show_values, self._customers_to_ask_for())
        for name in CANONICAL:
            if name in self._sources:
                checked = self._relation(name, work)
                if any(finding.severity is Severity.FAULT for finding in checked.findings):
                    work.faulty.add(name)
                yield checked
        if work.customers:
            yield Checked(None, findings=tuple(self._together(work)))
            if "ledger" in self._sources and not work.has_account and not work.faulty.intersection(ACCOUNTS):
                yield Checked(None, findings=(NO_ACCOUNT,))
        absent = [name for name in CANONICAL if name not in self._sources]
        if absent:
            yield Checked(
                None, findings=(_not_configured(absent, next(iter(self._sources.values())).section),)
            )

    def _unreachable(self) -> Finding | None:
        one = select(literal(1))
        if self._database.dialect == "sqlite":
            # Only a question about what is in the file looks into it.
            one = one.select_from(table("sqlite_master")).limit(1)
        try:
            self._database.rows(one, {})
        except BillingError as error:
            found, advice = in_words(error, self._address)
            return Finding(Severity.FAULT, found, advice)
        return None

    def _customers_to_ask_for(self) -> Sequence[Any]:
        """Where even `customers` can only be read for one of them."""
        if "customers" not in self._sources or "customer_id" not in self._sources["customers"].parameters:
            return ()
        try:
            return some_customers(self._database, self._statements)
        except BillingError:
            return ()

    def _together(self, work: _Work) -> Iterator[Finding]:
        return read_together(
            self._reader,
            self._sources,
            customer=work.customers[0],
            faulty=work.faulty,
            address=self._address,
        )

    def _relation(self, name: str, work: _Work) -> Checked:
        collected = Collected(name, show_values=work.show_values)
        source = self._sources[name]
        try:
            if not self._has_columns(source, collected):
                return Checked(name, findings=collected.findings)
            sample = read_sample(
                self._database, self._statements, source, customers=work.customers, zone=self._zone
            )
        except BillingError as error:
            self._cannot_be_read(source, error, collected)
            return Checked(name, findings=collected.findings)
        if not sample.raw and "customer_id" in source.parameters and not work.customers:
            collected.add(
                Severity.WARNING,
                "no row could be looked at: the select wants :customer_id, and no customer is known here",
                "Try it with a customer: wbok check --customer ID.",
            )
        if name == "customers":
            work.customers = [self._database.bound(raw) for _, raw in sample.raw_column("id")]
        if name in ACCOUNTS and any(sample.raw_column(ACCOUNTS[name])):
            work.has_account = True
        if any(cell.column == source.relation.key and cell.expected for cell in sample.unreadable):
            work.unreadable_keys.add(name)
        milliseconds = self._look(sample, collected, work)
        return Checked(name, len(sample.raw), milliseconds, collected.findings)

    def _look(self, sample: Sample, collected: Collected, work: _Work) -> float | None:
        """Milliseconds of the question for one customer; None when nobody can be asked for."""
        look_at_cells(
            sample,
            collected,
            dialect=self._database.dialect,
            zone=self._zone,
            unreadable_keys=work.unreadable_keys,
        )
        look_at_values(sample, collected, pin_format=self._pin_format)
        self._keys.look(sample, collected)
        if sample.name == "document_files":
            look_at_files(sample, collected, self._originals)
        try:
            asked = self._speed.ask(sample)
            if asked is None:
                return None
            milliseconds, found = asked
            if not found:
                _nothing_found(sample, collected)
            self._speed.look(sample, collected, milliseconds=milliseconds)
        except BillingError as error:
            if is_complaint(error):
                self._cannot_be_read(sample.source, error, collected)
            elif not sample.unreadable and not collected.has_faults:
                collected.add(Severity.FAULT, f"behind the rows that were looked at: {error}", CORRECT_IT)
            return None
        return milliseconds

    def _has_columns(self, source: Source, collected: Collected) -> bool:
        """Whether all needed ones are there; tells which optional ones are not. Raises Unavailable."""
        found = self._statements.present(source.relation.name)
        absent = [column for column in source.relation.columns if column.name not in found]
        needed = [column for column in absent if column.required]
        for column in needed:
            collected.add(
                Severity.FAULT,
                f"no such column; there are {', '.join(sorted(found))}",
                _name_it(source, column),
                column=column.name,
                expected=f"{column.meaning} ({source.types[column.name].spec})",
            )
        optional = [column for column in absent if not column.required]
        if optional and not needed:
            listed = "; ".join(f"{column.name} ({column.meaning.partition(';')[0]})" for column in optional)
            collected.add(
                Severity.NOTE,
                f"without {listed}",
                "Nothing must be done: that part of the page is left out, or worked out from the rest.",
            )
        return not needed

    def _cannot_be_read(self, source: Source, error: BillingError, collected: Collected) -> None:
        found, advice = in_words(error, self._address)
        if trouble_of(error) is Trouble.TABLE and source.table:
            schema, _ = split_name(source.table)
            names = self._catalogue.names(schema)
            found = f"the database has no table or view {source.table}"
            there = f" There are: {', '.join(names)}." if names else ""
            advice = f"Correct the name in {source.where}.{there}"
        collected.add(Severity.FAULT, found, advice)


def _not_configured(absent: Sequence[str], section: str) -> Finding:
    return Finding(
        Severity.NOTE,
        f"without {', '.join(absent)}",
        f"Nothing must be done: that part of the page is left out. Name it in {section} if you have it.",
    )


def _name_it(source: Source, column: Column) -> str:
    if source.select:
        return f"Add it to the select: … AS {column.name}."
    return f'Give it that name in a select: {source.where} = {{ select = "SELECT … AS {column.name} …" }}.'


def _nothing_found(sample: Sample, collected: Collected) -> None:
    relation = sample.source.relation
    column = relation.owner or relation.key
    collected.add(
        Severity.FAULT,
        "asked for one customer of these rows, the database finds none",
        f"Declare the type that {column} has in the database, or cast it in a select.",
        column=column,
        expected=f"a value that compares with {sample.source.types[column].spec}",
    )

"""What a request for Finanse asks for: a period of the ledger, or documents of some kind, year and state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wbok.api import DocumentKind, DocumentRequest, EntryKind, LedgerRequest, StateFilter, typed_day

YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the customer typed. `faults` names the fields that cannot be used."""

    typed: Mapping[str, str]
    faults: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Something was typed, so that the form stands open."""
        return any(self.typed.values())

    @property
    def address(self) -> dict[str, str]:
        """The choice as the arguments of a URL."""
        return {name: value for name, value in self.typed.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter(Chosen):
    request: LedgerRequest

    @property
    def narrows(self) -> bool:
        """Something of it was used, so that the list is a part of the ledger."""
        return bool(self.request.since or self.request.until or self.request.kind)


def read_filter(arguments: Mapping[str, str]) -> LedgerFilter:
    """`from`, `to` (days), `kind`, `after` of the URL. A field that makes no sense is named, not guessed."""
    typed = {name: arguments.get(name, "").strip()[:20] for name in ("from", "to", "kind")}
    since, until = typed_day(typed["from"]), typed_day(typed["to"])
    kind = EntryKind(typed["kind"]) if typed["kind"] in tuple(EntryKind) else None
    faults = [
        name for name, value in (("from", since), ("to", until), ("kind", kind)) if typed[name] and not value
    ]
    if since and until and since > until:
        faults.append("order")
        since = until = None
    request = LedgerRequest(since=since, until=until, kind=kind, after=arguments.get("after") or None)
    return LedgerFilter(request=request, typed=typed, faults=tuple(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter(Chosen):
    request: DocumentRequest


def read_document_filter(arguments: Mapping[str, str], *, today: date) -> DocumentFilter:
    """`kind`, `year`, `state`, `number`, `after` of the URL. A field that makes no sense is named, not guessed."""
    typed = {
        name: arguments.get(name, "").strip()[:LONGEST_NUMBER] for name in ("kind", "year", "state", "number")
    }
    kind = DocumentKind(typed["kind"]) if typed["kind"] in tuple(DocumentKind) else None
    year = int(typed["year"]) if YEAR.fullmatch(typed["year"]) else None
    state = StateFilter(typed["state"]) if typed["state"] in tuple(StateFilter) else None
    number = typed["number"] if typed["number"].isprintable() else ""
    understood = {"kind": kind, "year": year, "state": state, "number": number}
    request = DocumentRequest(
        kind=kind,
        since=date(year, 1, 1) if year else None,
        until=date(year, 12, 31) if year else None,
        state=state,
        number=number or None,
        today=today,
        after=arguments.get("after") or None,
    )
    faults = tuple(name for name, value in understood.items() if typed[name] and not value)
    return DocumentFilter(request=request, typed=typed, faults=faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRequest(Chosen):
    """Both days belong to the period. With a fault there is no statement."""

    since: date | None
    until: date | None
    currency: str

    @property
    def is_whole(self) -> bool:
        return self.since is not None and self.until is not None and not self.faults


def read_statement_request(arguments: Mapping[str, str], *, currency: str) -> StatementRequest:
    """`from`, `to` (days, both needed), `currency` of the URL; without it `currency`."""
    typed = {name: arguments.get(name, "").strip()[:20] for name in ("from", "to", "currency")}
    since, until = typed_day(typed["from"]), typed_day(typed["to"])
    faults = [name for name, value in (("from", since), ("to", until)) if typed[name] and not value]
    if not faults and (since is None) != (until is None):
        faults.append("half")
    if since and until and since > until:
        faults.append("order")
    if typed["currency"] and not CURRENCY.fullmatch(typed["currency"]):
        faults.append("currency")
        typed["currency"] = ""
    return StatementRequest(
        since=since,
        until=until,
        currency=typed["currency"] or currency,
        typed=typed,
        faults=tuple(faults),
    )


def month_starts(today: date, *, months: int) -> tuple[date, ...]:
    """The first days of the last `months` months, oldest first, this month included."""
    number = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number - months + 1, number + 1))

"""The ledger. Kablonet keeps no documents, so the parts say so, and their pages are not there."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kablonet.client import Client, part_of_path, understood
from kablonet.customers import KablonetCustomers
from wbok.api import (
    Document,
    DocumentDetails,
    DocumentFile,
    DocumentLine,
    DocumentRequest,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    Money,
    NotFound,
    Page,
    Rejected,
    Seal,
    Settlement,
    Terms,
    YearTotals,
    summarise,
)

MOST_YEARS = 30


class KablonetFinance:
    def __init__(self, client: Client, seal: Seal) -> None:
        self._client = client
        self._seal = seal

    @property
    def parts(self) -> frozenset[str]:
        return frozenset({"ledger", "terms"})

    def settlement(self, customer_id: str) -> Settlement:
        answer = self._client.get(f"/v1/customers/{part_of_path(customer_id)}/balance")
        with understood():
            return summarise((), tuple(_money(row, "amount") for row in answer["balances"]))

    def terms(self, customer_id: str) -> Terms:
        return Terms(KablonetCustomers(self._client).profile(customer_id).services)

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        order = "oldest" if request.oldest_first else "newest"
        answer = self._client.get(
            f"/v1/customers/{part_of_path(customer_id)}/ledger",
            **_chosen(request),
            order=order,
            after=None if request.after is None else self._read_mark(f"{customer_id} {order}", request.after),
            limit=request.limit,
        )
        with understood():
            rows = tuple(_entry(row, running=request.running) for row in answer["entries"])
            more = answer["more"] and self._write_mark(f"{customer_id} {order}", rows[-1].id)
        return Page(rows, more or None)

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        path = f"/v1/customers/{part_of_path(customer_id)}/sums"
        answer = self._client.get(path, **_chosen(request))
        with understood():
            return tuple(LedgerTotals(_money(row, "charged"), _money(row, "paid")) for row in answer["sums"])

    def yearly_totals(self, customer_id: str, first: int, last: int) -> tuple[YearTotals, ...]:
        if last - first >= MOST_YEARS:
            raise Rejected("too many years")
        found: list[YearTotals] = []
        for year in range(last, first - 1, -1):
            request = LedgerRequest(since=date(year, 1, 1), until=date(year, 12, 31))
            totals = self.ledger_totals(customer_id, request)
            found += [YearTotals(year, one.charged, one.paid) for one in totals]
        return tuple(found)

    def documents(self, customer_id: str, request: DocumentRequest) -> Page[Document]:
        return Page(())

    def document_years(self, customer_id: str) -> tuple[int, ...]:
        return ()

    def document(self, customer_id: str, document_id: str) -> Document:
        raise NotFound("document")

    def document_details(self, customer_id: str, document_id: str) -> DocumentDetails:
        raise NotFound("document")

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]:
        raise NotFound("document")

    def document_file(self, customer_id: str, document_id: str) -> DocumentFile | None:
        raise NotFound("document")

    def _write_mark(self, whose: str, entry_id: str) -> str:
        """The place in one customer's list in one order; sealed, since it comes back from a browser."""
        place = base64.urlsafe_b64encode(entry_id.encode()).decode().rstrip("=")
        return f"{place}.{self._seal(f'ledger {whose} {place}')}"

    def _read_mark(self, whose: str, mark: str) -> str:
        place, _, seal = mark.partition(".")
        if not mark.isascii() or not hmac.compare_digest(seal, self._seal(f"ledger {whose} {place}")):
            raise Rejected("page mark")
        try:
            return base64.b64decode(place + "=" * (-len(place) % 4), altchars=b"-_").decode()
        except (binascii.Error, ValueError) as error:
            raise Rejected("page mark") from error


def _chosen(request: LedgerRequest) -> dict[str, str | None]:
    return {
        "since": None if request.since is None else request.since.isoformat(),
        "until": None if request.until is None else request.until.isoformat(),
        "kind": None if request.kind is None else request.kind.value,
    }


def _entry(row: Mapping[str, Any], *, running: bool) -> LedgerEntry:
    return LedgerEntry(
        str(row["id"]),
        date.fromisoformat(row["day"]),
        _money(row, "amount"),
        row["text"],
        balance_after=_money(row, "balance") if running else None,
    )


def _money(row: Mapping[str, Any], name: str) -> Money:
    return Money(Decimal(row[name]), row["currency"])

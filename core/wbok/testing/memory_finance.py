"""The capability `finance` of the billing in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from wbok.domain.documents import DocumentDetails, DocumentFile, DocumentRequest
from wbok.domain.finance import (
    Document,
    DocumentLine,
    EntryKind,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    Settlement,
    Terms,
)
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.domain.settlement import settle, summarise
from wbok.domain.statement import MAX_YEARS, YearTotals
from wbok.errors import NotFound, Rejected
from wbok.testing.marks import behind, page_of
from wbok.testing.memory_customer import MemoryCustomer, find

ZERO = Decimal()
PARTS = frozenset({"ledger", "documents", "document_lines", "document_payments", "document_files", "terms"})


class MemoryFinance:
    def __init__(self, known: Mapping[str, MemoryCustomer]) -> None:
        self._known = known

    @property
    def parts(self) -> frozenset[str]:
        return PARTS

    def settlement(self, customer_id: str) -> Settlement:
        customer = find(self._known, customer_id)
        return summarise(_settled(customer), _balances(customer))

    def terms(self, customer_id: str) -> Terms:
        customer = find(self._known, customer_id)
        return Terms(customer.profile.services, customer.accounts, customer.seller, customer.payment_title)

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        entries = _with_balances(find(self._known, customer_id))
        order = "ledger, oldest first" if request.oldest_first else "ledger"
        rest = behind(order, entries[::-1] if request.oldest_first else entries, request.after)
        wanted = [entry for entry in rest if _is_wanted(entry, request)]
        shown = wanted if request.running else [replace(entry, balance_after=None) for entry in wanted]
        return page_of(order, shown, request.limit)

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        totals: dict[str, LedgerTotals] = {}
        for entry in find(self._known, customer_id).entries:
            if _is_wanted(entry, request):
                nothing = Money(ZERO, entry.amount.currency)
                known = totals.get(nothing.currency, LedgerTotals(charged=nothing, paid=nothing))
                totals[nothing.currency] = _counted(known, entry.amount)
        return tuple(totals[currency] for currency in sorted(totals))

    def yearly_totals(self, customer_id: str, first: int, last: int) -> tuple[YearTotals, ...]:
        if last - first >= MAX_YEARS:
            raise Rejected("too many years")
        found = []
        for year in range(last, first - 1, -1):
            request = LedgerRequest(since=date(year, 1, 1), until=date(year, 12, 31))
            totals = self.ledger_totals(customer_id, request)
            found += [YearTotals(year, one.charged, one.paid) for one in totals]
        return tuple(found)

    def documents(self, customer_id: str, request: DocumentRequest) -> Page[Document]:
        rest = behind("documents", _settled(find(self._known, customer_id)), request.after)
        return page_of("documents", [document for document in rest if request.fits(document)], request.limit)

    def document_years(self, customer_id: str) -> tuple[int, ...]:
        years = [document.issued_on.year for document in find(self._known, customer_id).documents]
        return tuple(range(max(years), min(years) - 1, -1)) if years else ()

    def document(self, customer_id: str, document_id: str) -> Document:
        for document in _settled(find(self._known, customer_id)):
            if document.id == document_id:
                return document
        raise NotFound("document")

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]:
        self.document(customer_id, document_id)
        return find(self._known, customer_id).lines.get(document_id, ())

    def document_details(self, customer_id: str, document_id: str) -> DocumentDetails:
        self.document(customer_id, document_id)
        customer = find(self._known, customer_id)
        settled = _settled(customer)
        return replace(
            customer.details.get(document_id, DocumentDetails()),
            corrections=tuple(document for document in settled if document.corrects_id == document_id),
            has_file=document_id in customer.files,
        )

    def document_file(self, customer_id: str, document_id: str) -> DocumentFile | None:
        document = self.document(customer_id, document_id)
        content = find(self._known, customer_id).files.get(document_id)
        if content is None:
            return None
        return DocumentFile(f"{document.number}.pdf", len(content), iter((content,)))


def _with_balances(customer: MemoryCustomer) -> list[LedgerEntry]:
    """Newest first, each with the sum of all entries up to it."""
    sums: dict[str, Money] = {}
    entries = []
    for entry in sorted(customer.entries, key=lambda entry: entry.booked_on):
        currency = entry.amount.currency
        sums[currency] = sums.get(currency, Money(ZERO, currency)) + entry.amount
        entries.append(replace(entry, balance_after=sums[currency]))
    return entries[::-1]


def _balances(customer: MemoryCustomer) -> tuple[Money, ...]:
    newest: dict[str, Money] = {}
    for entry in _with_balances(customer):
        if entry.balance_after is not None:
            newest.setdefault(entry.amount.currency, entry.balance_after)
    return tuple(newest[currency] for currency in sorted(newest))


def _settled(customer: MemoryCustomer) -> tuple[Document, ...]:
    newest_first = sorted(customer.documents, key=lambda document: document.issued_on)[::-1]
    return settle(newest_first, _balances(customer))


def _is_wanted(entry: LedgerEntry, request: LedgerRequest) -> bool:
    if request.since is not None and entry.booked_on < request.since:
        return False
    if request.until is not None and entry.booked_on > request.until:
        return False
    return request.kind is None or _kind(entry.amount) is request.kind


def _kind(amount: Money) -> EntryKind | None:
    if not amount.amount:
        return None
    return EntryKind.CHARGE if amount.amount < 0 else EntryKind.PAYMENT


def _counted(totals: LedgerTotals, amount: Money) -> LedgerTotals:
    if _kind(amount) is EntryKind.CHARGE:
        return replace(totals, charged=totals.charged - amount)
    return replace(totals, paid=totals.paid + amount)

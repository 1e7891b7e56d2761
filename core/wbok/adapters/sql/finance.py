"""The `finance` capability over relations: balance, ledger, documents, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from wbok.adapters.sql.conditions import Condition
from wbok.adapters.sql.cursor import Mark
from wbok.adapters.sql.customers import read_services
from wbok.adapters.sql.reader import MAX_ROWS, Reader
from wbok.adapters.sql.rows import Row
from wbok.adapters.sql.statements import GATHER_LIMIT
from wbok.adapters.sql.totals import Addend, sum_by_currency
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import (
    Account,
    Document,
    DocumentKind,
    DocumentLine,
    EntryKind,
    KsefState,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    Seller,
    Settlement,
    Terms,
)
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.domain.settlement import hangs_on_balance, settle, summarise
from wbok.errors import NotFound

Values = Mapping[str, Any]
MAX_LINES = 10_000
MAX_DOCUMENTS = 10_000
TERMS = ("customers", "services", "accounts", "sellers")


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest documents, as many as the whole debt lies on, with what remains of each."""

    balances: tuple[Money, ...]
    rows: list[Row]
    settled: tuple[Document, ...]


class SqlFinance:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def parts(self) -> frozenset[str]:
        parts = {name for name in ("ledger", "documents", "document_lines") if self._reader.has(name)}
        return frozenset(parts | {"terms"})

    def settlement(self, customer_id: str) -> Settlement:
        """Documents and balances in one statement, since it stands on the first page of all."""
        addend = Addend("ledger", ("amount",))
        found, totals = self._reader.gather_and_add(("documents",), addend, customer_id=customer_id)
        if len(found["documents"]) >= GATHER_LIMIT:
            newest = self._newest(customer_id)
            return summarise(newest.settled, newest.balances)
        sums = sum_by_currency(totals, "amount")
        balances = tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
        # By the key they are in order already; of one day, the greater key is the newer.
        oldest_first = sorted(found["documents"], key=lambda values: values["issued_on"])
        documents = [_document(values, self._reader.currency) for values in reversed(oldest_first)]
        return summarise(settle(documents, balances), balances)

    def terms(self, customer_id: str) -> Terms:
        found = self._reader.gather(TERMS, customer_id=customer_id)
        if self._reader.has("customers") and not found["customers"]:
            raise NotFound("customer")
        customer = found["customers"][0] if found["customers"] else {}
        # By number they are in order already.
        accounts = sorted(found["accounts"], key=lambda values: values["position"] or 0)
        return Terms(
            services=read_services(found["services"], currency=self._reader.currency),
            accounts=tuple(Account(v["number"], v["currency"]) for v in accounts),
            seller=_seller(found["sellers"], customer.get("seller_id")),
            payment_title=customer.get("payment_title"),
        )

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]:
        mark = self._reader.place("ledger", request.after)
        rows = self._reader.rows(
            "ledger",
            customer_id=customer_id,
            conditions=self._conditions(request),
            after=mark,
            newest_first=True,
            limit=request.limit + 1,
        )
        shown = [_entry(row.values, self._reader.currency) for row in rows[: request.limit]]
        if self._is_summed(request):
            shown = _with_balances(shown, self._opening(customer_id, request, mark))
        return Page(tuple(shown), self._reader.next("ledger", rows, request.limit))

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        period = self._conditions(replace(request, kind=None))
        charged, paid = (
            self._reader.sums("ledger", "amount", customer_id=customer_id, conditions=[*period, side])
            if request.kind in (None, kind)
            else {}
            for kind, side in SIDES.items()
        )
        return tuple(
            LedgerTotals(Money(-charged.get(c, Decimal()), c), Money(paid.get(c, Decimal()), c))
            for c in sorted({*charged, *paid})
        )

    def documents(self, customer_id: str, request: DocumentRequest) -> Page[Document]:
        if request.after is None and not self._reader.has_column("documents", "remaining"):
            return self._first_documents(customer_id, request.limit)
        mark = self._reader.place("documents", request.after)
        rows = self._reader.rows(
            "documents", customer_id=customer_id, after=mark, newest_first=True, limit=request.limit + 1
        )
        shown = tuple(_document(row.values, self._reader.currency) for row in rows[: request.limit])
        return Page(self._settled(customer_id, shown), self._reader.next("documents", rows, request.limit))

    def document(self, customer_id: str, document_id: str) -> Document:
        condition = self._reader.condition("documents", "id", "=", document_id)
        rows = self._reader.rows("documents", customer_id=customer_id, conditions=[condition])
        found = [
            _document(row.values, self._reader.currency) for row in rows if row.values["id"] == document_id
        ]
        if not found:
            raise NotFound("document")
        return self._settled(customer_id, tuple(found))[0]

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]:
        condition = self._reader.condition("document_lines", "document_id", "=", document_id)
        rows = self._reader.rows(
            "document_lines", customer_id=customer_id, conditions=[condition], limit=MAX_LINES
        )
        return tuple(
            _line(row.values, self._reader.currency)
            for row in rows
            if row.values["document_id"] == document_id
        )

    def _conditions(self, request: LedgerRequest) -> list[Condition]:
        side = [SIDES[request.kind]] if request.kind else []
        return [*side, *self._reader.period("ledger", since=request.since, until=request.until)]

    def _is_summed(self, request: LedgerRequest) -> bool:
        """Whether we add up the balance ourselves; with one side left out there is none to add up."""
        return (
            request.running
            and request.kind is None
            and not self._reader.has_column("ledger", "balance_after")
        )

    def _opening(self, customer_id: str, request: LedgerRequest, mark: Mark | None) -> dict[str, Decimal]:
        """The balances at the newest entry of the page: everything that is not newer, summed up."""
        until = self._conditions(LedgerRequest(until=request.until))
        return self._reader.sums("ledger", "amount", customer_id=customer_id, conditions=until, after=mark)

    def _balances(self, customer_id: str) -> tuple[Money, ...]:
        sums = self._reader.sums("ledger", "amount", customer_id=customer_id)
        return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))

    def _first_documents(self, customer_id: str, limit: int) -> Page[Document]:
        """The newest documents are read for their states in any case; the first page is their beginning."""
        newest = self._newest(customer_id)
        return Page(newest.settled[:limit], self._reader.next("documents", newest.rows, limit))

    def _newest(self, customer_id: str) -> _Newest:
        balances = self._balances(customer_id)
        rows: list[Row] = []
        while True:
            more = self._documents_after(customer_id, rows[-1] if rows else None)
            rows += more
            settled = settle([_document(row.values, self._reader.currency) for row in rows], balances)
            is_all = len(more) < MAX_ROWS or len(rows) >= MAX_DOCUMENTS
            if is_all or not summarise(settled, balances).unattributed:
                return _Newest(balances, rows, settled)

    def _documents_after(self, customer_id: str, last: Row | None) -> list[Row]:
        if not self._reader.has("documents"):
            return []
        mark = Mark(last.sort, last.key) if last else None
        return self._reader.rows("documents", customer_id=customer_id, after=mark, newest_first=True)

    def _settled(self, customer_id: str, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        if not any(hangs_on_balance(document) for document in documents):
            return settle(documents, ())
        remaining = {d.id: d for d in self._newest(customer_id).settled}
        # A document older than all of these carries no debt: the debt lies on the newest.
        return tuple(remaining.get(d.id) or settle((d,), ())[0] for d in documents)


SIDES: Mapping[EntryKind, Condition] = {
    EntryKind.CHARGE: Condition("amount", "<", 0),
    EntryKind.PAYMENT: Condition("amount", ">", 0),
}


def _with_balances(entries: list[LedgerEntry], balances: dict[str, Decimal]) -> list[LedgerEntry]:
    """Entries, newest first, with the balance after each; `balances` are those after the newest."""
    shown, balances = [], dict(balances)
    for entry in entries:
        currency = entry.amount.currency
        after = balances.get(currency, Decimal())
        shown.append(replace(entry, balance_after=Money(after, currency)))
        balances[currency] = after - entry.amount.amount
    return shown


def _entry(v: Values, currency: str) -> LedgerEntry:
    currency = v["currency"] or currency
    return LedgerEntry(
        id=v["id"],
        booked_on=v["booked_on"],
        amount=Money(v["amount"], currency),
        description=v["description"],
        document_id=v["document_id"],
        balance_after=_money(v["balance_after"], currency),
    )


def _document(v: Values, currency: str) -> Document:
    currency = v["currency"] or currency
    return Document(
        id=v["id"],
        number=v["number"],
        kind=DocumentKind(v["kind"]),
        issued_on=v["issued_on"],
        gross=Money(v["gross"], currency),
        due_on=v["due_on"],
        net=_money(v["net"], currency),
        remaining=_money(v["remaining"], currency),
        cancelled=bool(v["cancelled"]),
        corrects_id=v["corrects_id"],
        ksef_number=v["ksef_number"],
        ksef_state=KsefState(v["ksef_state"]) if v["ksef_state"] else None,
        split_payment=bool(v["split_payment"]),
    )


def _line(v: Values, currency: str) -> DocumentLine:
    currency = v["currency"] or currency
    return DocumentLine(
        position=v["position"],
        description=v["description"],
        quantity=v["quantity"],
        vat_rate=v["vat_rate"],
        net=Money(v["net"], currency),
        vat=Money(v["vat"], currency),
        gross=Money(v["gross"], currency),
        unit=v["unit"],
    )


def _seller(rows: list[Values], seller_id: str | None) -> Seller | None:
    """The customer's own seller; without one, the only one there is."""
    chosen = [v for v in rows if v["id"] == seller_id] or (rows if len(rows) == 1 else [])
    if not chosen:
        return None
    v = chosen[0]
    return Seller(
        id=v["id"],
        name=v["name"],
        street=v["street"],
        postcode=v["postcode"],
        city=v["city"],
        tax_id=v["tax_id"],
        account=v["account"],
    )


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)

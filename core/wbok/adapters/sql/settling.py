"""Which documents are paid, by what the billing says or else by the balance; read once for all who ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wbok.adapters.sql.cursor import Mark
from wbok.adapters.sql.reader import MAX_ROWS, Reader
from wbok.adapters.sql.rows import Row
from wbok.adapters.sql.statements import GATHER_LIMIT
from wbok.adapters.sql.totals import Addend, sum_by_currency
from wbok.domain.finance import Document, DocumentKind, KsefState
from wbok.domain.money import Money
from wbok.domain.settlement import hangs_on_balance, settle, summarise

Values = Mapping[str, Any]
MAX_DOCUMENTS = 10_000


@dataclass(frozen=True, slots=True)
class Settled:
    """`documents`, newest first, as many as the whole debt lies on, with what remains of each."""

    balances: tuple[Money, ...]
    documents: tuple[Document, ...]


class Settling:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def now(self, customer_id: str) -> Settled:
        """Documents and balances in one statement, since they stand on the first page of all."""
        addend = Addend("ledger", ("amount",))
        found, totals = self._reader.gather_and_add(("documents",), addend, customer_id=customer_id)
        sums = sum_by_currency(totals, "amount")
        balances = tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
        if len(found["documents"]) >= GATHER_LIMIT:
            return self._newest(customer_id, balances)
        # By the key they are in order already; of one day, the greater key is the newer.
        oldest_first = sorted(found["documents"], key=lambda values: values["issued_on"])
        documents = [document_of(values, self._reader.currency) for values in reversed(oldest_first)]
        return Settled(balances, settle(documents, balances))

    def settled(self, customer_id: str, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """The same documents with what remains of each: one statement more where only the balance can tell."""
        if not any(hangs_on_balance(document) for document in documents):
            return settle(documents, ())
        remaining = {d.id: d for d in self.now(customer_id).documents}
        # A document older than all of these carries no debt: the debt lies on the newest.
        return tuple(remaining.get(d.id) or settle((d,), ())[0] for d in documents)

    def _newest(self, customer_id: str, balances: tuple[Money, ...]) -> Settled:
        """Of very many documents those that the debt lies on, read part by part."""
        rows: list[Row] = []
        while True:
            mark = Mark(rows[-1].sort, rows[-1].key) if rows else None
            more = self._reader.rows("documents", customer_id=customer_id, after=mark, newest_first=True)
            rows += more
            settled = settle([document_of(row.values, self._reader.currency) for row in rows], balances)
            is_all = len(more) < MAX_ROWS or len(rows) >= MAX_DOCUMENTS
            if is_all or not summarise(settled, balances).unattributed:
                return Settled(balances, settled)


def document_of(v: Values, currency: str) -> Document:
    """`currency`: the one of documents that name none."""
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


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)

"""Documents over relations: lists by filter, one document and what stands on it, its original file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.originals import Originals
from wbok.adapters.sql.conditions import Condition
from wbok.adapters.sql.reader import Reader, Wanted
from wbok.adapters.sql.settling import MAX_DOCUMENTS, Settling, document_of
from wbok.domain.documents import (
    DocumentDetails,
    DocumentFile,
    DocumentPayment,
    DocumentRequest,
    Party,
    has_number,
)
from wbok.domain.finance import Document, DocumentKind, DocumentLine
from wbok.domain.money import Money
from wbok.domain.page import Page
from wbok.domain.settlement import settle
from wbok.errors import NotFound

Values = Mapping[str, Any]
MAX_LINES = 10_000


class SqlDocuments:
    def __init__(self, reader: Reader, settling: Settling, originals: Originals) -> None:
        self._reader = reader
        self._settling = settling
        self._originals = originals

    def documents(self, customer_id: str, request: DocumentRequest) -> Page[Document]:
        """Kind and days are chosen by the database; number and state are ours to tell, so all of these are read."""
        picks = request.number is not None or request.state is not None
        rows = self._reader.rows(
            "documents",
            customer_id=customer_id,
            conditions=self._chosen_by(request),
            after=self._reader.place("documents", request.after),
            newest_first=True,
            limit=MAX_DOCUMENTS if picks else request.limit + 1,
        )
        found = [(row, document_of(row.values, self._reader.currency)) for row in rows]
        if request.number is not None:
            found = [pair for pair in found if has_number(pair[1], request.number)]
        if request.state is None:
            found = found[: request.limit + 1]
        settled = self._settling.settled(customer_id, tuple(document for _, document in found))
        fitting = [(row, d) for (row, _), d in zip(found, settled, strict=True) if request.fits(d)]
        shown = tuple(document for _, document in fitting[: request.limit])
        return Page(shown, self._reader.next("documents", [row for row, _ in fitting], request.limit))

    def document_years(self, customer_id: str) -> tuple[int, ...]:
        days = self._reader.extent("documents", customer_id=customer_id)
        return tuple(range(days[1].year, days[0].year - 1, -1)) if days else ()

    def document(self, customer_id: str, document_id: str) -> Document:
        condition = self._reader.condition("documents", "id", "=", document_id)
        rows = self._reader.rows("documents", customer_id=customer_id, conditions=[condition])
        found = [
            document_of(row.values, self._reader.currency) for row in rows if row.values["id"] == document_id
        ]
        if not found:
            raise NotFound("document")
        return self._settling.settled(customer_id, tuple(found))[0]

    def document_details(self, customer_id: str, document_id: str) -> DocumentDetails:
        """In one statement, all that belongs to the document."""
        found = self._reader.gather(details_of(self._reader, document_id), customer_id=customer_id)
        own = [v for v in found["documents"] if v["id"] == document_id]
        if not own:
            raise NotFound("document")
        payments = [v for v in found["document_payments"] if v["document_id"] == document_id]
        return _details(
            own[0],
            corrections=self._corrections(found.get("corrections", []), document_id),
            payments=tuple(_payment(v, self._reader.currency) for v in payments),
            has_file=any(v["document_id"] == document_id for v in found["document_files"]),
        )

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

    def document_file(self, customer_id: str, document_id: str) -> DocumentFile | None:
        if not self._reader.has("document_files"):
            return None
        condition = self._reader.condition("document_files", "document_id", "=", document_id)
        rows = self._reader.rows(
            "document_files", customer_id=customer_id, conditions=[condition], in_detail=True
        )
        for row in rows:
            v = row.values
            if v["document_id"] == document_id:
                return self._originals.open(
                    v["name"], path=v.get("path"), content=v.get("content"), document_id=document_id
                )
        return None

    def _chosen_by(self, request: DocumentRequest) -> list[Condition]:
        kind = [self._reader.word("documents", "kind", request.kind.value)] if request.kind else []
        return [*kind, *self._reader.period("documents", since=request.since, until=request.until)]

    def _corrections(self, rows: list[Values], document_id: str) -> tuple[Document, ...]:
        """Newest first; what only the balance can tell of is never a correction of something."""
        rows = sorted(rows, key=lambda v: v["issued_on"])[::-1]
        documents = (document_of(v, self._reader.currency) for v in rows if v["corrects_id"] == document_id)
        return settle([d for d in documents if d.kind is DocumentKind.CORRECTION], ())


def details_of(reader: Reader, document_id: str) -> list[Wanted]:
    """What stands on a document and belongs to it, each relation once more where it is needed twice.

    Raises NotFound for what is no id.
    """

    def wanted(name: str, relation: str, column: str, *, in_detail: bool = False) -> Wanted:
        condition = reader.condition(relation, column, "=", document_id)
        return Wanted(name, relation, (condition,), in_detail)

    one = [wanted("documents", "documents", "id", in_detail=True)]
    if reader.has_column("documents", "corrects_id"):
        one.append(wanted("corrections", "documents", "corrects_id"))
    belonging = ("document_payments", "document_files")
    return one + [wanted(r, r, "document_id") if reader.has(r) else Wanted(r, r) for r in belonging]


def _details(
    v: Values, *, corrections: tuple[Document, ...], payments: tuple[DocumentPayment, ...], has_file: bool
) -> DocumentDetails:
    return DocumentDetails(
        buyer=_party(v, "buyer"),
        seller=_party(v, "seller"),
        corrections=corrections,
        payments=payments,
        has_file=has_file,
        **{name: v.get(name) for name in FACTS},
    )


FACTS = ("sold_on", "place", "payment_method", "reason", "remarks", "ksef_url", "ksef_assigned_on")
PARTY = ("name", "street", "postcode", "city", "tax_id")


def _party(v: Values, side: str) -> Party | None:
    """None without a name: nobody can be told by an address alone."""
    name, street, postcode, city, tax_id = (v.get(f"{side}_{part}") for part in PARTY)
    return Party(name, street, postcode, city, tax_id) if name else None


def _payment(v: Values, currency: str) -> DocumentPayment:
    return DocumentPayment(v["paid_on"], Money(v["amount"], v["currency"] or currency), v["description"])


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

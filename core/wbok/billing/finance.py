"""The capability `finance`: what is owed, what was booked, the documents."""

from __future__ import annotations

from typing import Protocol

from wbok.domain.documents import DocumentDetails, DocumentFile, DocumentRequest
from wbok.domain.finance import (
    Document,
    DocumentLine,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    Settlement,
    Terms,
)
from wbok.domain.page import Page
from wbok.domain.statement import YearTotals

__all__ = ["Finance"]


class Finance(Protocol):
    @property
    def parts(self) -> frozenset[str]:
        """What this billing can tell.

        Of `ledger`, `documents`, `document_lines`, `document_payments`, `document_files`, `terms`.
        """

    def settlement(self, customer_id: str) -> Settlement: ...

    def terms(self, customer_id: str) -> Terms: ...

    def ledger(self, customer_id: str, request: LedgerRequest) -> Page[LedgerEntry]: ...

    def ledger_totals(self, customer_id: str, request: LedgerRequest) -> tuple[LedgerTotals, ...]:
        """For the period and kind of the request, one for each currency."""

    def yearly_totals(self, customer_id: str, first: int, last: int) -> tuple[YearTotals, ...]:
        """One for each year from `first` to `last` and currency in which something was booked, newest first.

        At most 30 years; Rejected for more.
        """

    def documents(self, customer_id: str, request: DocumentRequest) -> Page[Document]:
        """Those that `request.fits`."""

    def document_years(self, customer_id: str) -> tuple[int, ...]:
        """All years from that of the newest document to that of the oldest; empty when there are none."""

    def document(self, customer_id: str, document_id: str) -> Document: ...

    def document_details(self, customer_id: str, document_id: str) -> DocumentDetails: ...

    def document_lines(self, customer_id: str, document_id: str) -> tuple[DocumentLine, ...]: ...

    def document_file(self, customer_id: str, document_id: str) -> DocumentFile | None:
        """The original, byte for byte; None when there is none.

        Raises FileUnusable when there is one that cannot be given: it is missing, too large or no PDF.
        """

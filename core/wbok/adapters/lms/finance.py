"""Finanse over LMS: what was charged and paid, the documents, and where to pay."""

from __future__ import annotations

from sqlalchemy import Select, and_, func, select

from wbok.adapters.lms.accounts import accounts, sellers
from wbok.adapters.lms.documents import is_shown, source_of_documents, source_of_files
from wbok.adapters.lms.lines import document_lines
from wbok.adapters.lms.site import Site, filled
from wbok.adapters.lms.tables.finance import cash, documents
from wbok.adapters.sql.source import Source


def sources(site: Site, *, with_files: bool) -> dict[str, Source]:
    """LMS does not know which document a payment was for, so there are no `document_payments`."""
    files = {"document_files": source_of_files(site)} if with_files else {}
    return {
        **files,
        "ledger": site.source("ledger", _ledger(), {"booked_on": "instant:epoch_s"}),
        "documents": source_of_documents(site),
        "document_lines": document_lines(site),
        "accounts": accounts(site),
        "sellers": sellers(site),
    }


def _ledger() -> Select[tuple[object, ...]]:
    c, document = cash.c, documents.alias("d")
    own = and_(document.c.id == c.docid, document.c.customerid == c.customerid, is_shown(document))
    return select(
        c.id,
        c.customerid.label("customer_id"),
        c.time.label("booked_on"),
        func.coalesce(c.value, 0).label("amount"),
        filled(c.currency).label("currency"),
        c.comment.label("description"),
        document.c.id.label("document_id"),
    ).select_from(cash.outerjoin(document, own))

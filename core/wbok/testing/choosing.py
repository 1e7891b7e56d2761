"""The filters of the documents: whoever filters sees the same rows as who reads the whole list, and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wbok.billing import Finance
from wbok.domain.documents import DocumentRequest, StateFilter, has_number
from wbok.domain.finance import Document, DocumentKind, PaidState
from wbok.testing.ledger import needs
from wbok.testing.paging import Listing, check_foreign_mark, check_same
from wbok.testing.sample import Sample

PATTERNS = ("%", "_", "*", "?", "\\", "'", "%' OR '1'='1", "[0-9]")
"""Signs that some database or search takes for a pattern."""


def documents_of(
    finance: Finance, customer_id: str, request: DocumentRequest | None = None
) -> Listing[Document]:
    needs(finance, "documents")
    asked = request or DocumentRequest()
    said = f", {_said(asked)}" if request else ""
    return Listing(
        f"documents of {customer_id!r}{said}",
        lambda mark, limit: finance.documents(customer_id, replace(asked, after=mark, limit=limit)),
    )


class DocumentChoiceContract:
    def test_documents_of_a_kind(self, finance: Finance, sample: Sample) -> None:
        for kind in DocumentKind:
            _check(finance, sample, DocumentRequest(kind=kind))

    def test_documents_of_a_period_are_those_issued_in_it(self, finance: Finance, sample: Sample) -> None:
        whole = documents_of(finance, sample.customer_id).whole()
        days = sorted({document.issued_on for document in whole}) or [date(2026, 1, 1)]
        first, last = days[len(days) // 4], days[len(days) * 3 // 4]
        for since, until in ((first, last), (first, None), (None, last), (last, last)):
            _check(finance, sample, DocumentRequest(since=since, until=until))

    def test_documents_by_their_state(self, finance: Finance, sample: Sample) -> None:
        """The state is the one that the document itself shows, also on the day after it was due."""
        whole = documents_of(finance, sample.customer_id).whole()
        due = [document.due_on for document in whole if document.due_on]
        newest = max(due, default=date(2026, 1, 1))
        for today in (newest, newest + timedelta(days=1)):
            for state in StateFilter:
                _check(finance, sample, DocumentRequest(state=state, today=today))

    def test_documents_by_their_number(self, finance: Finance, sample: Sample) -> None:
        for document in documents_of(finance, sample.customer_id).whole()[:3]:
            number = document.number
            for wanted in (number, number.lower(), number.upper(), number[1:], number[:-1], number[2:3]):
                _check(finance, sample, DocumentRequest(number=wanted))
            _check(finance, sample, DocumentRequest(number="".join(filter(str.isalnum, number))))

    def test_no_sign_of_a_number_is_a_pattern(self, finance: Finance, sample: Sample) -> None:
        for wanted in (*PATTERNS, "\x00", "no such number"):
            _check(finance, sample, DocumentRequest(number=wanted))

    def test_filters_of_documents_work_together(self, finance: Finance, sample: Sample) -> None:
        whole = documents_of(finance, sample.customer_id).whole()
        for document in whole[len(whole) // 2 :][:1]:
            today = document.issued_on + timedelta(days=365)
            narrow = DocumentRequest(
                kind=document.kind, since=document.issued_on, until=document.issued_on, number=document.number
            )
            _check(finance, sample, narrow)
            for state in StateFilter:
                _check(finance, sample, replace(narrow, state=state, today=today))

    def test_a_mark_opens_no_other_filtered_documents(self, finance: Finance, sample: Sample) -> None:
        paid = DocumentRequest(state=StateFilter.PAID, today=date(2026, 1, 1))
        whose = (sample.customer_id, sample.other_customer_id)
        check_foreign_mark(*(documents_of(finance, who, paid) for who in whose))

    def test_the_years_are_those_of_the_documents(self, finance: Finance, sample: Sample) -> None:
        needs(finance, "documents")
        for customer_id in sample.customers:
            issued = [document.issued_on.year for document in documents_of(finance, customer_id).whole()]
            expected = tuple(range(max(issued), min(issued) - 1, -1)) if issued else ()
            found = finance.document_years(customer_id)
            assert found == expected, (
                f"document_years({customer_id!r}): found {found}, expected {expected}: each year from that of "
                "the newest document down to that of the oldest."
            )


def _check(finance: Finance, sample: Sample, request: DocumentRequest) -> None:
    for customer_id in (sample.customer_id, sample.empty_customer_id):
        whole = documents_of(finance, customer_id).whole()
        # Chosen here by the rule in words, so that a fault of `fits` is seen too.
        expected = [document for document in whole if _is_wanted(document, request)]
        for limit in (2, 100):
            found = documents_of(finance, customer_id, request).whole(limit=limit)
            check_same(
                f"{_said(request)}, pages of {limit}", found, expected, against="the whole list, so filtered,"
            )


def _is_wanted(document: Document, request: DocumentRequest) -> bool:
    if not (request.since or date.min) <= document.issued_on <= (request.until or date.max):
        return False
    if request.number is not None and not has_number(document, request.number):
        return False
    if request.kind not in (None, document.kind):
        return False
    if request.state is None or request.today is None:
        return True
    state = document.state(request.today)
    if request.state is StateFilter.UNPAID:
        return state in (PaidState.DUE, PaidState.OVERDUE)
    return state.value == request.state.value


def _said(request: DocumentRequest) -> str:
    words = [request.kind and f"kind={request.kind.value}", request.since and f"since {request.since}"]
    words += [request.until and f"until {request.until}", request.state and f"state={request.state.value}"]
    words += [None if request.number is None else f"number {request.number!r}"]
    return "documents, " + (" ".join(word for word in words if word) or "everything")

"""What belongs to one document: details, payments, corrections, the original file; and nobody else's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wbok.billing import Finance
from wbok.domain.finance import DocumentKind
from wbok.errors import FileUnusable, NotFound
from wbok.testing.choosing import documents_of
from wbok.testing.customers import check_currency
from wbok.testing.ledger import needs
from wbok.testing.sample import Sample

PDF = b"%PDF-"


class PapersContract:
    def test_corrections_are_linked_both_ways(self, finance: Finance, sample: Sample) -> None:
        whole = documents_of(finance, sample.customer_id).whole()
        for document in whole:
            expected = [
                d for d in whole if d.corrects_id == document.id and d.kind is DocumentKind.CORRECTION
            ]
            found = finance.document_details(sample.customer_id, document.id).corrections
            assert list(found) == expected, (
                f"document_details of {document.id!r}: found the corrections {[d.id for d in found]}, expected "
                f"{[d.id for d in expected]}: each document of this customer whose corrects_id leads here, newest "
                "first, as the list shows it."
            )

    def test_payments_of_a_document(self, finance: Finance, sample: Sample) -> None:
        needs(finance, "document_payments")
        for document in documents_of(finance, sample.customer_id).whole():
            payments = finance.document_details(sample.customer_id, document.id).payments
            where = f"document_details of {document.id!r}"
            days = [payment.paid_on for payment in payments]
            assert days == sorted(days), f"{where}: found payments of {days}, expected the oldest first."
            for payment in payments:
                check_currency(where, payment.amount.currency, sample)
            total = sum((p.amount.amount for p in payments), Decimal())
            assert total >= 0, (
                f"{where}: the payments add up to {total}, expected no less than zero. What was paid is "
                "positive; turn the sign of what your billing writes the other way."
            )

    def test_details_of_a_foreign_document_are_not_found(self, finance: Finance, sample: Sample) -> None:
        for document_id in _foreign_ids(finance, sample):
            try:
                found = finance.document_details(sample.customer_id, document_id)
            except NotFound:
                continue
            pytest.fail(
                f"document_details({sample.customer_id!r}, {document_id!r:.40}): found {found!r}, expected "
                "NotFound. Select by the document's id and by customer_id, and compare both exactly."
            )

    def test_a_foreign_file_is_not_given(self, finance: Finance, sample: Sample) -> None:
        needs(finance, "document_files")
        for document_id in _foreign_ids(finance, sample):
            try:
                found = finance.document_file(sample.customer_id, document_id)
            except NotFound:
                continue
            assert found is None, (
                f"document_file({sample.customer_id!r}, {document_id!r:.40}): found {found.name!r}, expected "
                "NotFound or None. A file belongs to the customer whose document it is."
            )

    def test_a_file_has_the_size_that_it_says(self, finance: Finance, sample: Sample) -> None:
        needs(finance, "document_files")
        for document in documents_of(finance, sample.customer_id).whole():
            has_file = finance.document_details(sample.customer_id, document.id).has_file
            where = f"document_file of {document.id!r}"
            try:
                file = finance.document_file(sample.customer_id, document.id)
            except FileUnusable:
                assert has_file, f"{where}: found FileUnusable, but the details say that there is no file."
                continue
            assert (file is not None) == has_file, (
                f"{where}: found {file!r}, but has_file of the details is {has_file}. Say the same in both."
            )
            if file is None:
                continue
            content = b"".join(file.chunks)
            assert len(content) == file.size, (
                f"{where}: found {len(content)} bytes, expected {file.size} as `size` says."
            )
            assert content.startswith(PDF), f"{where}: found no PDF, expected one, or FileUnusable."


def _foreign_ids(finance: Finance, sample: Sample) -> list[str]:
    """Ids of others' documents, and what is none."""
    own = {document.id for document in documents_of(finance, sample.customer_id).whole()}
    others = [document.id for document in documents_of(finance, sample.other_customer_id).whole()]
    senseless = ["", "x" * 300, "9" * 30, "\x00", "\ud800", "%"]
    return [document_id for document_id in (*others, *senseless) if document_id not in own]

"""The documents' part of the contract of `finance`: pages, states, lines, and no way to somebody else's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wbok.billing import Finance
from wbok.domain.finance import DEBTLESS, DocumentKind
from wbok.errors import NotFound
from wbok.testing.choosing import DocumentChoiceContract, documents_of
from wbok.testing.customers import check_currency
from wbok.testing.ledger import ledger_of, needs
from wbok.testing.paging import (
    check_apart,
    check_foreign_mark,
    check_invented_marks,
    check_newest_first,
    check_pages,
)
from wbok.testing.papers import PapersContract
from wbok.testing.said import differences, shown
from wbok.testing.sample import Sample

GROSZ = Decimal("0.01")


class DocumentsContract(DocumentChoiceContract, PapersContract):
    def test_document_pages_are_complete(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_pages(documents_of(finance, customer_id))

    def test_documents_come_newest_first(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            check_newest_first(documents_of(finance, customer_id), lambda document: document.issued_on)

    def test_nobody_sees_anothers_documents(self, finance: Finance, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        mine, theirs = (documents_of(finance, who).whole() for who in whose)
        check_apart("documents", mine, theirs, whose=whose)

    def test_a_mark_opens_no_other_documents(self, finance: Finance, sample: Sample) -> None:
        whose = (sample.customer_id, sample.other_customer_id)
        check_foreign_mark(*(documents_of(finance, who) for who in whose))

    def test_an_invented_mark_of_the_documents_is_rejected(self, finance: Finance, sample: Sample) -> None:
        check_invented_marks(documents_of(finance, sample.customer_id))

    def test_a_document_says_the_same_in_the_list_and_alone(self, finance: Finance, sample: Sample) -> None:
        for listed in documents_of(finance, sample.customer_id).whole():
            alone = finance.document(sample.customer_id, listed.id)
            assert alone == listed, (
                f"document {listed.id!r}: alone, compared with the one in the list, "
                f"{differences(alone, listed)}. Settle both in one place."
            )

    def test_a_foreign_document_is_not_found(self, finance: Finance, sample: Sample) -> None:
        whole = {who: [d.id for d in documents_of(finance, who).whole()] for who in sample.customers}
        for who, own in whole.items():
            foreign = [key for other, keys in whole.items() if other != who for key in keys]
            for document_id in (*foreign, *_senseless(foreign), *_senseless(own)):
                if document_id not in own:
                    _check_hidden(finance, who, document_id)

    def test_lines_add_up_to_their_document(self, finance: Finance, sample: Sample) -> None:
        needs(finance, "document_lines")
        for customer_id in sample.customers:
            for document in documents_of(finance, customer_id).whole():
                lines = finance.document_lines(customer_id, document.id)
                where = f"document_lines of {document.id!r}"
                positions = [line.position for line in lines]
                assert positions == sorted(set(positions)), (
                    f"{where}: found the positions {positions}, expected each once, in their order."
                )
                total = sum((line.gross.amount for line in lines), Decimal())
                # Each line may be rounded by itself.
                assert not lines or abs(total - document.gross.amount) <= GROSZ * len(lines), (
                    f"{where}: found {total} in all, expected {document.gross.amount}, the document's "
                    "gross. Amounts are of the whole line, not of one unit; of a correction they are the "
                    "difference."
                )
                for line in lines:
                    for money in (line.net, line.vat, line.gross):
                        check_currency(where, money.currency, sample)

    def test_what_remains_can_be_owed(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            for document in documents_of(finance, customer_id).whole():
                check_currency(f"document {document.id!r}", document.gross.currency, sample)
                carries_none = document.cancelled or document.kind in DEBTLESS
                assert not (carries_none and document.remaining), (
                    f"document {document.id!r}: found {document.remaining}, expected remaining None: nobody "
                    "owes a cancelled document, a pro-forma or a receipt. wbok.api.settle() follows this rule."
                )

    def test_entries_lead_to_documents_of_the_same_customer(self, finance: Finance, sample: Sample) -> None:
        own = {document.id: document for document in documents_of(finance, sample.customer_id).whole()}
        charged: dict[str, bool] = {}
        for entry in ledger_of(finance, sample.customer_id).whole():
            if entry.document_id is None:
                continue
            assert entry.document_id in own, (
                f"ledger, id {entry.id}: leads to document {entry.document_id!r}, which customer "
                f"{sample.customer_id!r} does not have. Leave document_id out where there is nothing to "
                "open."
            )
            is_charge = entry.amount.amount < 0
            charged[entry.document_id] = charged.get(entry.document_id, False) or is_charge
        for document_id, is_charged in charged.items():
            document = own[document_id]
            owed = document.kind is DocumentKind.INVOICE and document.gross.amount > 0
            assert is_charged or not owed, (
                f"ledger: the entries of the invoice {document_id!r} are all positive, expected a negative "
                "one. A charge is negative and a payment positive; turn the signs of your billing's "
                "amounts."
            )

    def test_an_empty_customer_has_no_documents(self, finance: Finance, sample: Sample) -> None:
        found = documents_of(finance, sample.empty_customer_id).whole()
        assert found == (), f"documents of {sample.empty_customer_id!r}: found {found[0]!r}, expected none."


def _check_hidden(finance: Finance, customer_id: str, document_id: str) -> None:
    where = f"document({customer_id!r}, {document_id!r:.40})"
    try:
        found = finance.document(customer_id, document_id)
    except NotFound:
        pass
    else:
        pytest.fail(
            f"{where}: found {shown(found)}, expected NotFound. A document belongs to one customer: select by "
            "its id and by customer_id, and compare both exactly."
        )
    if "document_lines" not in finance.parts:
        return
    try:
        lines = finance.document_lines(customer_id, document_id)
    except NotFound:
        return
    assert lines == (), (
        f"document_lines of {document_id!r:.40}: found another customer's lines, expected NotFound."
    )


def _senseless(ids: list[str]) -> tuple[str, ...]:
    """Ids of documents that nearly are some, or cannot be any."""
    near = [variant for known in ids[:1] for variant in (known + " ", known.swapcase(), "0" + known)]
    return tuple(text for text in (*near, "", "x" * 300, "9" * 30, "\x00", "\ud800", "%") if text not in ids)

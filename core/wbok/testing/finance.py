"""The contract of the capability `finance`: what is owed, ledger, documents, terms. It times nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from wbok.billing import Billing, Finance
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import LedgerRequest, Settlement
from wbok.errors import NotFound
from wbok.testing.asked import asked
from wbok.testing.choosing import documents_of
from wbok.testing.customers import check_currency
from wbok.testing.documents import DocumentsContract
from wbok.testing.ledger import LedgerContract, ledger_of
from wbok.testing.paging import check_apart, check_distinct
from wbok.testing.sample import Sample
from wbok.testing.statements import StatementContract

PARTS = frozenset({"ledger", "documents", "document_lines", "document_payments", "document_files", "terms"})


class FinanceContract(LedgerContract, StatementContract, DocumentsContract):
    """Inherit it and give the fixtures `billing` and `sample`. Parts that the billing has not are skipped."""

    @pytest.fixture
    def finance(self, billing: Billing) -> Finance:
        if billing.finance is None:
            pytest.fail("billing.finance is None. Inherit FinanceContract only for a billing that has it.")
        return asked(billing.finance, Finance)

    def test_the_parts_are_known(self, finance: Finance) -> None:
        unknown = finance.parts - PARTS
        assert not unknown, f"parts: found {sorted(unknown)}, expected some of {', '.join(sorted(PARTS))}."

    def test_the_settlement_is_the_sum_of_the_ledger(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            balances = finance.settlement(customer_id).balances
            check_distinct(f"balances of {customer_id!r}", [balance.currency for balance in balances])
            found = {b.currency: b.amount for b in balances}
            expected: dict[str, Decimal] = {}
            for entry in ledger_of(finance, customer_id).whole():
                currency = entry.amount.currency
                expected[currency] = expected.get(currency, Decimal()) + entry.amount.amount
            for currency in sorted({*found, *expected}):
                amount, wanted = found.get(currency, 0), expected.get(currency, 0)
                assert amount == wanted, (
                    f"settlement({customer_id!r}): found the balance {amount} {currency}, but all entries "
                    f"of the ledger add up to {wanted}. A debt is negative."
                )
        _check_known_balance(finance, sample)

    def test_unpaid_documents_are_the_customers_own(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            unpaid = finance.settlement(customer_id).unpaid
            listed = {d.id: d for d in documents_of(finance, customer_id).whole()} if unpaid else {}
            for document in unpaid:
                assert listed.get(document.id) == document, (
                    f"settlement({customer_id!r}).unpaid: found {document!r}, but the list of documents has "
                    f"{listed.get(document.id)!r}."
                )
                owed = document.remaining.amount if document.remaining else Decimal()
                assert owed > 0, (
                    f"settlement({customer_id!r}).unpaid: document {document.id!r} has nothing remaining."
                )

    def test_the_debt_lies_on_documents_or_is_unattributed(self, finance: Finance, sample: Sample) -> None:
        for customer_id in sample.customers:
            settlement = finance.settlement(customer_id)
            for currency in sample.currencies:
                _check_debt(f"settlement({customer_id!r})", settlement, currency)

    def test_accounts_belong_to_one_customer(self, finance: Finance, sample: Sample) -> None:
        terms_of = {customer_id: finance.terms(customer_id) for customer_id in sample.customers}
        for whose in sample.pairs:
            numbers = [[account.number for account in terms_of[who].accounts] for who in whose]
            check_apart("accounts", *numbers, whose=whose)
        for terms in terms_of.values():
            for service in terms.services:
                check_currency(f"service {service.id!r}", service.price.currency, sample)

    def test_an_empty_customer_owes_nothing(self, finance: Finance, sample: Sample) -> None:
        empty = sample.empty_customer_id
        finance.terms(empty)
        settlement = finance.settlement(empty)
        assert not settlement.unpaid and not settlement.unattributed, (  # noqa: PT018
            f"settlement({empty!r}): found {settlement!r}, expected nothing owed."
        )
        assert not any(balance.amount for balance in settlement.balances), (
            f"settlement({empty!r}): found {settlement.balances!r}, expected no balance, or zero."
        )
        totals = finance.ledger_totals(empty, LedgerRequest())
        assert not any(t.charged.amount or t.paid.amount for t in totals), (
            f"ledger_totals({empty!r}): found {totals!r}, expected none."
        )

    def test_who_is_nobody_has_nothing(self, finance: Finance, sample: Sample) -> None:
        for nobody in (sample.unknown_customer_id, *sample.senseless_ids):
            for name, ask in _questions(finance, nobody, sample).items():
                _check_nothing(f"{name} of {nobody!r:.40}, who is nobody", ask)


def _check_known_balance(finance: Finance, sample: Sample) -> None:
    if sample.balance is None:
        return
    found = {b.currency: b.amount for b in finance.settlement(sample.customer_id).balances}
    amount = found.get(sample.balance.currency, Decimal())
    assert amount == sample.balance.amount, (
        f"settlement({sample.customer_id!r}): found the balance {amount}, expected {sample.balance.amount} "
        "as Sample.balance says. A debt is negative: are the signs right, and are all entries there?"
    )


def _check_debt(where: str, settlement: Settlement, currency: str) -> None:
    debt = max(sum((-b.amount for b in settlement.balances if b.currency == currency), Decimal()), Decimal())
    remaining = (d.remaining for d in settlement.unpaid if d.remaining)
    on_documents = sum((m.amount for m in remaining if m.currency == currency), Decimal())
    rest = sum((m.amount for m in settlement.unattributed if m.currency == currency), Decimal())
    expected = max(debt - on_documents, Decimal())
    assert rest == expected, (
        f"{where}: found a debt of {debt} {currency}, {on_documents} of it on documents and {rest} "
        f"unattributed, expected {expected} unattributed. wbok.api.summarise() works this out."
    )


def _questions(finance: Finance, customer_id: str, sample: Sample) -> dict[str, Callable[[], object]]:
    """What a customer may ask; each gives something that is empty when he has nothing."""
    questions: dict[str, Callable[[], object]] = {
        "settlement": lambda: _owed(finance.settlement(customer_id)),
        "terms": lambda: finance.terms(customer_id).services + finance.terms(customer_id).accounts,
    }
    if "ledger" in finance.parts:
        questions["ledger"] = lambda: finance.ledger(customer_id, LedgerRequest()).rows
        questions["ledger_totals"] = lambda: finance.ledger_totals(customer_id, LedgerRequest())
        questions["yearly_totals"] = lambda: finance.yearly_totals(customer_id, 2020, 2029)
    if "documents" in finance.parts:
        questions["documents"] = lambda: finance.documents(customer_id, DocumentRequest()).rows
        questions["document_years"] = lambda: finance.document_years(customer_id)
        questions |= {
            f"document {d.id!r}": lambda d=d: finance.document(customer_id, d.id)  # type: ignore[misc]
            for d in documents_of(finance, sample.customer_id).whole()[:1]
        }
    return questions


def _owed(settlement: Settlement) -> tuple[object, ...]:
    return (*settlement.balances, *settlement.unpaid, *settlement.unattributed)


def _check_nothing(what: str, ask: Callable[[], object]) -> None:
    try:
        found = ask()
    except NotFound:
        return
    assert not found, (
        f"{what}: found {found!r:.200}, expected NotFound or nothing. Compare ids exactly: databases match "
        "text without case and trailing blanks, and make numbers of texts."
    )

"""On which documents a debt lies."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.domain.finance import Document, DocumentKind, PaidState
from wbok.domain.money import Money
from wbok.domain.settlement import settle, summarise

TODAY = date(2026, 11, 23)
INVOICE, CORRECTION, PRO_FORMA = DocumentKind.INVOICE, DocumentKind.CORRECTION, DocumentKind.PRO_FORMA


def zl(amount: str, currency: str = "PLN") -> Money:
    return Money(Decimal(amount), currency)


def document(
    number: int,
    gross: str,
    *,
    kind: DocumentKind = INVOICE,
    currency: str = "PLN",
    corrects: int | None = None,
    cancelled: bool = False,
    remaining: str | None = None,
) -> Document:
    return Document(
        id=str(number),
        number=f"FV/{number}",
        kind=kind,
        issued_on=date(2026, 1, 1) + timedelta(days=30 * number),
        due_on=date(2026, 1, 15) + timedelta(days=30 * number),
        gross=zl(gross, currency),
        corrects_id=str(corrects) if corrects else None,
        cancelled=cancelled,
        remaining=zl(remaining, currency) if remaining is not None else None,
    )


def remaining(documents: list[Document], *balances: Money) -> dict[str, Decimal | None]:
    newest_first = sorted(documents, key=lambda d: d.issued_on, reverse=True)
    return {d.id: d.remaining.amount if d.remaining else None for d in settle(newest_first, balances)}


def test_a_debt_lies_on_the_newest_documents() -> None:
    documents = [document(1, "100"), document(2, "100"), document(3, "100")]
    assert remaining(documents, zl("-130")) == {"3": 100, "2": 30, "1": 0}


def test_an_overpaid_customer_owes_nothing_on_any_document() -> None:
    assert remaining([document(1, "100")], zl("20")) == {"1": 0}


def test_who_paid_the_newest_and_not_an_older_one_owes_on_the_newest() -> None:
    """Whatever stood in the title of the transfer: it was counted on the oldest."""
    documents = [document(1, "60"), document(2, "70"), document(3, "80")]
    assert remaining(documents, zl("-60")) == {"3": 60, "2": 0, "1": 0}


def test_a_correction_of_a_paid_document_pays_for_the_next_one() -> None:
    documents = [document(1, "100"), document(2, "-40", kind=CORRECTION, corrects=1), document(3, "100")]
    # Charged 160 in all, and 100 were paid.
    assert remaining(documents, zl("-60")) == {"3": 60, "2": None, "1": 0}


def test_what_was_paid_in_advance_comes_off_the_next_document() -> None:
    assert remaining([document(1, "100")], zl("-70")) == {"1": 70}
    assert remaining([document(1, "100")], zl("0")) == {"1": 0}


def test_a_correction_counts_with_its_original() -> None:
    documents = [document(1, "100"), document(2, "-40", kind=CORRECTION, corrects=1), document(3, "100")]
    assert remaining(documents, zl("-160")) == {"3": 100, "2": None, "1": 60}


def test_a_correction_of_a_correction_counts_with_the_first_document() -> None:
    documents = [
        document(1, "100"),
        document(2, "-40", kind=CORRECTION, corrects=1),
        document(3, "10", kind=CORRECTION, corrects=2),
    ]
    assert remaining(documents, zl("-70")) == {"3": None, "2": None, "1": 70}


def test_corrections_that_correct_each_other_end() -> None:
    documents = [
        document(1, "5", kind=CORRECTION, corrects=2),
        document(2, "5", kind=CORRECTION, corrects=1),
    ]
    assert remaining(documents, zl("-10")) == {"1": None, "2": None}


def test_pro_formas_receipts_and_cancelled_documents_carry_no_debt() -> None:
    documents = [
        document(1, "100"),
        document(2, "100", kind=PRO_FORMA),
        document(3, "100", cancelled=True),
        document(4, "100", kind=DocumentKind.RECEIPT),
    ]
    assert remaining(documents, zl("-50")) == {"4": None, "3": None, "2": None, "1": 50}


def test_currencies_do_not_mix() -> None:
    documents = [document(1, "100"), document(2, "50", currency="EUR")]
    assert remaining(documents, zl("-30"), zl("0", "EUR")) == {"2": 0, "1": 30}


def test_what_the_billing_says_stands() -> None:
    documents = [document(1, "100", remaining="100"), document(2, "100", remaining="0")]
    assert remaining(documents, zl("-100")) == {"2": 0, "1": 100}


def test_a_debt_on_no_document_is_told_apart() -> None:
    settled = settle([document(1, "100")], [zl("-130")])
    settlement = summarise(settled, [zl("-130")])
    assert settlement.unattributed == (zl("30"),)
    assert settlement.due("PLN") == zl("130")
    assert settlement.overdue("PLN", today=TODAY) == zl("100")


def test_states_follow_from_what_remains_and_the_due_date() -> None:
    states = [
        document(1, "100", remaining="0").state(TODAY),
        document(1, "100", remaining="1").state(TODAY),
        document(11, "100", remaining="1").state(TODAY),
        document(1, "100", cancelled=True).state(TODAY),
        document(1, "100", kind=PRO_FORMA).state(TODAY),
    ]
    assert states == ["paid", "overdue", "due", "cancelled", "settled_elsewhere"]
    assert all(isinstance(state, PaidState) for state in states)


@given(
    grosses=st.lists(st.decimals("0.01", "9999.99", places=2), max_size=20),
    balance=st.decimals("-99999.99", "99999.99", places=2),
)
def test_the_whole_debt_is_accounted_for(grosses: list[Decimal], balance: Decimal) -> None:
    documents = [document(i, str(gross)) for i, gross in enumerate(grosses, start=1)]
    balances = [Money(balance)]
    settlement = summarise(settle(documents[::-1], balances), balances)
    on_documents = sum((d.remaining.amount for d in settlement.unpaid if d.remaining), Decimal())
    elsewhere = sum((m.amount for m in settlement.unattributed), Decimal())
    assert on_documents + elsewhere == settlement.due("PLN").amount == max(-balance, Decimal())
    assert all(d.remaining and d.remaining.amount <= d.gross.amount for d in settlement.unpaid)


def test_what_the_billing_states_comes_off_the_debt_first() -> None:
    documents = [document(1, "100"), document(2, "100", remaining="70"), document(3, "100")]
    assert remaining(documents, zl("-130")) == {"3": 60, "2": 70, "1": 0}


def test_a_stated_remaining_of_a_correction_stands() -> None:
    documents = [
        document(1, "100", remaining="0"),
        document(2, "20", kind=CORRECTION, corrects=1, remaining="20"),
    ]
    assert remaining(documents, zl("-20")) == {"2": 20, "1": 0}


def test_nothing_is_stated_on_a_cancelled_document() -> None:
    assert remaining([document(1, "100", cancelled=True, remaining="100")], zl("0")) == {"1": None}


@pytest.mark.parametrize(
    ("balances", "stated", "is_clear"),
    [
        ([], None, True),
        ([zl("5"), zl("0", "EUR")], None, True),
        ([zl("5"), zl("-1", "EUR")], None, False),
        ([zl("0")], "3", False),
    ],
)
def test_thanks_are_due_when_nothing_is_owed_in_any_currency(
    balances: list[Money], stated: str | None, is_clear: bool
) -> None:
    documents = [document(1, "100", remaining=stated)] if stated else []
    assert summarise(settle(documents, balances), balances).is_clear is is_clear

"""Finanse over LMS: what the documents come to, what is owed on them, and where it is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from support.billing import CONTEXT, finance, whole_ledger
from support.clock import HandClock

from bench.lms.odd import Odd
from bench.lms.odd_finance import COMPANYS_ACCOUNT, LATES_ACCOUNT
from wbok.adapters.lms import connect
from wbok.adapters.lms.documents import due_day
from wbok.billing import Billing
from wbok.domain.documents import DocumentRequest
from wbok.domain.finance import Document, DocumentKind, KsefState, PaidState, Seller, Settlement
from wbok.domain.money import Money
from wbok.errors import NotFound
from wbok_finance.paying import PayTo, Situation

TODAY = date(2026, 11, 23)
WARSAW = ZoneInfo("Europe/Warsaw")
DIVISIONS = "53105012345678000000000015"
GENERATED = "96105012345678000000000017"


def key(customer: Odd) -> str:
    return str(customer.value)


def where_to_pay(billing: Billing, customer: Odd) -> PayTo | None:
    terms, nothing = finance(billing).terms(key(customer)), Settlement(())
    office = Seller(id="", name="Biuro")
    situation = Situation(key(customer), nothing, terms, currency="PLN", today=TODAY, office=office)
    return situation.pay_to("PLN")


def documents_of(billing: Billing, customer: Odd) -> dict[str, Document]:
    page = finance(billing).documents(key(customer), DocumentRequest(limit=100))
    return {document.number: document for document in page.rows}


def lines_of(billing: Billing, customer: Odd, number: str) -> list[tuple[str, ...]]:
    document = documents_of(billing, customer)[number]
    return [
        (
            str(line.quantity.normalize()),
            line.vat_rate,
            *(str(m.amount) for m in (line.net, line.vat, line.gross)),
        )
        for line in finance(billing).document_lines(key(customer), document.id)
    ]


def set_to(lms_url: str, **settings: object) -> Billing:
    """LMS with other settings; `a__b` is `a.b`."""
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return connect({"url": lms_url, "settings": named}, replace(CONTEXT, clock=HandClock()))


def test_a_correction_is_the_difference_to_what_it_references(lms: Billing) -> None:
    documents = documents_of(lms, Odd.LATE)
    assert {number: (d.kind, str(d.gross.amount)) for number, d in documents.items()} == {
        "KP/1/2026": (DocumentKind.RECEIPT, "100.00"),
        "PRO/1/2026": (DocumentKind.PRO_FORMA, "120.00"),
        "NO/1/2026": (DocumentKind.DEBIT_NOTE, "50.00"),
        "KOR/3/2026": (DocumentKind.CORRECTION, "-100.00"),
        "FV/2/2026": (DocumentKind.INVOICE, "200.00"),
        "KOR/2/2026": (DocumentKind.CORRECTION, "-19.99"),
        "KOR/1/2026": (DocumentKind.CORRECTION, "-20.00"),
        "FV/1/2026": (DocumentKind.INVOICE, "108.99"),
    }
    assert documents["KOR/2/2026"].corrects_id == documents["KOR/1/2026"].id
    assert documents["KOR/1/2026"].corrects_id == documents["FV/1/2026"].id
    assert documents["KOR/3/2026"].net == Money(Decimal("-70.01"))


def test_lines_of_a_correction_say_what_changed(lms: Billing) -> None:
    assert lines_of(lms, Odd.LATE, "KOR/1/2026") == [
        ("1", "23%", "-16.26", "-3.74", "-20.00"),
        ("1", "23%", "0.00", "0.00", "0.00"),
    ]
    assert lines_of(lms, Odd.LATE, "KOR/2/2026") == [
        ("1", "23%", "8.13", "1.87", "10.00"),
        ("-1", "23%", "-24.38", "-5.61", "-29.99"),
    ]
    assert lines_of(lms, Odd.LATE, "KOR/3/2026") == [
        ("-2", "23%", "-162.60", "-37.40", "-200.00"),
        ("1", "8%", "92.59", "7.41", "100.00"),
    ]


def test_the_debt_lies_on_what_can_be_owed(lms: Billing) -> None:
    settlement = finance(lms).settlement(key(Odd.LATE))
    assert settlement.balances == (Money(Decimal("-119.00")),)
    assert [(d.number, str(d.remaining.amount)) for d in settlement.unpaid if d.remaining] == [
        ("NO/1/2026", "50.00"),
        ("FV/2/2026", "69.00"),
    ]
    states = {number: d.state(TODAY) for number, d in documents_of(lms, Odd.LATE).items()}
    assert states["FV/1/2026"] is PaidState.PAID
    assert states["FV/2/2026"] is PaidState.OVERDUE
    elsewhere = {number for number, state in states.items() if state is PaidState.SETTLED_ELSEWHERE}
    assert elsewhere == {"KP/1/2026", "PRO/1/2026", "KOR/1/2026", "KOR/2/2026", "KOR/3/2026"}


def test_a_cancelled_correction_stands_between_two_that_count(lms: Billing) -> None:
    documents = documents_of(lms, Odd.REVISED)
    assert {number: str(d.gross.amount) for number, d in documents.items()} == {
        "FV/R/1": "50.00",
        "FV/R/2": "100.00",
        "KOR/R/3": "10.00",
        "KOR/R/4": "-30.00",
    }
    assert documents["KOR/R/3"].corrects_id == documents["FV/R/2"].id
    assert documents["KOR/R/4"].corrects_id == documents["KOR/R/3"].id
    settlement = finance(lms).settlement(key(Odd.REVISED))
    assert settlement.balances == (Money(Decimal("-130.00")),)
    assert [(d.number, str(d.remaining.amount)) for d in settlement.unpaid if d.remaining] == [
        ("FV/R/2", "80.00"),
        ("FV/R/1", "50.00"),
    ]
    assert lines_of(lms, Odd.REVISED, "KOR/R/3") == [("1", "23%", "8.13", "1.87", "10.00")]


def test_documents_without_vat_have_lines_without_it(lms: Billing) -> None:
    assert lines_of(lms, Odd.LATE, "NO/1/2026") == [("1", "", "50.00", "0.00", "50.00")]
    assert lines_of(lms, Odd.LATE, "KP/1/2026") == [("1", "", "100.00", "0.00", "100.00")]
    documents = documents_of(lms, Odd.LATE)
    assert documents["NO/1/2026"].net is None
    assert documents["KP/1/2026"].due_on is None


def test_an_entry_leads_to_its_document(lms: Billing) -> None:
    ids = {d.id: number for number, d in documents_of(lms, Odd.LATE).items()}
    newest = whole_ledger(lms, key(Odd.LATE))[0]
    assert (newest.description, newest.booked_on, str(newest.amount.amount)) == (
        "Wpłata w kasie",
        date(2026, 11, 3),
        "100.00",
    )
    assert ids[newest.document_id or ""] == "KP/1/2026"
    assert newest.balance_after == Money(Decimal("-119.00"))


def test_a_net_account_adds_vat_to_each_line(lms: Billing) -> None:
    invoice = documents_of(lms, Odd.COMPANY)["FP/1/2026"]
    assert (invoice.net, invoice.gross) == (Money(Decimal("130.01")), Money(Decimal("153.81")))
    assert invoice.split_payment
    assert lines_of(lms, Odd.COMPANY, "FP/1/2026") == [
        ("3", "23%", "100.01", "23.00", "123.01"),
        ("1", "8%", "10.00", "0.80", "10.80"),
        ("1", "zw.", "20.00", "0.00", "20.00"),
    ]


@pytest.mark.parametrize(("offline", "sent"), [("false", KsefState.WAITING), ("tak", KsefState.OFFLINE)])
def test_where_a_document_stands_in_ksef(lms_url: str, offline: str, sent: KsefState) -> None:
    billing = set_to(lms_url, ksef__offline_support=offline)
    documents = documents_of(billing, Odd.COMPANY)
    assert {number: (d.ksef_state, d.ksef_number) for number, d in documents.items()} == {
        "FP/1/2026": (None, None),
        "FP/2/2026": (KsefState.ACCEPTED, "5260001246-20261004-010020A0B1C2-5D"),
        "FP/3/2026": (KsefState.WAITING, None),
        "FP/4/2026": (sent, None),
        "FP/5/2026": (KsefState.WAITING, None),
    }


def test_ksef_is_for_who_agreed_and_never_where_nothing_is_handed_in(lms: Billing) -> None:
    assert documents_of(lms, Odd.IN_EURO)["EU/1"].ksef_state is KsefState.WAITING
    assert documents_of(lms, Odd.FULL)["FV/H/1"].ksef_state is None
    assert {d.ksef_state for d in documents_of(lms, Odd.LATE).values()} == {None}


def test_each_currency_has_its_own_balance(lms: Billing) -> None:
    settlement = finance(lms).settlement(key(Odd.IN_EURO))
    assert settlement.balances == (Money(Decimal("-4.99"), "EUR"), Money(Decimal("10.00"), "PLN"))
    (unpaid,) = settlement.unpaid
    assert (unpaid.number, unpaid.gross, unpaid.remaining) == (
        "EU/1",
        Money(Decimal("19.99"), "EUR"),
        Money(Decimal("4.99"), "EUR"),
    )


def test_what_is_missing_is_left_out(lms: Billing) -> None:
    documents = documents_of(lms, Odd.NO_DIVISION)
    assert {number: d.gross.amount for number, d in documents.items()} == {
        "17": 10,
        "0": 10,
        "BEZ/POZYCJI": 0,
        "KOR/NIEZNANA": 5,
        "KOR/CUDZA": 5,
        "BEZ/DATY": 0,
    }
    assert lines_of(lms, Odd.NO_DIVISION, "17") == [("1", "", "10.00", "0.00", "10.00")]
    assert lines_of(lms, Odd.NO_DIVISION, "KOR/CUDZA") == [("1", "23%", "4.07", "0.93", "5.00")]
    assert documents["KOR/CUDZA"].corrects_id is None
    assert documents["BEZ/DATY"].due_on is None
    entries = whole_ledger(lms, key(Odd.NO_DIVISION))
    assert [entry.document_id for entry in entries] == [None, None, None]
    terms = finance(lms).terms(key(Odd.NO_DIVISION))
    assert (terms.accounts, terms.seller) == ((), None)


def test_a_cancelled_document_is_not_there(lms: Billing) -> None:
    shown = {int(d.id) for d in documents_of(lms, Odd.LATE).values()}
    between = set(range(min(shown), max(shown) + 2)) - shown
    assert between
    for document in between:
        with pytest.raises(NotFound):
            finance(lms).document(key(Odd.LATE), str(document))
        assert finance(lms).document_lines(key(Odd.LATE), str(document)) == ()


@pytest.mark.parametrize(
    ("settings", "accounts"),
    [
        ({}, [GENERATED]),
        ({"invoices__show_all_accounts": "1"}, [GENERATED, LATES_ACCOUNT]),
        ({"invoices__show_only_alternative_accounts": "tak"}, [LATES_ACCOUNT]),
    ],
)
def test_which_accounts_are_shown(lms_url: str, settings: dict[str, object], accounts: list[str]) -> None:
    billing = set_to(lms_url, **settings)
    terms = finance(billing).terms(key(Odd.LATE))
    assert [account.number for account in terms.accounts] == accounts
    assert terms.seller is not None
    assert (terms.seller.name, terms.seller.street, terms.seller.account) == (
        "Światłonet sp. z o.o.",
        "ul. Świetlana 7",
        None,
    )
    # Who has no account of that kind keeps the generated one.
    assert len(finance(billing).terms(key(Odd.FULL)).accounts) == 1


def test_an_account_of_a_division_that_is_whole_is_the_sellers(lms: Billing) -> None:
    terms = finance(lms).terms(key(Odd.COMPANY))
    assert terms.accounts == ()
    assert terms.seller is not None
    assert (terms.seller.account, terms.seller.city) == (DIVISIONS, None)


@pytest.mark.parametrize(
    ("settings", "pay_to_this"),
    [
        ({}, PayTo(DIVISIONS, is_own=False)),
        ({"show_all_accounts": "1"}, PayTo(DIVISIONS, is_own=False, others=(COMPANYS_ACCOUNT,))),
        ({"show_only_alternative_accounts": "1"}, PayTo(COMPANYS_ACCOUNT, is_own=True)),
        (
            {"show_all_accounts": "1", "show_only_alternative_accounts": "1"},
            PayTo(COMPANYS_ACCOUNT, is_own=True),
        ),
    ],
)
def test_a_whole_account_of_a_division_stands_before_the_customers_others(
    lms_url: str, settings: dict[str, str], pay_to_this: PayTo
) -> None:
    billing = set_to(lms_url, **{f"invoices__{name}": value for name, value in settings.items()})
    assert where_to_pay(billing, Odd.COMPANY) == pay_to_this
    # Who has no other account pays to everybody's in any case.
    assert where_to_pay(billing, Odd.HALF) == PayTo(DIVISIONS, is_own=False)


def test_the_title_of_a_transfer_is_the_divisions(lms: Billing, lms_url: str) -> None:
    assert finance(lms).terms(key(Odd.LATE)).payment_title == "Abonament - ID:17 0017"
    assert finance(lms).terms(key(Odd.COMPANY)).payment_title == "Klient 2 / Światłonet Plus"
    billing = set_to(lms_url, finances__pay_title="%LongCID%")
    assert finance(billing).terms(key(Odd.COMPANY)).payment_title == "0002"


@pytest.mark.parametrize(
    ("issued", "days", "due"),
    [
        (datetime(2026, 10, 20, 0, 30, tzinfo=WARSAW), 14, date(2026, 11, 3)),
        (datetime(2026, 3, 20, 23, 30, tzinfo=WARSAW), 14, date(2026, 4, 3)),
        (datetime(2026, 3, 20, tzinfo=WARSAW), 0, date(2026, 3, 20)),
    ],
)
def test_days_to_pay_are_days_of_the_calendar(issued: datetime, days: int, due: date) -> None:
    assert due_day(f"{int(issued.timestamp())}+{days}", WARSAW) == due


@pytest.mark.parametrize("cell", [None, "", "x", "1+", f"{10**18}+1", "1+99999999999"])
def test_what_is_no_day_is_none(cell: str | None) -> None:
    assert due_day(cell, WARSAW) is None

"""What the check says of values that are not what they should be, on every kind of database."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from support.billing import CONTEXT, Make, entry, people
from support.findings import findings, told

from wbok.adapters.sql.check.cells import is_never, is_twice
from wbok.adapters.sql.check.rules import looks_like
from wbok.billing import Severity

NAME = "Halina Brzozowska"


def document(number: int, **changes: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "customer_id": 1,
        "number": f"FV/{number}",
        "kind": "invoice",
        "issued_on": date(2026, 11, 1),
        "gross": Decimal(10),
    }
    return row | changes


def test_a_billing_in_order_has_neither_faults_nor_warnings(make_anywhere: Make) -> None:
    billing = make_anywhere(
        ledger=[entry(i, i % 2 + 1, Decimal(-5 if i % 2 else 5)) for i in range(1, 11)],
        documents=[document(1)],
        sellers=[
            {"id": 1, "name": "S", "account": "PL61109010140000071219812874", "tax_id": "526-000-12-46"}
        ],
    )
    assert told(billing) == []
    assert billing.check is not None
    checked = {c.relation: c for c in billing.check(show_values=False)}
    assert checked["ledger"].rows == 10
    assert checked["ledger"].milliseconds is not None


def test_every_fault_is_collected_not_only_the_first(make_anywhere: Make) -> None:
    rows = [
        document(i, gross=value, kind=kind)
        for i, (value, kind) in enumerate(
            [("12,5o", "invoice"), ("1.50", "FAKTURA"), ("x", "FAKTURA"), ("2.00", "invoice")], start=1
        )
    ]
    found = findings(make_anywhere(documents=rows, ledger=[entry(1, 1, -1)]))
    faults = {f.column: f for f in found if f.severity is Severity.FAULT}
    assert set(faults) == {"gross", "kind"}
    assert (faults["gross"].key, faults["gross"].rows) == ("id 1", 2)
    assert faults["gross"].found == "text"
    assert faults["gross"].expected == "money:decimal"
    assert (faults["kind"].key, faults["kind"].rows) == ("id 2", 2)
    assert faults["kind"].expected == "one of invoice, correction, debit_note, pro_forma, receipt"
    assert faults["kind"].advice == (
        'Translate it: billing.relations.documents.values.kind = { "in the database" = "one of these" }.'
    )


def test_values_are_shown_only_when_they_may_be_and_a_pin_never(make_anywhere: Make) -> None:
    tables = people(1) | {
        "customers": [{"id": 1, "name": "x", "kind": NAME}],
        "credentials": [{"login": "007", "customer_id": 1, "pin": "$2b$10$" + "." * 53}],
    }
    billing = make_anywhere(**tables)
    hidden, shown = str(findings(billing)), str(findings(billing, show_values=True))
    assert NAME not in hidden
    assert "007" not in hidden
    assert NAME in shown
    assert "login 007" in shown
    assert "$2b$" not in shown


def test_floating_point_money_is_a_warning_said_once(make_anywhere: Make) -> None:
    billing = make_anywhere(ledger=[entry(1, 1, -1.5), entry(2, 1, 2.25)])
    assert told(billing) == [
        "warning ledger floating-point money in amount; it is rounded to grosze, half to even "
        "(expected numbers with decimal places, or whole grosze)"
    ]


@pytest.mark.parametrize(
    ("amounts", "types", "is_said"),
    [
        ((-5000, 4999), {}, True),
        ((-5000, 4999), {"amount": "money:grosze"}, False),
        ((-5000, 4999), {"amount": "money:decimal"}, False),
        ((-50, 49), {}, False),
    ],
)
def test_whole_amounts_of_which_nobody_said_what_they_count_are_a_warning(
    make_anywhere: Make, amounts: tuple[int, int], types: dict[str, str], is_said: bool
) -> None:
    rows = [entry(number, 1, amount) for number, amount in enumerate(amounts, start=1)]
    said = "warning ledger.amount all amounts are whole numbers: are they grosze? "
    said += "(expected amounts of which it is known what they count)"
    billing = make_anywhere({"ledger": {"table": "ledger", "types": types}}, ledger=rows)
    assert told(billing) == [said] * is_said


@pytest.mark.parametrize(("sign", "word"), [(1, "positive"), (-1, "negative")])
def test_a_ledger_of_one_sign_alone_is_a_warning(make_anywhere: Make, sign: int, word: str) -> None:
    billing = make_anywhere(ledger=[entry(i, 1, Decimal(sign * i)) for i in range(1, 6)])
    assert told(billing) == [
        f"warning ledger.amount only {word} amounts (expected charges negative, payments positive)"
    ]


def test_a_negative_invoice_is_a_warning_and_a_negative_correction_is_none(make_anywhere: Make) -> None:
    rows = [document(1, gross=Decimal(-7)), document(2, gross=Decimal(-7), kind="correction")]
    assert told(make_anywhere(documents=rows, ledger=[entry(1, 1, -1)])) == [
        "warning documents.gross [id 1] a negative invoice (expected a positive total)"
    ]


def test_null_where_a_value_is_needed_is_a_fault(make_anywhere: Make) -> None:
    rows = [entry(1, 1, -1) | {"booked_on": None}, entry(2, 1, -1)]
    assert told(make_anywhere(ledger=rows)) == [
        "fault ledger.booked_on [id 1] NULL (expected a value (date))"
    ]


def test_account_numbers_tax_ids_and_currencies_are_verified(make_anywhere: Make) -> None:
    billing = make_anywhere(
        accounts=[
            {"number": "61109010140000071219812875", "customer_id": 1, "currency": "zł"},
            {"number": "61109010140000071219812874", "customer_id": 2, "currency": None},
        ],
        sellers=[{"id": 1, "name": "S", "tax_id": "5260001247", "account": "12"}],
    )
    assert told(billing) == [
        "fault accounts.number a number with wrong check digits "
        "(expected an account number of 26 digits (NRB or IBAN))",
        "fault accounts.currency a text that is no currency (expected a code of ISO 4217, for example PLN)",
        "fault sellers.account [id 1] a number with wrong check digits "
        "(expected an account number of 26 digits (NRB or IBAN))",
        "warning sellers.tax_id [id 1] a number that is no NIP (expected 10 digits with a right check digit)",
    ]


def test_one_account_of_two_customers_is_a_fault(make_anywhere: Make) -> None:
    rows = [{"number": "61109010140000071219812874", "customer_id": i} for i in (1, 2)]
    assert told(make_anywhere(accounts=rows)) == [
        "fault accounts.number one account of several customers "
        "(expected an account on which only this customer pays)"
    ]


def test_logins_that_nobody_can_type_and_missing_pins_are_said(make_anywhere: Make) -> None:
    rows = [
        {"login": "0012", "customer_id": 1, "pin": "4711"},
        {"login": "ab", "customer_id": 2, "pin": "000"},
        {"login": "5", "customer_id": 2, "pin": None},
    ]
    assert told(make_anywhere(credentials=rows)) == [
        "fault credentials.login a login that nobody can type "
        "(expected 1 to 18 digits without leading zeros)",
        "warning credentials.pin 2 of 3 logins have no PIN (empty, or zeros alone)",
    ]


@pytest.mark.parametrize(
    ("pin", "kind"),
    [
        ("4711", "plain"),
        ("tajne", "plain"),
        ("9b0e5e1d2bd2a1d1d3b1c8a3b3b4b5b6", "md5"),
        ("$2b$10$" + "a" * 53, "bcrypt"),
        ("$2y$12$" + "a" * 53, "bcrypt"),
        ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA", "argon2"),
        ("a" * 64, "hmac"),
    ],
)
def test_a_pin_says_by_its_shape_in_which_format_it_is(pin: str, kind: str) -> None:
    assert looks_like(pin) == kind


def test_pins_in_another_format_than_declared_are_a_fault(make_anywhere: Make) -> None:
    rows = [{"login": str(i), "customer_id": i, "pin": "ab" * 16} for i in (1, 2)]
    found = findings(make_anywhere(credentials=rows))
    (fault,) = [f for f in found if f.severity is Severity.FAULT]
    assert fault.found == "2 of 2 PINs look like md5"
    assert fault.advice == 'Set billing.pin_format = "md5", or give these customers new PINs.'


@pytest.mark.parametrize(
    ("moment", "note"),
    [
        ("2026-10-25 02:30:00", "a time that the clocks show twice; it is read as the first"),
        ("2026-03-29 02:30:00", "a time that the clocks leap over; it is read as an hour later"),
    ],
)
def test_the_nights_in_which_the_clocks_change_are_noted(make_anywhere: Make, moment: str, note: str) -> None:
    relations = {"ledger": {"table": "ledger", "types": {"booked_on": "instant:local"}}}
    rows = [entry(1, 1, -1, "2026-10-24 02:30:00"), entry(2, 1, -1, moment)]
    billing = make_anywhere(relations, ledger=rows)
    found = [f for f in findings(billing) if f.column == "booked_on"]
    assert [(f.severity, f.key, f.found) for f in found] == [(Severity.NOTE, "id 2", note)]


def test_the_clocks_change_in_the_providers_zone() -> None:
    october, march = map(datetime.fromisoformat, ("2026-10-25 02:30", "2026-03-29 02:30"))
    assert is_twice(october, CONTEXT.zone)
    assert not is_twice(march, CONTEXT.zone)
    assert is_never(march, CONTEXT.zone)
    assert not is_never(None, CONTEXT.zone)


def test_a_zero_that_is_read_as_1970_is_a_warning(make_anywhere: Make) -> None:
    relations = {"ledger": {"table": "ledger", "types": {"booked_on": "instant:epoch_s"}}}
    billing = make_anywhere(relations, ledger=[entry(1, 1, -1, 0), entry(2, 1, -1, 1782856800)])
    (warning,) = [f for f in findings(billing) if f.severity is Severity.WARNING]
    assert warning.found == "0, which is read as 1 January 1970"
    assert warning.advice.endswith('types.booked_on = "instant:epoch_s zero_is_none".')


def test_moments_that_sqlite_cannot_put_in_order_are_a_fault(make: Make) -> None:
    relations = {"ledger": {"table": "ledger", "types": {"booked_on": "instant:utc"}}}
    billing = make(relations, ledger=[entry(1, 1, -1, "2026-06-30T22:00:00")])
    assert told(billing) == [
        "fault ledger.booked_on [id 1] a value of another shape (expected text as 2026-11-01 10:00:00)"
    ]

"""Faults of logins, profiles, documents and sums, planted one by one: the kit finds each and says what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from support.people import SAMPLE, people
from support.planted import Fault, complaints, planted, said_of

from wbok.billing import Credential
from wbok.domain.customer import Customer, Profile
from wbok.domain.documents import DocumentFile, DocumentRequest, StateFilter
from wbok.domain.finance import Account, LedgerRequest
from wbok.domain.money import Money
from wbok.errors import NotFound, Unavailable
from wbok.testing import memory_billing

ONE_GROSZ = Decimal("0.01")


def not_found_for_nobody(right: Any, login: str) -> Any:
    found = right(login)
    if not found:
        raise NotFound("login")
    return found


def somebody_for_nobody(right: Any, customer_id: str) -> Any:
    try:
        return right(customer_id)
    except NotFound:
        return Customer(customer_id, "nikt") if customer_id.isdigit() else right(customer_id)


def none_for_nobody(right: Any, customer_id: str) -> Any:
    try:
        return right(customer_id)
    except NotFound:
        return None


def without_blanks(right: Any, customer_id: str) -> Any:
    return right(customer_id.strip())


def unavailable_for_nonsense(right: Any, customer_id: str) -> Any:
    if not customer_id.isdigit():
        raise Unavailable("the database does not like it")
    return right(customer_id)


def devices_of_all(right: Any, customer_id: str) -> Profile:
    profile: Profile = right(customer_id)
    return replace(profile, devices=right("1").devices + right("2").devices)


def contacts_of_all(right: Any, customer_id: str) -> Profile:
    profile: Profile = right(customer_id)
    return replace(profile, contacts=right("1").contacts + right("2").contacts)


def services_twice(right: Any, customer_id: str) -> Profile:
    profile: Profile = right(customer_id)
    return replace(profile, services=profile.services * 2)


def contracts_oldest_first(right: Any, customer_id: str) -> Profile:
    profile: Profile = right(customer_id)
    return replace(profile, contracts=profile.contracts[::-1])


def an_inner_join(right: Any, customer_id: str) -> Profile:
    profile: Profile = right(customer_id)
    if not profile.services:
        raise NotFound("customer")
    return profile


def anybodys(right: Any, _customer_id: str, document_id: str) -> Any:
    for customer_id in ("1", "2"):
        try:
            return right(customer_id, document_id)
        except NotFound:
            continue
    raise NotFound("document")


def words_for_kinds(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    page = right(customer_id, request)
    return replace(page, rows=tuple(replace(d, kind=str(d.kind)) for d in page.rows))


def all_still_to_be_paid(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    page = right(customer_id, request)
    return replace(page, rows=tuple(replace(d, remaining=d.gross) for d in page.rows))


def whatever_the_kind(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    return right(customer_id, replace(request, kind=None))


def issued_before_the_last_day(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    return right(customer_id, replace(request, until=request.until and request.until - timedelta(days=1)))


def overdue_is_paid(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    is_overdue = request.state is StateFilter.OVERDUE
    return right(customer_id, replace(request, state=StateFilter.PAID) if is_overdue else request)


def numbers_by_pattern(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    number = None if request.number in {"%", "_"} else request.number
    return right(customer_id, replace(request, number=number))


def exact_numbers(right: Any, customer_id: str, request: DocumentRequest) -> Any:
    if request.number is None:
        return right(customer_id, request)
    page = right(customer_id, replace(request, limit=100, after=None))
    return replace(page, rows=tuple(d for d in page.rows if d.number == request.number), next=None)


def a_year_too_few(right: Any, customer_id: str) -> Any:
    return right(customer_id)[1:]


def without_corrections(right: Any, customer_id: str, document_id: str) -> Any:
    return replace(right(customer_id, document_id), corrections=())


def payments_as_charges(right: Any, customer_id: str, document_id: str) -> Any:
    details = right(customer_id, document_id)
    return replace(
        details, payments=tuple(replace(payment, amount=-payment.amount) for payment in details.payments)
    )


def newest_payment_first(right: Any, customer_id: str, document_id: str) -> Any:
    details = right(customer_id, document_id)
    return replace(details, payments=details.payments[::-1])


def a_file_for_all(right: Any, customer_id: str, document_id: str) -> Any:
    return right(customer_id, document_id) or DocumentFile("a.pdf", 5, iter((b"%PDF-",)))


def half_a_file(right: Any, customer_id: str, document_id: str) -> Any:
    file = right(customer_id, document_id)
    return file and replace(file, size=file.size * 2)


def bytes_at_once(right: Any, customer_id: str, document_id: str) -> Any:
    file = right(customer_id, document_id)
    return file and replace(file, chunks=b"".join(file.chunks))


def charges_below_zero(right: Any, customer_id: str, first: int, last: int) -> Any:
    return tuple(replace(year, charged=-year.charged) for year in right(customer_id, first, last))


def as_many_years_as_asked(right: Any, customer_id: str, first: int, last: int) -> Any:
    return right(customer_id, max(first, last - 5), last)


def never_turned(right: Any, customer_id: str, request: LedgerRequest) -> Any:
    return right(customer_id, replace(request, oldest_first=False))


def price_of_one_unit(right: Any, customer_id: str, document_id: str) -> Any:
    return tuple(
        replace(line, gross=Money(line.gross.amount / 2, line.gross.currency))
        for line in right(customer_id, document_id)
    )


def a_grosz_more(right: Any, customer_id: str) -> Any:
    settlement = right(customer_id)
    balances = tuple(replace(b, amount=b.amount + ONE_GROSZ) for b in settlement.balances)
    return replace(settlement, balances=balances)


def all_unattributed(right: Any, customer_id: str) -> Any:
    settlement = right(customer_id)
    return replace(settlement, unattributed=(Money(Decimal(5)),))


def negative_charges(right: Any, customer_id: str, request: Any) -> Any:
    return tuple(replace(totals, charged=-totals.charged) for totals in right(customer_id, request))


def one_account_for_all(right: Any, customer_id: str) -> Any:
    return replace(right(customer_id), accounts=(Account("26"),))


def another_pin(right: Any, login: str) -> Any:
    return tuple(Credential(c.customer_id, "0000") for c in right(login))


def login_as_id(right: Any, login: str) -> Any:
    return tuple(Credential(login, c.pin) for c in right(login))


FAULTS: list[tuple[str, Fault, str]] = [
    (
        "credentials",
        not_found_for_nobody,
        r"found NotFound, expected \(\). An unknown login is a usual thing",
    ),
    ("credentials", lambda right, login: right(login) or None, "found None, expected a tuple"),
    ("credentials", another_pin, "the sample's PIN does not open it. Give the PIN as it is stored"),
    ("credentials", login_as_id, "leads to .'11'., expected customer '1'"),
    ("pin_format", lambda right: "rot13", "pin_format: found .*rot13.*expected one of plain"),
    ("login_kind", lambda right: right("5"), "found a str .*, expected a function"),
    ("customer", somebody_for_nobody, "expected NotFound: nobody has this id"),
    (
        "customer",
        none_for_nobody,
        "found None, expected a Customer of wbok.api. Who or what is not there",
    ),
    ("customer", without_blanks, "found the customer '1', expected NotFound. Compare ids exactly"),
    (
        "customer",
        unavailable_for_nonsense,
        "what is no id or login of a customer must not reach the database",
    ),
    ("profile", devices_of_all, "devices: customers '1' and '2' both get Device"),
    ("profile", contacts_of_all, "found '600 000 002', which is customer '2''s. Select by customer_id"),
    ("profile", services_twice, "services of customer '1': found the ids .* more than once"),
    ("profile", contracts_oldest_first, "contracts: found signed_on .*expected the newest first"),
    ("profile", an_inner_join, "Who has no services yet is a customer all the same: use an outer join"),
    ("document", anybodys, "expected NotFound. A document belongs to one customer"),
    ("document_lines", anybodys, "found another customer's lines, expected NotFound"),
    ("document_lines", price_of_one_unit, "Amounts are of the whole line, not of one unit"),
    (
        "documents",
        words_for_kinds,
        "kind: found a str .*, expected a DocumentKind. Use wbok.api.DocumentKind",
    ),
    ("documents", all_still_to_be_paid, "nobody owes a cancelled document, a pro-forma or a receipt"),
    (
        "documents",
        all_still_to_be_paid,
        "alone, compared with .* remaining is .*there .*Settle both in one place",
    ),
    ("documents", whatever_the_kind, "kind=invoice, pages of 2: found the ids .*do not have"),
    ("documents", issued_before_the_last_day, r"until 2026-\d\d-\d\d, pages of 2: the ids .* are missing"),
    ("documents", overdue_is_paid, "state=overdue, pages of 2: the ids .* are missing, which the whole list"),
    ("documents", numbers_by_pattern, "number '%', pages of 2: found the ids"),
    ("documents", exact_numbers, "number 'fv/.*', pages of 2: the ids .* are missing"),
    ("document_years", a_year_too_few, r"document_years\('1'\): found \(\), expected \(2026,\)"),
    ("document_details", anybodys, "document_details.*expected NotFound. Select by the document's id and by"),
    ("document_details", without_corrections, r"found the corrections \[\], expected \['211'\]"),
    ("document_details", payments_as_charges, "expected no less than zero. What was paid is positive"),
    ("document_details", newest_payment_first, "expected the oldest first"),
    ("document_file", anybodys, "A file belongs to the customer whose document it is"),
    ("document_file", a_file_for_all, "has_file of the details is False. Say the same in both"),
    ("document_file", half_a_file, "bytes, expected .* as `size` says"),
    ("document_file", bytes_at_once, "chunks: found a bytes .*expected a Iterator"),
    ("yearly_totals", charges_below_zero, r"yearly_totals.*the entries add up to .*\(charged, paid\)"),
    ("yearly_totals", as_many_years_as_asked, "yearly_totals of 31 years: .*expected Rejected"),
    ("ledger", never_turned, "oldest first, pages of 1: found the order"),
    ("ledger", never_turned, "Write into the mark which order it is of"),
    (
        "settlement",
        a_grosz_more,
        "found the balance -19.99 EUR, but all entries of the ledger add up to -20.00",
    ),
    ("settlement", all_unattributed, "expected .* unattributed. wbok.api.summarise"),
    ("settlement", without_blanks, "settlement of '1 ', who is nobody: .*expected NotFound or nothing"),
    ("ledger_totals", negative_charges, "Both are positive"),
    ("terms", one_account_for_all, "accounts: customers '1' and '2' both get '26'"),
    ("parts", lambda right: right | {"calls"}, "parts: found .'calls'., expected some of"),
    ("parts", list, "parts: found a list|parts → frozenset: found a list .*Give a frozenset"),
]


@pytest.mark.parametrize(("name", "fault", "message"), FAULTS)
def test_the_kit_finds_a_fault_and_says_what_to_do(name: str, fault: Fault, message: str) -> None:
    said = said_of(name, fault)
    assert re.search(message, said, re.DOTALL), said or "the kit found nothing"


def test_a_sample_with_too_little_to_see_is_refused() -> None:
    sample = replace(SAMPLE, customer_id="3", empty_customer_id="1", login="13", pin="4713", balance=None)
    said = complaints(memory_billing(*people()), sample)
    assert "ledger of '3': found 0 entries, expected at least 4" in said


def test_a_ledger_whose_signs_are_all_turned_does_not_have_the_known_balance() -> None:
    turned = [
        replace(who, documents=(), entries=tuple(replace(e, amount=-e.amount) for e in who.entries))
        for who in people()
    ]
    said = complaints(memory_billing(*turned))
    assert "found the balance 34.99, expected -34.99 as Sample.balance says. A debt is negative" in said


def test_a_sample_names_three_customers() -> None:
    with pytest.raises(ValueError, match="expected three different ones"):
        replace(SAMPLE, other_customer_id=SAMPLE.customer_id)


def test_a_missing_method_is_named() -> None:
    billing = planted("terms", lambda right, customer_id: right(customer_id))
    incomplete: Any = type("Incomplete", (), {"parts": frozenset[str]()})()
    assert "terms: the adapter has no such method. It belongs to Finance." in complaints(
        replace(billing, finance=incomplete)
    )

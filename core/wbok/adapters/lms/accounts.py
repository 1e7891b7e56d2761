"""Where a customer of LMS pays to: his own accounts, and his division.

An account of his own is either made of the division's beginning and his number, or stands among his contacts. A
division whose number is whole already has one account for all; that is the seller's, and stands among the others
only where LMS is set to show them all.
"""

from __future__ import annotations

from sqlalchemy import Select, and_, case, exists, func, literal, not_, or_, select, union_all

from wbok.adapters.lms.addresses import place_of_address
from wbok.adapters.lms.people import is_customer
from wbok.adapters.lms.site import Element, Site, filled, plus
from wbok.adapters.lms.tables.people import addresses, customercontacts, customers, divisions
from wbok.adapters.sql.source import LeaveOut, Source
from wbok.bank import generated_nrb

INVOICES, BANK_ACCOUNT, DISABLED = 16, 64, 16384
LONGEST_BEGINNING = 20
"""A longer account of a division is a whole number."""
GENERATED, ALTERNATIVE, BETWEEN = "+", "=", "/"
"""How a cell says what stands in it: "+1050123456/7" is yet to be made, "=86…" is a number already."""


def accounts(site: Site) -> Source:
    both = union_all(_generated(site), _alternatives(site))
    return site.source("accounts", both, readers={"number": read_number})


def read_number(cell: str) -> str:
    """Raises LeaveOut for a division's account that no number can be made of."""
    kind, written = cell[:1], cell[1:]
    if kind == ALTERNATIVE:
        return written
    beginning, _, customer = written.partition(BETWEEN)
    try:
        return generated_nrb(beginning, number=int(customer))
    except ValueError as error:
        raise LeaveOut("the account of the division is no beginning of an account number") from error


def has_whole_account() -> Element:
    return func.char_length(func.trim(divisions.c.account)) > LONGEST_BEGINNING


def _generated(site: Site) -> Select[tuple[object, ...]]:
    c, account = customers.c, func.trim(divisions.c.account)
    only_alternative = and_(
        site.is_on("invoices.show_only_alternative_accounts", division=c.divisionid),
        exists(select(literal(1)).where(customercontacts.c.customerid == c.id, _is_account())),
    )
    whole = has_whole_account()
    number = case((whole, plus(ALTERNATIVE, account)), else_=plus(GENERATED, account, BETWEEN, c.id))
    shows_all = site.is_on("invoices.show_all_accounts", division=c.divisionid)
    return (
        select(
            number.label("number"),
            c.id.label("customer_id"),
            literal(0).label("position"),
        )
        .select_from(customers.join(divisions, divisions.c.id == c.divisionid))
        .where(
            is_customer(),
            filled(account).is_not(None),
            or_(not_(whole), shows_all),
            not_(only_alternative),
        )
    )


def _alternatives(site: Site) -> Select[tuple[object, ...]]:
    c, contact = customers.c, customercontacts.c
    shown = or_(
        site.is_on("invoices.show_all_accounts", division=c.divisionid),
        site.is_on("invoices.show_only_alternative_accounts", division=c.divisionid),
    )
    return (
        select(plus(ALTERNATIVE, contact.contact), contact.customerid, contact.id)
        .select_from(customercontacts.join(customers, c.id == contact.customerid))
        .where(is_customer(), _is_account(), shown)
    )


def _is_account() -> Element:
    contact = customercontacts.c
    flags = contact.type.bitwise_and(INVOICES | BANK_ACCOUNT | DISABLED)
    return and_(flags == INVOICES | BANK_ACCOUNT, filled(contact.contact).is_not(None))


def sellers(site: Site) -> Source:
    d = divisions.c
    return site.source(
        "sellers",
        select(
            d.id,
            func.coalesce(filled(d.name), d.shortname).label("name"),
            *place_of_address(),
            d.ten.label("tax_id"),
            case((has_whole_account(), func.trim(d.account))).label("account"),
        ).select_from(divisions.outerjoin(addresses, addresses.c.id == d.address_id)),
    )

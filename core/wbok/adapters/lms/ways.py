"""The seven ways to come in that LMS can be set to (`userpanel.auth_type`): what is typed, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, case, func, or_, select

from wbok.adapters.lms.phones import same_number, usual_writings
from wbok.adapters.lms.settings import LmsSettings
from wbok.adapters.lms.site import Element, has_bits
from wbok.adapters.lms.tables.finance import documents
from wbok.adapters.lms.tables.people import customercontacts, customerextids, customers, nodes
from wbok.billing import LoginField, digits_login

EMAIL_BITS = 8 | 16 | 32
PHONE_BELOW = 8
"""A telephone that is marked for anything else, also for messages, is none to log in with: so LMS has it."""
MAX_LOGIN = 255
MIN_DIGITS = 5
TAX_OR_PERSONAL = re.compile(r"(?:PL(?=[0-9]))?([0-9A-Z]{5,20})", re.ASCII)
POLAND = "PL"
Read = Callable[[str], str | None]
Query = Select[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """`query` gives whoever has one of :logins: what stands there, the customer's id and status, the secret, and
    when it was changed. `writings`: what may stand for a login. `same`: one text for what counts as the same login.
    """

    field: LoginField
    read: Read
    query: Callable[[LmsSettings], Query]
    writings: Callable[[str], tuple[Any, ...]]
    same: Callable[[str], str] = str

    @property
    def has_pin(self) -> bool:
        """The secret of a connection is no PIN: it is never hashed, and does not expire."""
        return self.field is not LoginField.PPPOE


def _as_typed(typed: str) -> str | None:
    text = typed.replace("\u00a0", " ").strip()
    return text if text and text.isprintable() and len(text) <= MAX_LOGIN else None


def _phone(typed: str) -> str | None:
    text = _as_typed(typed)
    return text if text and sum(sign in "0123456789" for sign in text) >= MIN_DIGITS else None


def _email(typed: str) -> str | None:
    text = _as_typed(typed)
    return text if text and "@" in text[1:-1] and len(text.split()) == 1 else None


def _tax_or_personal(typed: str) -> str | None:
    found = TAX_OR_PERSONAL.fullmatch(_undivided(typed).upper())
    return found[1] if found else None


def _undivided(text: str) -> str:
    return text.replace("-", "").replace(" ", "")


def _undivided_in_sql(text: Element) -> Element:
    return func.replace(func.replace(text, "-", ""), " ", "")


def _whoever(stored: Element, *, secret: Element = customers.c.pin) -> Query:
    c = customers.c
    return select(stored.label("stored"), c.id, c.status, secret.label("secret"), c.pinlastchange).where(
        c.deleted == 0, c.type < 2
    )


def _among(column: Element) -> ColumnElement[bool]:
    return column.in_(bindparam("logins", expanding=True))


def _by_id(_settings: LmsSettings) -> Query:
    # A number may be greater than the column can hold: then it is nobody's.
    return _whoever(customers.c.id).where(
        customers.c.id.in_(bindparam("logins", expanding=True, type_=BigInteger()))
    )


def _by_phone(_settings: LmsSettings) -> Query:
    contact = customercontacts.c
    return (
        _whoever(contact.contact)
        .join(customercontacts, contact.customerid == customers.c.id)
        .where(_among(contact.contact), contact.type < PHONE_BELOW)
    )


def _by_email(_settings: LmsSettings) -> Query:
    contact = customercontacts.c
    return (
        _whoever(contact.contact)
        .join(customercontacts, contact.customerid == customers.c.id)
        .where(_among(contact.contact), has_bits(contact.type, EMAIL_BITS))
    )


def _by_document(_settings: LmsSettings) -> Query:
    number = documents.c.fullnumber
    return _whoever(number).join(documents, documents.c.customerid == customers.c.id).where(_among(number))


def _by_connection(_settings: LmsSettings) -> Query:
    return (
        _whoever(nodes.c.name, secret=nodes.c.passwd)
        .join(nodes, nodes.c.ownerid == customers.c.id)
        .where(_among(nodes.c.name))
    )


def _by_tax_or_personal(_settings: LmsSettings) -> Query:
    personal, tax = _undivided_in_sql(customers.c.ssn), _undivided_in_sql(customers.c.ten)
    is_personal = _among(personal)
    return _whoever(case((is_personal, customers.c.ssn), else_=customers.c.ten)).where(
        or_(is_personal, _among(tax))
    )


def _by_external(settings: LmsSettings) -> Query:
    name = "userpanel.authentication_customer_extid_service_provider_id"
    provider, extid = customerextids.c.serviceproviderid, customerextids.c
    is_set = settings.text(name).strip()
    return (
        _whoever(extid.extid)
        .join(customerextids, extid.customerid == customers.c.id)
        .where(_among(extid.extid), provider == settings.number(name) if is_set else provider.is_(None))
    )


def _alone(login: str) -> tuple[str, ...]:
    return (login,)


WAYS: Mapping[int, Way] = {
    1: Way(LoginField.CUSTOMER_ID, digits_login, _by_id, lambda login: (int(login),)),
    2: Way(LoginField.PHONE, _phone, _by_phone, usual_writings, same_number),
    3: Way(LoginField.DOCUMENT, _as_typed, _by_document, _alone),
    4: Way(
        LoginField.EMAIL,
        _email,
        _by_email,
        lambda login: tuple(dict.fromkeys([login, login.lower()])),
        str.lower,
    ),
    5: Way(LoginField.PPPOE, _as_typed, _by_connection, _alone),
    6: Way(
        LoginField.TAX_OR_PERSONAL_ID,
        _tax_or_personal,
        _by_tax_or_personal,
        lambda login: (login, POLAND + login),
        lambda text: _tax_or_personal(text) or text,
    ),
    7: Way(LoginField.EXTERNAL_ID, _as_typed, _by_external, _alone),
}
"""By the number that LMS has for it."""

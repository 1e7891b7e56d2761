"""What each relation is called, which columns it has and what they mean.

Signs: in `ledger` a charge is negative and a payment positive; `documents.gross` is positive, and of a
correction the signed difference. An optional column that is absent leaves its part of the page out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wbok.domain.customer import (
    AddressKind,
    ContactKind,
    CustomerKind,
    CustomerStatus,
    Period,
    ServiceStatus,
)
from wbok.domain.finance import DocumentKind
from wbok.domain.messages import MessageKind
from wbok.relations.types import Family


class Rule(StrEnum):
    """What a text must be, where that can be told by itself."""

    ACCOUNT = "account number"
    TAX_ID = "tax id"
    CURRENCY = "currency"
    LOGIN = "login"
    PIN = "PIN"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is what is taken when the configuration declares none; `words` the only values allowed.

    A required column must be there, and have a value in every row unless it `may_be_empty`.

    A column that `refers` to a relation holds that relation's key and takes its type. `rule` is checked where
    data are taken in; what is only read is shown as it is.
    """

    name: str
    family: Family
    type: str
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()
    refers: str | None = None
    rule: Rule | None = None
    may_be_empty: bool = False

    @property
    def needs_value(self) -> bool:
        return self.required and not self.may_be_empty


@dataclass(frozen=True, slots=True)
class Relation:
    """`key` names one row of a customer; `sort` orders a list (newest first); an unscoped one is for all.

    `within`: the column within whose value alone the key is counted. `shared`: a row without owner is everybody's.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    sort: str | None = None
    owner: str | None = "customer_id"
    within: str | None = None
    shared: bool = False


def _key(name: str, meaning: str, *, required: bool = True, refers: str | None = None) -> Column:
    return Column(name, Family.KEY, "int", meaning, required=required, refers=refers)


def _text(name: str, meaning: str, *, required: bool = False, rule: Rule | None = None) -> Column:
    return Column(name, Family.TEXT, "text", meaning, required=required, rule=rule)


def _word(name: str, words: tuple[str, ...], meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.TEXT, "text", meaning, required=required, words=words)


def _day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.WHEN, "date", meaning, required=required)


def _money(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, Family.MONEY, "money:decimal", meaning, required=required)


OWNER = _key("customer_id", "whose row this is", refers="customers")
CURRENCY = _text("currency", "ISO 4217; absent or empty: the provider's currency", rule=Rule.CURRENCY)

_RELATIONS = (
    Relation(
        "customers",
        key="id",
        owner="id",
        columns=(
            _key("id", "the customer's key in the billing, shown as ID Klienta"),
            _text("name", "name and surname, or the company", required=True),
            _word("kind", tuple(CustomerKind), "private person or company"),
            _word("status", tuple(CustomerStatus), "active, suspended by the provider, or ended"),
            _text("tax_id", "NIP", rule=Rule.TAX_ID),
            _text("personal_id", "PESEL; shown masked"),
            _day("since", "customer since"),
            _key("seller_id", "which of the sellers this customer pays", required=False, refers="sellers"),
        ),
    ),
    Relation(
        "credentials",
        key="login",
        owner=None,
        columns=(
            Column(
                "login",
                Family.KEY,
                "text",
                "what the customer types as ID Klienta, without leading zeros",
                required=True,
                rule=Rule.LOGIN,
            ),
            OWNER,
            _text(
                "pin", "the PIN, in the format that the configuration declares", required=True, rule=Rule.PIN
            ),
        ),
    ),
    Relation(
        "addresses",
        key="id",
        columns=(
            _key("id", "key of the address"),
            OWNER,
            _word("kind", tuple(AddressKind), "home or seat, mailing, where a service is", required=True),
            _text("street", "street with house and flat, or the village with the number", required=True),
            _text("postcode", "00-000"),
            _text("city", "town with the post office", required=True),
            _text("recipient", "whose address it is, when it is not the customer's name"),
        ),
    ),
    Relation(
        "contacts",
        key="id",
        columns=(
            _key("id", "key of the contact"),
            OWNER,
            _word("kind", tuple(ContactKind), "what the value is", required=True),
            _text("value", "number or address", required=True),
        ),
    ),
    Relation(
        "contracts",
        key="id",
        sort="signed_on",
        columns=(
            _key("id", "key of the contract"),
            OWNER,
            _text("number", "number on the paper", required=True),
            _day("signed_on", "date on the paper", required=True),
            _day("valid_from", "first day"),
            _day("valid_to", "last day; empty: for an indefinite time"),
        ),
    ),
    Relation(
        "services",
        key="id",
        columns=(
            _key("id", "key of the service of this customer"),
            OWNER,
            _text("name", "what it is, as the customer calls it", required=True),
            _text("tariff", "name of the tariff"),
            Column("speed_down", Family.COUNT, "count", "kbit/s to the customer"),
            Column("speed_up", Family.COUNT, "count", "kbit/s from the customer"),
            _money("price", "gross price for one period", required=True),
            CURRENCY,
            _word("period", tuple(Period), "how often it is charged; absent: each month"),
            _word("status", tuple(ServiceStatus), "absent: active"),
            _day("valid_from", "first day"),
            _day("valid_to", "last day; empty: until cancelled"),
        ),
    ),
    Relation(
        "devices",
        key="id",
        columns=(
            _key("id", "key of the device"),
            OWNER,
            _text("name", "what it is", required=True),
            _text("serial", "serial number"),
            _text("mac", "hardware address; several parted by commas"),
            _text("ip", "IP address"),
            Column("online", Family.BOOL, "bool", "whether it answers now"),
        ),
    ),
    Relation(
        "accounts",
        key="number",
        columns=(
            _text(
                "number",
                "bank account (NRB or IBAN) on which only this customer pays",
                required=True,
                rule=Rule.ACCOUNT,
            ),
            OWNER,
            CURRENCY,
        ),
    ),
    Relation(
        "sellers",
        key="id",
        owner=None,
        columns=(
            _key("id", "key of the seller"),
            _text("name", "name on the invoice", required=True),
            _text("street", "street with number"),
            _text("postcode", "00-000"),
            _text("city", "town"),
            _text("tax_id", "NIP", rule=Rule.TAX_ID),
            _text("account", "bank account for all customers who have none of their own", rule=Rule.ACCOUNT),
        ),
    ),
    Relation(
        "ledger",
        key="id",
        sort="booked_on",
        columns=(
            _key("id", "key of the entry; grows with time"),
            OWNER,
            _day("booked_on", "when it was booked", required=True),
            Column(
                "amount", Family.SUMMABLE, "money:decimal", "charge negative, payment positive", required=True
            ),
            CURRENCY,
            _text("description", "what for", required=True),
            _key("document_id", "the document that the entry comes from", required=False, refers="documents"),
            _money("balance_after", "balance in this currency after this entry"),
        ),
    ),
    Relation(
        "documents",
        key="id",
        sort="issued_on",
        columns=(
            _key("id", "key of the document; grows with time"),
            OWNER,
            _text("number", "number on the document", required=True),
            _word("kind", tuple(DocumentKind), "what it is", required=True),
            _day("issued_on", "date on the document", required=True),
            _day("due_on", "due date"),
            _money("gross", "gross total; of a correction the signed difference", required=True),
            _money("net", "net total, with the same sign"),
            CURRENCY,
            _money("remaining", "what is still to be paid; absent: it follows from the balance"),
            Column("cancelled", Family.BOOL, "bool", "whether the document was cancelled"),
            _key("corrects_id", "the document that this one corrects", required=False, refers="documents"),
        ),
    ),
    Relation(
        "document_lines",
        key="position",
        within="document_id",
        columns=(
            _key("document_id", "whose line it is", refers="documents"),
            OWNER,
            Column("position", Family.COUNT, "count", "1, 2, 3 …", required=True),
            _text("description", "what was sold", required=True),
            Column("quantity", Family.NUMBER, "number", "how many", required=True),
            _text("unit", "unit of the quantity"),
            _text("vat_rate", 'as printed: "23%", "zw."', required=True),
            _money("net", "net of the line", required=True),
            _money("vat", "VAT of the line", required=True),
            _money("gross", "gross of the line", required=True),
            CURRENCY,
        ),
    ),
    Relation(
        "notices",
        key="id",
        sort="sent_at",
        shared=True,
        columns=(
            _key("id", "key of the notice; grows with time"),
            Column(
                "customer_id",
                Family.KEY,
                "int",
                "whose notice this is; NULL: everybody's, in this relation alone",
                required=True,
                refers="customers",
                may_be_empty=True,
            ),
            _word("kind", tuple(MessageKind), "what it is about", required=True),
            _text("title", "one line", required=True),
            _text("body", "the text, without HTML; an empty line parts paragraphs", required=True),
            Column("sent_at", Family.INSTANT, "instant:local", "when it was sent", required=True),
            Column("urgent", Family.BOOL, "bool", "stands on every page until it is confirmed; absent: no"),
        ),
    ),
)

CANONICAL: Mapping[str, Relation] = {relation.name: relation for relation in _RELATIONS}

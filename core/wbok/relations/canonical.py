"""What each relation is called, which columns it has and what they mean.

Signs: in `ledger` a charge is negative and a payment positive; `documents.gross` is positive, and of a
correction the signed difference; `calls.price` is what this customer pays for the call, after packages. An
optional column that is absent leaves its part of the page out.
"""

from __future__ import annotations

from collections.abc import Mapping

from wbok.domain.customer import (
    AddressKind,
    ContactKind,
    CustomerKind,
    CustomerStatus,
    Period,
    ServiceStatus,
)
from wbok.domain.messages import MessageKind
from wbok.domain.phone import CallKind, Direction, Unit
from wbok.relations.columns import (
    CURRENCY,
    OWNER,
    Column,
    Relation,
    Rule,
    count,
    day,
    key,
    money,
    text,
    word,
)
from wbok.relations.finance import FINANCE
from wbok.relations.types import Family

_RELATIONS = (
    Relation(
        "customers",
        key="id",
        owner="id",
        columns=(
            key("id", "the customer's key in the billing, shown as ID Klienta"),
            text("name", "name and surname, or the company", required=True),
            word("kind", tuple(CustomerKind), "private person or company"),
            word("status", tuple(CustomerStatus), "active, suspended by the provider, or ended"),
            text("tax_id", "NIP", rule=Rule.TAX_ID),
            text("personal_id", "PESEL; shown masked"),
            day("since", "customer since"),
            key("seller_id", "which of the sellers this customer pays", required=False, refers="sellers"),
            text(
                "payment_title", "what to write into the title of a transfer; absent: the panel's own words"
            ),
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
            text(
                "pin", "the PIN, in the format that the configuration declares", required=True, rule=Rule.PIN
            ),
        ),
    ),
    Relation(
        "addresses",
        key="id",
        columns=(
            key("id", "key of the address"),
            OWNER,
            word("kind", tuple(AddressKind), "home or seat, mailing, where a service is", required=True),
            text("street", "street with house and flat, or the village with the number", required=True),
            text("postcode", "00-000"),
            text("city", "town with the post office", required=True),
            text("recipient", "whose address it is, when it is not the customer's name"),
        ),
    ),
    Relation(
        "contacts",
        key="id",
        columns=(
            key("id", "key of the contact"),
            OWNER,
            word("kind", tuple(ContactKind), "what the value is", required=True),
            text("value", "number or address", required=True),
        ),
    ),
    Relation(
        "consents",
        key="id",
        columns=(
            key("id", "key of the consent"),
            OWNER,
            text("name", "what the customer agreed to, as he would call it", required=True),
            day("given_on", "when"),
        ),
    ),
    Relation(
        "contracts",
        key="id",
        sort="signed_on",
        columns=(
            key("id", "key of the contract"),
            OWNER,
            text("number", "number on the paper", required=True),
            day("signed_on", "date on the paper", required=True),
            day("valid_from", "first day"),
            day("valid_to", "last day; empty: for an indefinite time"),
        ),
    ),
    Relation(
        "services",
        key="id",
        columns=(
            key("id", "key of the service of this customer"),
            OWNER,
            text("name", "what it is, as the customer calls it", required=True),
            text("tariff", "name of the tariff"),
            count("speed_down", "count", "kbit/s to the customer"),
            count("speed_up", "count", "kbit/s from the customer"),
            money("price", "gross price for one period", required=True),
            CURRENCY,
            word("period", tuple(Period), "how often it is charged; absent: each month"),
            word("status", tuple(ServiceStatus), "absent: active"),
            day("valid_from", "first day"),
            day("valid_to", "last day; empty: until cancelled"),
            day("charged_on", "some day on which it is charged; the others lie whole periods apart"),
        ),
    ),
    Relation(
        "devices",
        key="id",
        columns=(
            key("id", "key of the device"),
            OWNER,
            text("name", "what it is", required=True),
            text("serial", "serial number"),
            text("mac", "hardware address; several parted by commas"),
            text("ip", "IP address"),
            text("address", "where it stands"),
            Column("online", Family.BOOL, "bool", "whether it answers now"),
        ),
    ),
    Relation(
        "accounts",
        key="number",
        columns=(
            text(
                "number",
                "bank account (NRB or IBAN) on which only this customer pays",
                required=True,
                rule=Rule.ACCOUNT,
            ),
            OWNER,
            CURRENCY,
            count("position", "count", "1: the account to pay to, then the others; absent: by number"),
        ),
    ),
    Relation(
        "sellers",
        key="id",
        owner=None,
        columns=(
            key("id", "key of the seller"),
            text("name", "name on the invoice", required=True),
            text("street", "street with number"),
            text("postcode", "00-000"),
            text("city", "town"),
            text("tax_id", "NIP", rule=Rule.TAX_ID),
            text("account", "bank account for all customers who have none of their own", rule=Rule.ACCOUNT),
        ),
    ),
    *FINANCE,
    Relation(
        "notices",
        key="id",
        sort="sent_at",
        shared=True,
        columns=(
            key("id", "key of the notice; grows with time"),
            Column(
                "customer_id",
                Family.KEY,
                "int",
                "whose notice this is; NULL: everybody's, in this relation alone",
                required=True,
                refers="customers",
                may_be_empty=True,
            ),
            word("kind", tuple(MessageKind), "what it is about", required=True),
            text("title", "one line", required=True),
            text("body", "the text, without HTML; an empty line parts paragraphs", required=True),
            Column("sent_at", Family.INSTANT, "instant:local", "when it was sent", required=True),
            Column("urgent", Family.BOOL, "bool", "stands on every page until it is confirmed; absent: no"),
            Column("read_at", Family.INSTANT, "instant:local", "when it was read elsewhere than here"),
            Column("confirmed_at", Family.INSTANT, "instant:local", "when it was confirmed elsewhere"),
        ),
    ),
    Relation(
        "phone_lines",
        key="id",
        columns=(
            key("id", "key of the line"),
            OWNER,
            text("number", "the customer's own telephone number", required=True),
            text("name", "what the customer calls it"),
            Column("active", Family.BOOL, "bool", "whether it is in use"),
        ),
    ),
    Relation(
        "calls",
        key="id",
        sort="started_at",
        columns=(
            key("id", "key of the call; grows with time"),
            key("customer_id", "whose line it was at the time of the call", refers="customers"),
            Column("started_at", Family.INSTANT, "instant:local", "when it began", required=True),
            word("direction", tuple(Direction), "from the customer or to him", required=True),
            word("kind", tuple(CallKind), "what it was", required=True),
            text("own_number", "the customer's number; may be written otherwise than in `phone_lines`"),
            text("number", "the other side's number; empty when it is hidden"),
            count("seconds", "seconds", "how long it was", required=True),
            count("bytes", "bytes", "how much was carried over the internet"),
            Column(
                "price",
                Family.SUMMABLE,
                "money:decimal",
                "gross, what this customer pays for it after packages; a discount is negative",
                required=True,
            ),
            CURRENCY,
            text("destination", "where to: a country, a network, a kind of number"),
            Column("answered", Family.BOOL, "bool", "whether somebody answered"),
            key("allowance_id", "the package that it was taken from", required=False, refers="allowances"),
        ),
    ),
    Relation(
        "allowances",
        key="id",
        columns=(
            key("id", "key of the package of this customer for its time"),
            OWNER,
            text("name", "what it is called", required=True),
            word("unit", tuple(Unit), "what it is counted in", required=True),
            count("total", "count", "how much it has; a time in seconds", required=True),
            count("used", "count", "how much is used; may be more than it has", required=True),
            day("valid_from", "first day"),
            day("valid_to", "last day; empty: until cancelled"),
            text("purpose", "what it is good for"),
        ),
    ),
)

CANONICAL: Mapping[str, Relation] = {relation.name: relation for relation in _RELATIONS}

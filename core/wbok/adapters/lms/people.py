"""Informacje over LMS: the customer, his addresses, contacts, contracts and devices."""

from __future__ import annotations

from sqlalchemy import CompoundSelect, Select, and_, case, func, literal, or_, select, union_all

from wbok.adapters.lms.addresses import house, place_of_address
from wbok.adapters.lms.consents import CONSENTS
from wbok.adapters.lms.services import all_suspended, services
from wbok.adapters.lms.site import (
    NO_LIMIT,
    THE_CUSTOMER,
    Element,
    Site,
    dotted,
    filled,
    has_bits,
    plus,
    word_of,
)
from wbok.adapters.lms.tables.finance import documentcontents, documents
from wbok.adapters.lms.tables.people import (
    addresses,
    customer_addresses,
    customerconsents,
    customercontacts,
    customers,
    macs,
    netdevices,
    nodes,
)
from wbok.adapters.lms.titles import payment_title, read_payment_title
from wbok.adapters.sql.source import Source

CONTRACT = -1
KINDS = {0: "private", 1: "company"}
CONNECTED = 3
ENDED = (4, 5)
"""Disconnected, and handed to debt collection."""
ADDRESS_KINDS = {0: "mailing", 1: "home", 2: "service", 3: "service", 4: "mailing"}
BILLING, DEFAULT_LOCATION = 1, 3
PHONES, EMAIL, DISABLED, BANK_ACCOUNT = 1 | 4, 8, 16384, 64
OTHER = 256 | 512 | 1024 | 2048 | 4096


def sources(site: Site) -> dict[str, Source]:
    return {
        "customers": site.source(
            "customers",
            _customers(site),
            {"since": NO_LIMIT, "seller_id": "int"},
            readers={"payment_title": read_payment_title},
        ),
        "credentials": site.source("credentials", _credentials(site), {"login": "int"}),
        "addresses": site.source("addresses", _addresses()),
        "contacts": site.source("contacts", _contacts()),
        "consents": site.source("consents", _consents(), {"given_on": NO_LIMIT}),
        "contracts": site.source(
            "contracts",
            _contracts(),
            {"signed_on": "instant:epoch_s", "valid_from": NO_LIMIT, "valid_to": NO_LIMIT},
        ),
        "services": services(site),
        "devices": site.source("devices", _devices(site)),
    }


def name_of_customer() -> Element:
    """First name and surname; of a company there is a surname alone."""
    return func.trim(plus(customers.c.name, " ", customers.c.lastname))


def is_customer() -> Element:
    """Not deleted, and no mere contractor."""
    return and_(customers.c.deleted == 0, customers.c.type.in_(KINDS))


def _customers(site: Site) -> Select[tuple[object, ...]]:
    c = customers.c
    status = case(
        (c.status.in_(ENDED), "ended"),
        (and_(c.status == CONNECTED, all_suspended(site, c.id)), "suspended"),
        (c.status == CONNECTED, "active"),
    )
    return select(
        c.id,
        name_of_customer().label("name"),
        word_of(c.type, KINDS).label("kind"),
        status.label("status"),
        c.ten.label("tax_id"),
        c.ssn.label("personal_id"),
        c.creationdate.label("since"),
        c.divisionid.label("seller_id"),
        payment_title(site).label("payment_title"),
    ).where(is_customer())


def _credentials(site: Site) -> Select[tuple[object, ...]]:
    """Who may come in by his number: for lists of customers; logging in itself asks elsewhere."""
    c = customers.c
    return select(c.id.label("login"), c.id.label("customer_id"), c.pin).where(is_customer())


def _addresses() -> Select[tuple[object, ...]]:
    links, a = customer_addresses.c, addresses.c
    return (
        select(
            links.id,
            links.customer_id,
            word_of(links.type, ADDRESS_KINDS).label("kind"),
            *place_of_address(),
            a.name.label("recipient"),
        )
        .select_from(customer_addresses.join(addresses, a.id == links.address_id))
        .where(links.type.in_(ADDRESS_KINDS))
    )


def _place() -> Select[tuple[object, ...]]:
    """In one line."""
    a = addresses.c
    return select(case((filled(a.street).is_not(None), plus(house(), ", ", a.city)), else_=house()))


def _contacts() -> Select[tuple[object, ...]]:
    c = customercontacts.c
    kind = case((has_bits(c.type, PHONES), "phone"), (has_bits(c.type, EMAIL), "email"), else_="other")
    return select(
        c.id, c.customerid.label("customer_id"), kind.label("kind"), c.contact.label("value")
    ).where(has_bits(c.type, PHONES | EMAIL | OTHER), ~has_bits(c.type, DISABLED | BANK_ACCOUNT))


def _consents() -> Select[tuple[object, ...]]:
    c = customerconsents.c
    return select(
        c.type.label("id"),
        c.customerid.label("customer_id"),
        word_of(c.type, CONSENTS).label("name"),
        c.cdate.label("given_on"),
    ).where(c.type.in_(CONSENTS))


def _contracts() -> Select[tuple[object, ...]]:
    d, content = documents.c, documentcontents.c
    return (
        select(
            d.id,
            d.customerid.label("customer_id"),
            func.coalesce(filled(d.fullnumber), plus(d.number)).label("number"),
            d.cdate.label("signed_on"),
            content.fromdate.label("valid_from"),
            content.todate.label("valid_to"),
        )
        .select_from(documents.outerjoin(documentcontents, content.docid == d.id))
        .where(d.type == CONTRACT, d.cancelled == 0)
    )


def _devices(site: Site) -> CompoundSelect[tuple[object, ...]]:
    """What is the customer's, and what belongs to a device of his that other things are plugged to.

    The customer stands inside: not every database asks a union for one customer's rows alone.
    """
    n, device = nodes.c, netdevices.c
    of_device = nodes.join(netdevices, device.id == n.netdev)
    name = func.coalesce(filled(device.name), n.name)
    return union_all(
        _nodes(site, n.ownerid, name=n.name, address=n.address_id),
        _nodes(site, device.ownerid, name=name, address=func.coalesce(n.address_id, device.address_id))
        .select_from(of_device)
        .where(n.ownerid.is_(None)),
    )


def _nodes(site: Site, owner: Element, *, name: Element, address: Element) -> Select[tuple[object, ...]]:
    """With an IP address; what has none is a network. Where it has no place of its own it stands at its owner's."""
    n = nodes.c
    addresses_of_card = select(site.joined(macs.c.mac)).where(macs.c.nodeid == n.id).scalar_subquery()
    limit = site.value("phpui.lastonline_limit")
    place = _place().where(addresses.c.id == func.coalesce(address, _usual_address()))
    return select(
        n.id,
        owner.label("customer_id"),
        name.label("name"),
        addresses_of_card.label("mac"),
        func.coalesce(dotted(n.ipaddr_pub), dotted(n.ipaddr)).label("ip"),
        place.scalar_subquery().label("address"),
        case((n.lastonline > site.now - limit, literal(1)), else_=literal(0)).label("online"),
    ).where(owner == THE_CUSTOMER, or_(n.ipaddr != 0, n.ipaddr_pub != 0))


def _usual_address() -> Element:
    """The default location of what the customer has, else his own address: as LMS chooses."""
    links = customer_addresses.c
    return (
        select(links.address_id)
        .where(links.customer_id == THE_CUSTOMER, links.type.in_((DEFAULT_LOCATION, BILLING)))
        .order_by(links.type.desc(), links.id)
        .limit(1)
        .scalar_subquery()
    )

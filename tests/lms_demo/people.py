"""Divisions, customers, addresses, contacts, consents, contracts, services and devices."""

from __future__ import annotations

import re
from ipaddress import IPv4Address

from lms_demo.provider import LAST, MORNING, WARSAW, Provider, Row, epoch
from wbok.adapters.lms.consents import CONSENTS
from wbok.adapters.lms.tables import finance, people, tariffs

STREET = re.compile(r"(?P<street>.+?) (?P<house>\d+\w?)(?: (?:m\.|lok\.) (?P<flat>\d+))?", re.ASCII)
HAS_STREET = ("ul. ", "al. ", "os. ", "skr. ")
LONGEST_NAME = 128
STATUSES = {"active": 3, "suspended": 3, "ended": 4}
ADDRESSES = {"mailing": 0, "home": 1, "service": 2}
CONTACTS = {"phone": 1, "email": 8, "other": 2}
ACCOUNT_ON_INVOICES = 64 | 16
CONSENT_NUMBERS = {name: number for number, name in CONSENTS.items()}
PERIODS = {"month": 3, "year": 5}
INTERNET, TELEPHONE, TELEVISION, OTHER = 1, 4, 5, -1
TAXES = {"23%": 1, "8%": 2}
CONTRACT = -1
BEGINNING = slice(2, 14)
"""Of an account number: what comes before the customer's own twelve digits."""
MINUTE, DAY = 60, 86400
INNER_NETWORK = IPv4Address("10.0.0.0")
ONE_ACCOUNT_FOR_ALL = 10
"""Added to a seller's number: the division of his customers who have no account of their own."""


def write(provider: Provider) -> None:
    _write_divisions(provider)
    for label, number in TAXES.items():
        provider.add(
            tariffs.taxes, id=number, value=int(label.rstrip("%")), taxed=1, label=label, reversecharge=0
        )
    for customer in provider.rows["customers"]:
        _write_customer(provider, customer)
    for contact in provider.rows["contacts"]:
        provider.add(
            people.customercontacts,
            customerid=contact["customer_id"],
            contact=contact["value"],
            type=CONTACTS[contact["kind"]],
        )
    for consent in provider.rows["consents"]:
        provider.add(
            people.customerconsents,
            customerid=consent["customer_id"],
            type=CONSENT_NUMBERS[consent["name"]],
            cdate=epoch(consent["given_on"], MORNING),
        )
    _write_contracts(provider)
    _write_services(provider)
    _write_devices(provider)


def _write_divisions(provider: Provider) -> None:
    beginning = next(a["number"] for a in provider.rows["accounts"] if a["currency"] == "PLN")[BEGINNING]
    for seller in provider.rows["sellers"]:
        address = provider.add(people.addresses, **_place(seller))
        accounts = {seller["id"]: beginning, seller["id"] + ONE_ACCOUNT_FOR_ALL: seller["account"]}
        for division, account in accounts.items():
            provider.add(
                people.divisions,
                id=division,
                shortname=seller["name"],
                name=seller["name"],
                ten=seller["tax_id"],
                account=account,
                inv_paytime=14,
                address_id=address,
            )


def _write_customer(provider: Provider, customer: Row) -> None:
    number = customer["id"]
    company = customer["kind"] == "company"
    first, last = _divided(customer["name"]) if company else _person(customer["name"])
    accounts = list(provider.of_customer("accounts", number))
    has_own = any(account["currency"] == "PLN" for account in accounts)
    pin = next(c["pin"] for c in provider.rows["credentials"] if c["customer_id"] == number)
    provider.add(
        people.customers,
        id=number,
        lastname=last,
        name=first,
        type=int(company),
        status=STATUSES[customer["status"]],
        ten=customer["tax_id"] or "",
        ssn=customer["personal_id"] or "",
        creationdate=epoch(customer["since"], MORNING),
        pin=pin,
        pinlastchange=epoch(customer["since"], MORNING),
        divisionid=customer["seller_id"] + (0 if has_own else ONE_ACCOUNT_FOR_ALL),
    )
    for address in provider.of_customer("addresses", number):
        place = provider.add(people.addresses, **_place(address), name=address["recipient"])
        provider.add(
            people.customer_addresses, customer_id=number, address_id=place, type=ADDRESSES[address["kind"]]
        )
    for account in accounts:
        if account["currency"] != "PLN":
            provider.add(
                people.customercontacts,
                customerid=number,
                contact=account["number"],
                type=ACCOUNT_ON_INVOICES,
            )
    if customer["status"] == "suspended":
        # LMS suspends everything with an assignment of nothing.
        provider.add(tariffs.assignments, customerid=number, datefrom=epoch(customer["since"]), period=3)


def _person(name: str) -> tuple[str, str]:
    first, _, last = name.partition(" ")
    return first, last


def _divided(name: str) -> tuple[str, str]:
    """A company's name stands in the column of surnames; what is too long for it begins in the other one."""
    if len(name) <= LONGEST_NAME:
        return "", name
    beginning, _, end = name[:LONGEST_NAME].rpartition(" ")
    return beginning, f"{end}{name[LONGEST_NAME:]}"


def _place(row: Row) -> dict[str, object]:
    """`street` of a village is its name with the number of the house."""
    found = STREET.fullmatch(row["street"])
    assert found is not None, row["street"]
    in_street = row["street"].startswith(HAS_STREET)
    return {
        "street": found["street"] if in_street else "",
        "city": row["city"] if in_street else found["street"],
        "house": found["house"],
        "flat": found["flat"] or "",
        "zip": row["postcode"],
        "postoffice": row["city"],
    }


def _write_contracts(provider: Provider) -> None:
    """Their numbers come after those of the invoices, with which they share a table."""
    before = max(document["id"] for document in provider.rows["documents"])
    for contract in provider.rows["contracts"]:
        number = before + contract["id"]
        signed = epoch(contract["signed_on"], MORNING)
        provider.add(
            finance.documents,
            id=number,
            type=CONTRACT,
            number=contract["id"],
            fullnumber=contract["number"],
            customerid=contract["customer_id"],
            cdate=signed,
            sdate=signed,
            closed=1,
        )
        provider.add(
            finance.documentcontents,
            docid=number,
            title=contract["number"],
            fromdate=epoch(contract["valid_from"]),
            todate=epoch(contract["valid_to"], LAST),
        )


def _write_services(provider: Provider) -> None:
    """Assignments keep the services' numbers."""
    known: dict[tuple[object, ...], int] = {}
    paused = {c["id"] for c in provider.rows["customers"] if c["status"] == "suspended"}
    for service in provider.rows["services"]:
        what = tuple(service[name] for name in ("name", "price", "period", "speed_down", "speed_up"))
        if what not in known:
            known[what] = _write_tariff(provider, service)
        is_alone = service["status"] == "suspended" and service["customer_id"] not in paused
        provider.add(
            tariffs.assignments,
            id=ASSIGNMENTS_FROM + service["id"],
            customerid=service["customer_id"],
            tariffid=known[what],
            period=PERIODS[service["period"]],
            datefrom=epoch(service["valid_from"]),
            dateto=epoch(service["valid_to"], LAST),
            suspended=int(is_alone),
        )


ASSIGNMENTS_FROM = 1000
"""Before it stand those that suspend everything."""


def _write_tariff(provider: Provider, service: Row) -> int:
    kind = _kind(service)
    return provider.add(
        tariffs.tariffs,
        name=service["name"],
        type=kind,
        value=service["price"],
        period=PERIODS[service["period"]],
        taxid=TAXES["8%"] if kind == TELEVISION else TAXES["23%"],
        downrate=service["speed_down"] or 0,
        downceil=service["speed_down"] or 0,
        uprate=service["speed_up"] or 0,
        upceil=service["speed_up"] or 0,
        voip_tariff_rule_id=rules_of(service) if kind == TELEPHONE else None,
    )


def _kind(service: Row) -> int:
    if service["speed_down"]:
        return INTERNET
    named = service["name"].partition(" ")[0]
    return {"Telefon": TELEPHONE, "Telewizja": TELEVISION}.get(named, OTHER)


def rules_of(service: Row) -> int:
    """The number of the group of a telephone tariff's packages: its free minutes."""
    return int(re.sub(r"\D", "", service["name"]))


def is_telephone(service: Row) -> bool:
    return _kind(service) == TELEPHONE


def _write_devices(provider: Provider) -> None:
    now = int(provider.now.astimezone(WARSAW).timestamp())
    for device in provider.rows["devices"]:
        outer = int(IPv4Address(device["ip"])) if device["ip"] else 0
        node = provider.add(
            people.nodes,
            id=device["id"],
            name=f"{device['name']} {device['id']}",
            ownerid=device["customer_id"],
            ipaddr=int(INNER_NETWORK) + device["id"],
            ipaddr_pub=outer,
            access=1,
            lastonline=now - (MINUTE if device["online"] else DAY),
        )
        for mac in device["mac"].split(","):
            provider.add(people.macs, nodeid=node, mac=mac)

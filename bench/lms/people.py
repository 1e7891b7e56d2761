"""Who the customers are, where they live, what they have."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import bcrypt

from bench.lms.writer import Writer
from wbok.adapters.lms.tables import people, tariffs

NAMES = ("Halina", "Jan", "Zofia", "Piotr", "Bożena", "Łukasz", "Maria", "Stanisław")
SURNAMES = ("Brzozowska", "Żółć", "Nowak", "Wiśniewski", "Ślązak", "Jabłońska", "Kęsik", "Źrebiec")
CONNECTED = 3
INTERNET, TELEPHONE, TELEVISION = 1, 2, 3
NET_TARIFF, SALE = 4, 5
VAT_23, VAT_EXEMPT = 1, 2
MAIN_DIVISION, SECOND_DIVISION = 1, 2


def pin_of(customer: int) -> str:
    """What this customer types."""
    return str(1000 + customer * 7919 % 9000)


def write_tariffs(writer: Writer) -> None:
    writer.add(tariffs.taxes, id=VAT_23, value=23, taxed=1, label="23%")
    writer.add(tariffs.taxes, id=VAT_EXEMPT, value=0, taxed=0, label="zw.")
    add = tariffs.tariffs
    speeds = {"downrate": 300_000, "downceil": 600_000, "uprate": 50_000, "upceil": 60_000}
    writer.add(
        add,
        id=INTERNET,
        name="Światłowód 600",
        type=1,
        value=79,
        netvalue=64.23,
        period=3,
        taxid=VAT_23,
        **speeds,
    )
    writer.add(
        add,
        id=TELEPHONE,
        name="Telefon Domowy",
        type=4,
        value=29.99,
        period=3,
        taxid=VAT_23,
        voip_tariff_rule_id=1,
    )
    writer.add(add, id=TELEVISION, name="Telewizja", type=5, value=120, period=4, taxid=VAT_23)
    writer.add(
        add,
        id=NET_TARIFF,
        name="Łącze dla firm",
        type=1,
        value=123,
        netvalue=100,
        period=3,
        taxid=VAT_23,
        flags=16,
    )
    writer.add(
        tariffs.tariffpricevariants,
        tariffid=TELEVISION,
        quantity_threshold=1,
        net_price=81.3,
        gross_price=100,
    )


def write_divisions(writer: Writer) -> None:
    home = writer.add(
        people.addresses,
        city="Jasnowice",
        street="ul. Świetlana",
        house="7",
        zip="43-100",
        postoffice="Jasnowice",
    )
    add = people.divisions
    writer.add(
        add,
        id=MAIN_DIVISION,
        shortname="Światłonet",
        name="Światłonet sp. z o.o.",
        ten="525-000-12-79",
        account="105012345678",
        inv_paytime=14,
        address_id=home,
    )
    writer.add(
        add,
        id=SECOND_DIVISION,
        shortname="Światłonet Plus",
        name="Światłonet Plus s.c.",
        ten="5260001246",
        account="53105012345678000000000015",
        address_id=None,
    )


def write_customer(writer: Writer, customer: int, *, now: datetime, **more: object) -> int:
    """A private person, connected, with an address, a phone, an e-mail, internet and a device."""
    begin = int((now - timedelta(days=1100)).timestamp())
    values = {
        "lastname": SURNAMES[customer % len(SURNAMES)],
        "name": NAMES[customer // len(SURNAMES) % len(NAMES)],
        "status": CONNECTED,
        "type": 0,
        "ssn": f"{customer:011d}",
        "creationdate": begin,
        "pin": pin_of(customer),
        "pinlastchange": begin,
        "divisionid": MAIN_DIVISION,
    } | more
    writer.add(people.customers, id=customer, **values)
    return customer


def write_address(writer: Writer, customer: int, *, kind: int = 1, **more: object) -> None:
    values = {
        "city": "Jasnowice",
        "street": "ul. Lipowa",
        "house": str(customer),
        "flat": "4",
        "zip": "43-100",
    }
    address = writer.add(people.addresses, **values | more)
    writer.add(people.customer_addresses, customer_id=customer, address_id=address, type=kind)


def write_contact(writer: Writer, customer: int, contact: str, kind: int) -> int:
    return writer.add(people.customercontacts, customerid=customer, contact=contact, type=kind)


def write_node(writer: Writer, customer: int, *, now: datetime, macs: int = 1, **more: object) -> int:
    values = {
        "name": f"KLIENT_{customer}",
        "ownerid": customer,
        "ipaddr": (10 << 24) + customer,
        "access": 1,
        "lastonline": int(now.timestamp()) - 60,
        "passwd": f"ppp{customer}",
    } | more
    node = writer.add(people.nodes, **values)
    for number in range(macs):
        writer.add(
            people.macs,
            nodeid=node,
            mac=f"02:00:{number:02X}:{customer >> 16 & 255:02X}:{customer >> 8 & 255:02X}:{customer & 255:02X}",
        )
    return node


def write_assignment(
    writer: Writer, customer: int, tariff: int | None, *, now: datetime, **more: object
) -> int:
    begin = int((now - timedelta(days=1000)).timestamp())
    return writer.add(
        tariffs.assignments,
        **{"customerid": customer, "tariffid": tariff, "period": 3, "datefrom": begin} | more,
    )


def write_plain_customer(writer: Writer, customer: int, *, now: datetime) -> None:
    """One of many."""
    write_customer(writer, customer, now=now)
    write_address(writer, customer)
    write_contact(writer, customer, f"600 {customer // 1000:03d} {customer % 1000:03d}", 1)
    write_contact(writer, customer, f"klient{customer}@example.pl", 8 | 32)
    write_assignment(writer, customer, INTERNET, now=now)
    write_node(writer, customer, now=now)


def md5_pin(customer: int) -> str:
    return hashlib.md5(pin_of(customer).encode(), usedforsecurity=False).hexdigest()


def bcrypt_pin(customer: int) -> str:
    """As PHP writes it."""
    return bcrypt.hashpw(pin_of(customer).encode(), bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$", 1)

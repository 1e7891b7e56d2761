"""The odd cases among the people of LMS, one customer each. Their numbers are below 100; the many begin above."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum

from bench.lms import people as made
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import finance, people
from wbok.adapters.lms.tables.settings import uiconfig

ANNEX = -2


class Odd(IntEnum):
    """Who it is."""

    FULL = 1
    """Everything that a private person can have."""
    COMPANY = 2
    """In the second division, with a net account, three MACs and several addresses."""
    EMPTY = 3
    """Nothing but a name and a PIN."""
    NO_ADDRESS = 4
    NO_DIVISION = 5
    DELETED = 6
    CONTRACTOR = 7
    NO_PIN = 8
    ZERO_PIN = 9
    MD5_PIN = 10
    BCRYPT_PIN = 11
    DISCONNECTED = 12
    DEBT_COLLECTION = 13
    WAITING = 14
    ALL_SUSPENDED = 15
    IN_EURO = 16
    LATE = 17
    """In debt, with corrections of corrections."""
    TALKER = 18
    """Two telephone accounts, calls to another customer of ours."""
    NEIGHBOUR = 19
    """Whom TALKER calls; has a number that was TALKER's."""
    WRITER = 20
    """Tickets of every state, in queues that are allowed and not."""
    REVISED = 21
    """Has a correction that was cancelled, and corrections after it."""
    HALF = 22
    """Suspended in the second division, where a part is still charged."""


def write_odd_people(writer: Writer, *, now: datetime) -> None:
    _full(writer, now)
    _company(writer, now)
    plain: dict[Odd, dict[str, object]] = {
        Odd.EMPTY: {"ssn": "", "creationdate": 0},
        Odd.NO_DIVISION: {"divisionid": None},
        Odd.DELETED: {"deleted": 1},
        Odd.CONTRACTOR: {"type": 2},
        Odd.NO_PIN: {"pin": ""},
        Odd.ZERO_PIN: {"pin": "0"},
        Odd.MD5_PIN: {"pin": made.md5_pin(Odd.MD5_PIN)},
        Odd.BCRYPT_PIN: {"pin": made.bcrypt_pin(Odd.BCRYPT_PIN)},
        Odd.DISCONNECTED: {"status": 4},
        Odd.DEBT_COLLECTION: {"status": 5},
        Odd.WAITING: {"status": 2},
        Odd.NO_ADDRESS: {},
        Odd.ALL_SUSPENDED: {},
        Odd.IN_EURO: {},
        Odd.LATE: {},
        Odd.TALKER: {},
        Odd.NEIGHBOUR: {},
        Odd.WRITER: {},
        Odd.REVISED: {},
        Odd.HALF: {"divisionid": made.SECOND_DIVISION},
    }
    for customer, more in plain.items():
        made.write_customer(writer, customer, now=now, **more)
        if customer not in (Odd.EMPTY, Odd.NO_ADDRESS):
            made.write_address(writer, customer)
    share = {"section": "payments", "var": "suspension_percentage", "value": "33,3"}
    writer.add(uiconfig, **share, divisionid=made.SECOND_DIVISION)
    made.write_assignment(writer, Odd.HALF, made.INTERNET, now=now, suspended=1, count=3)
    made.write_assignment(writer, Odd.HALF, made.NET_TARIFF, now=now, suspended=1, count=7)
    made.write_assignment(writer, Odd.ALL_SUSPENDED, made.INTERNET, now=now)
    made.write_assignment(writer, Odd.ALL_SUSPENDED, None, now=now, datefrom=int(now.timestamp()) - 3600)


def _full(writer: Writer, now: datetime) -> None:
    made.write_customer(writer, Odd.FULL, now=now, lastname="Brzozowska", name="Halina", ssn="50010112345")
    made.write_address(writer, Odd.FULL, house="12", flat="")
    made.write_address(writer, Odd.FULL, kind=0, street="ul. Polna", house="3", name="Jan Brzozowski")
    made.write_address(
        writer, Odd.FULL, kind=3, street="", city="Dąbrówka", house="18", flat="", postoffice="Jasnowice"
    )
    made.write_contact(writer, Odd.FULL, "600 000 427", 1)
    made.write_contact(writer, Odd.FULL, "32 010 42 70", 4 | 32)
    made.write_contact(writer, Odd.FULL, "halina@example.pl", 8 | 16 | 32)
    made.write_contact(writer, Odd.FULL, "dawny@example.pl", 8 | 16384)
    made.write_contact(writer, Odd.FULL, "600 999 999", 1 | 16384)
    for fax in (2, 2 | 32):
        made.write_contact(writer, Odd.FULL, "32 010 42 71", fax)
    made.write_address(
        writer,
        Odd.FULL,
        kind=2,
        street="ul. Leśna",
        city="Dąbrówka",
        house="5",
        flat="",
        postoffice="JASNOWICE",
    )
    writer.add(finance.documents, type=ANNEX, number=1, fullnumber="ANEKS/1", customerid=Odd.FULL, cdate=1)
    for consent in (1, 4, 10):
        writer.add(
            people.customerconsents,
            customerid=Odd.FULL,
            type=consent,
            cdate=int(now.timestamp()) - 86400 * 400,
        )
    ended = int((now - timedelta(days=200)).timestamp())
    discounted = made.write_assignment(writer, Odd.FULL, made.INTERNET, now=now, pdiscount=10, vdiscount=1.1)
    made.write_assignment(writer, Odd.FULL, made.TELEVISION, now=now, count=2)
    made.write_assignment(writer, Odd.FULL, made.TELEPHONE, now=now, suspended=1)
    made.write_assignment(writer, Odd.FULL, made.INTERNET, now=now, dateto=ended)
    made.write_assignment(writer, Odd.FULL, made.INTERNET, now=now, commited=0)
    assert discounted
    made.write_node(
        writer, Odd.FULL, now=now, name="DOM_HALINA", macs=2, ipaddr_pub=(83 << 24) + 12, address_id=1
    )
    made.write_node(writer, Odd.FULL, now=now, name="STARY_ROUTER", ipaddr=(10 << 24) + 70_000, lastonline=1)
    made.write_node(writer, Odd.FULL, now=now, name="SIEC", ipaddr=0)
    for owner, name in ((Odd.FULL, "Router w piwnicy"), (Odd.FULL, ""), (None, "Przełącznik firmy")):
        device = writer.add(people.netdevices, name=name, ownerid=owner, address_id=None if name else 1)
        made.write_node(
            writer, device, now=now, name=f"ZARZADZANIE_{device}", ownerid=None, netdev=device, macs=0
        )
    made.write_node(writer, Odd.NO_ADDRESS, now=now, name="OBCY", netdev=1, macs=0)


def _company(writer: Writer, now: datetime) -> None:
    made.write_customer(
        writer,
        Odd.COMPANY,
        now=now,
        type=1,
        lastname="Zakład Ślusarski „Kęsik” sp. z o.o.",
        name="",
        ten="526-000-12-46",
        ssn="",
        divisionid=made.SECOND_DIVISION,
    )
    made.write_address(writer, Odd.COMPANY, house="1", flat="")
    made.write_contact(writer, Odd.COMPANY, "600 111 222", 1)
    made.write_assignment(writer, Odd.COMPANY, made.NET_TARIFF, now=now, count=1.5, period=4)
    made.write_node(writer, Odd.COMPANY, now=now, name="FIRMA", macs=3)

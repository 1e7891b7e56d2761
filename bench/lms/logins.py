"""Customers who come in otherwise than by their number: shared telephones, numbers of documents, PPPoE."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

import argon2

from bench.lms import people as made
from bench.lms.writer import Writer
from wbok.adapters.lms.tables import finance, people
from wbok.adapters.lms.tables.settings import uiconfig

TWINS_PIN = "2468"
HOUSEHOLD_PHONE, TWINS_PHONE = "600 700 800", "+48 600-700-900"
TWINS_TAX_ID = "526-104-08-28"
SMS_PHONE = "600 700 111"
SERVICE_PROVIDER = 3
SHARED_DOCUMENT = "FV/7/2026"
DIGITS_PASSWORD = "00123"
MAIL, PHONE, NOTIFICATIONS = 8, 1, 32


class Caller(IntEnum):
    """Who it is."""

    WIFE = 41
    """Shares telephone and e-mail with HUSBAND; their PINs differ."""
    HUSBAND = 42
    SHOP = 43
    """Shares telephone, NIP and PIN with BRANCH: the same firm twice."""
    BRANCH = 44
    DELETED = 45
    """Had the telephone of the household."""
    NEW_PIN = 46
    """Was given a PIN today; everybody else years ago."""
    ARGON2_PIN = 47
    SMS = 48
    """His telephone is marked for messages, so that nobody logs in with it."""
    DIGITS = 49
    """The password of his connection looks like a PIN."""


def write_logins(writer: Writer, *, now: datetime) -> None:
    _people(writer, now)
    _contacts(writer)
    _numbers(writer, now)
    for caller in Caller:
        name = f"ppp-{caller.name.lower()}"
        secret = DIGITS_PASSWORD if caller is Caller.DIGITS else f"Tajne{caller.value}"
        made.write_node(writer, caller, now=now, name=name, passwd=secret, macs=0)
    # What LMS writes itself when it is installed.
    writer.add(uiconfig, section="userpanel", var="auth_type", value="1")


def _people(writer: Writer, now: datetime) -> None:
    today = int(now.timestamp()) - 3600
    hashed = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    more: dict[Caller, dict[str, object]] = {
        Caller.WIFE: {"lastname": "Wilk", "name": "Anna"},
        Caller.HUSBAND: {"lastname": "Wilk", "name": "Adam"},
        Caller.SHOP: {"lastname": "Sklep", "name": "", "type": 1, "ten": TWINS_TAX_ID, "pin": TWINS_PIN},
        Caller.BRANCH: {"lastname": "Filia", "name": "", "type": 1, "ten": "5261040828", "pin": TWINS_PIN},
        Caller.DELETED: {"deleted": 1},
        Caller.NEW_PIN: {"pinlastchange": today},
        Caller.ARGON2_PIN: {"pin": hashed.hash(made.pin_of(Caller.ARGON2_PIN))},
        Caller.SMS: {},
        Caller.DIGITS: {},
    }
    for caller, values in more.items():
        made.write_customer(writer, caller, now=now, **values)


def _contacts(writer: Writer) -> None:
    for caller in (Caller.WIFE, Caller.HUSBAND, Caller.DELETED):
        made.write_contact(writer, caller, HOUSEHOLD_PHONE, PHONE)
        made.write_contact(writer, caller, "Dom@example.pl", MAIL)
    for caller in (Caller.SHOP, Caller.BRANCH):
        made.write_contact(writer, caller, TWINS_PHONE, PHONE)
    made.write_contact(writer, Caller.SMS, SMS_PHONE, PHONE | NOTIFICATIONS)


def _numbers(writer: Writer, now: datetime) -> None:
    at = int(now.timestamp()) - 86400
    add = finance.documents
    writer.add(add, type=-1, number=41, fullnumber="U/41/2026", customerid=Caller.WIFE, cdate=at)
    writer.add(
        add, type=1, number=42, fullnumber="FV/42/2026", customerid=Caller.HUSBAND, cdate=at, cancelled=1
    )
    # Two divisions number alike, and a firm has the same number twice.
    for kind, caller in ((1, Caller.WIFE), (1, Caller.SHOP), (-1, Caller.SHOP), (1, Caller.BRANCH)):
        writer.add(add, type=kind, number=7, fullnumber=SHARED_DOCUMENT, customerid=caller, cdate=at)
    writer.add(add, type=1, number=7, fullnumber=SHARED_DOCUMENT, customerid=Caller.DELETED, cdate=at)
    for caller, provider in ((Caller.WIFE, None), (Caller.HUSBAND, SERVICE_PROVIDER)):
        writer.add(people.customerextids, customerid=caller, extid="EXT-41", serviceproviderid=provider)

"""What the billing knows of a customer that a form can offer him. Without the billing he types it himself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wbok.api import (
    Address,
    AddressKind,
    BillingError,
    ContactKind,
    Panel,
    Profile,
    addresses_of,
    is_blank,
)
from wbok_helpdesk.fields import FieldType, FormField, Known
from wbok_helpdesk.forms import phone_fault
from wbok_helpdesk.typed import clean, one_line

ADDRESSES = (AddressKind.MAILING, AddressKind.HOME, AddressKind.SERVICE)
"""The first that there is."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Offers:
    phone: str = ""
    email: str = ""
    address: str = ""
    services: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    def choices(self, asked: FormField) -> tuple[str, ...]:
        return {FieldType.SERVICE: self.services, FieldType.DEVICE: self.devices}.get(asked.type, ())

    def known(self, asked: FormField) -> str:
        """What stands in the field before anything is typed."""
        return (
            {Known.ADDRESS: self.address, Known.EMAIL: self.email}.get(asked.known, "") if asked.known else ""
        )


def offers_for(panel: Panel, customer_id: str) -> Offers:
    """Without the billing a fault can be reported all the same."""
    try:
        profile = panel.billing.customers.profile(customer_id)
    except BillingError:
        return Offers()
    today = panel.today
    devices = (", ".join(filter(None, (one.name, one.serial or one.mac))) for one in profile.devices)
    return Offers(
        phone=_phone(profile),
        email=next(iter(addresses_of(profile.contacts)), ""),
        address=_address(profile),
        services=_each_once(one.name for one in profile.services if one.in_force(today)),
        devices=_each_once(devices),
    )


def _phone(profile: Profile) -> str:
    numbers = (clean(one.value) for one in profile.contacts if one.kind is ContactKind.PHONE)
    return next((number for number in numbers if not phone_fault(number)), "")


def _address(profile: Profile) -> str:
    known = {address.kind: address for address in reversed(profile.addresses)}
    return next((_in_lines(known[kind]) for kind in ADDRESSES if kind in known), "")


def _in_lines(address: Address) -> str:
    town = f"{address.postcode or ''} {address.city}".strip()
    return "\n".join(line for line in (address.recipient, address.street, town) if line)


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    lines = (one_line(one) for one in words)
    return tuple(dict.fromkeys(line for line in lines if not is_blank(line)))[:MOST]

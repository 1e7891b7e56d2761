"""Who the customer is and what he has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wbok.domain.money import Money, total


class CustomerKind(StrEnum):
    PRIVATE = "private"
    COMPANY = "company"


class CustomerStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class AddressKind(StrEnum):
    HOME = "home"
    MAILING = "mailing"
    SERVICE = "service"


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    OTHER = "other"


class ServiceStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"


class Period(StrEnum):
    """How often a service is charged."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    name: str
    kind: CustomerKind | None = None
    status: CustomerStatus | None = None
    tax_id: str | None = None
    personal_id: str | None = None
    since: date | None = None
    seller_id: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    kind: AddressKind
    street: str
    city: str
    postcode: str | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    kind: ContactKind
    value: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What the customer agreed to and has not taken back."""

    name: str
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    id: str
    number: str
    signed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """`price` is gross for one `period`; speeds are in kbit/s.

    `charged_on`: some day on which it is charged; the others lie whole periods apart from it.
    """

    id: str
    name: str
    price: Money
    period: Period = Period.MONTH
    status: ServiceStatus = ServiceStatus.ACTIVE
    tariff: str | None = None
    speed_down: int | None = None
    speed_up: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    charged_on: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Device:
    id: str
    name: str
    serial: str | None = None
    mac: str | None = None
    ip: str | None = None
    address: str | None = None
    online: bool | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All that Informacje shows. An empty tuple: there are none, or the billing does not have them."""

    customer: Customer
    addresses: tuple[Address, ...] = ()
    contacts: tuple[Contact, ...] = ()
    contracts: tuple[Contract, ...] = ()
    services: tuple[Service, ...] = ()
    devices: tuple[Device, ...] = ()
    consents: tuple[Consent, ...] = ()


def monthly_sum(services: tuple[Service, ...], *, on: date, currency: str) -> Money:
    """What the tariffs in force on that day cost each month; suspended ones and other periods left out."""
    return total(
        (
            s.price
            for s in services
            if s.period is Period.MONTH and s.status is ServiceStatus.ACTIVE and s.in_force(on)
        ),
        currency=currency,
    )

"""The `customers` capability over relations: who may come in, who he is, what he has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wbok.adapters.sql.reader import Reader
from wbok.billing import Credential, LoginKind, digits_login
from wbok.domain.customer import (
    Address,
    AddressKind,
    Consent,
    Contact,
    ContactKind,
    Contract,
    Customer,
    CustomerKind,
    CustomerStatus,
    Device,
    Period,
    Profile,
    Service,
    ServiceStatus,
)
from wbok.domain.money import Money
from wbok.errors import NotFound

Values = Mapping[str, Any]
PROFILE = ("customers", "addresses", "contacts", "consents", "contracts", "services", "devices")


class SqlCustomers:
    def __init__(self, reader: Reader, *, pin_format: str) -> None:
        self._reader = reader
        self._pin_format = pin_format

    @property
    def login_kind(self) -> LoginKind:
        return digits_login

    @property
    def pin_format(self) -> str:
        return self._pin_format

    def credentials(self, login: str) -> tuple[Credential, ...]:
        try:
            condition = self._reader.condition("credentials", "login", "=", login)
            rows = self._reader.rows("credentials", customer_id=None, conditions=[condition])
        except NotFound:
            return ()
        return tuple(
            Credential(row.values["customer_id"], row.values["pin"] or None, self._pin_format)
            for row in rows
            if row.values["login"] == login
        )

    def customer(self, customer_id: str) -> Customer:
        rows = self._reader.rows("customers", customer_id=customer_id, limit=1)
        if not rows:
            raise NotFound("customer")
        return _customer(rows[0].values)

    def profile(self, customer_id: str) -> Profile:
        found = self._reader.gather(PROFILE, customer_id=customer_id)
        if not found["customers"]:
            raise NotFound("customer")
        contracts = sorted(found["contracts"], key=lambda v: v["signed_on"], reverse=True)
        return Profile(
            customer=_customer(found["customers"][0]),
            addresses=tuple(_address(v) for v in found["addresses"]),
            contacts=tuple(Contact(ContactKind(v["kind"]), v["value"]) for v in found["contacts"]),
            contracts=tuple(_contract(v) for v in contracts),
            services=read_services(found["services"], currency=self._reader.currency),
            devices=tuple(_device(v) for v in found["devices"]),
            consents=tuple(Consent(v["name"], v["given_on"]) for v in found["consents"]),
        )


def read_services(rows: list[Values], *, currency: str) -> tuple[Service, ...]:
    return tuple(
        Service(
            id=v["id"],
            name=v["name"],
            price=Money(v["price"], v["currency"] or currency),
            period=Period(v["period"] or Period.MONTH),
            status=ServiceStatus(v["status"] or ServiceStatus.ACTIVE),
            tariff=v["tariff"],
            speed_down=v["speed_down"],
            speed_up=v["speed_up"],
            valid_from=v["valid_from"],
            valid_to=v["valid_to"],
            charged_on=v["charged_on"],
        )
        for v in rows
    )


def _customer(v: Values) -> Customer:
    return Customer(
        id=v["id"],
        name=v["name"],
        kind=CustomerKind(v["kind"]) if v["kind"] else None,
        status=CustomerStatus(v["status"]) if v["status"] else None,
        tax_id=v["tax_id"],
        personal_id=v["personal_id"],
        since=v["since"],
        seller_id=v["seller_id"],
    )


def _address(v: Values) -> Address:
    return Address(
        kind=AddressKind(v["kind"]),
        street=v["street"],
        city=v["city"],
        postcode=v["postcode"],
        recipient=v["recipient"],
    )


def _contract(v: Values) -> Contract:
    return Contract(
        id=v["id"],
        number=v["number"],
        signed_on=v["signed_on"],
        valid_from=v["valid_from"],
        valid_to=v["valid_to"],
    )


def _device(v: Values) -> Device:
    return Device(
        id=v["id"],
        name=v["name"],
        serial=v["serial"],
        mac=v["mac"],
        ip=v["ip"],
        address=v["address"],
        online=v["online"],
    )

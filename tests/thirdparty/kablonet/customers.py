"""Who may come in, and what he has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kablonet.client import Client, part_of_path, understood
from wbok.api import (
    Address,
    AddressKind,
    Contact,
    ContactKind,
    Credential,
    Customer,
    CustomerKind,
    LoginKind,
    Money,
    NotFound,
    Profile,
    Service,
    digits_login,
)

KINDS = {"person": CustomerKind.PRIVATE, "firm": CustomerKind.COMPANY}
CONTACTS = {"phone": ContactKind.PHONE, "mail": ContactKind.EMAIL}


class KablonetCustomers:
    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def login_kind(self) -> LoginKind:
        return digits_login

    @property
    def pin_format(self) -> str:
        return "md5"

    def credentials(self, login: str) -> tuple[Credential, ...]:
        try:
            answer = self._client.get(f"/v1/logins/{part_of_path(login)}")
        except NotFound:
            return ()
        with understood():
            return tuple(Credential(row["customer"], row["pin_md5"], "md5") for row in answer["customers"])

    def customer(self, customer_id: str) -> Customer:
        return self.profile(customer_id).customer

    def profile(self, customer_id: str) -> Profile:
        answer = self._client.get(f"/v1/customers/{part_of_path(customer_id)}")
        with understood():
            if answer["id"] != customer_id:
                raise NotFound("customer")
            return Profile(
                Customer(
                    customer_id,
                    answer["name"],
                    KINDS[answer["kind"]],
                    since=date.fromisoformat(answer["since"]),
                ),
                addresses=tuple(
                    Address(AddressKind.HOME, row["street"], row["city"], row["postcode"])
                    for row in answer["addresses"]
                ),
                contacts=tuple(Contact(CONTACTS[row["kind"]], row["value"]) for row in answer["contacts"]),
                services=tuple(map(_service, answer["services"])),
            )


def _service(row: Mapping[str, Any]) -> Service:
    return Service(row["id"], row["name"], Money(Decimal(row["price"]), row["currency"]))

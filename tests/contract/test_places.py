"""A place names the same customers wherever their addresses are read, whatever the database makes of accents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from contract.test_relations import PLACES
from support.people import someone, tables

from wbok.billing import Billing
from wbok.domain.customer import Address, AddressKind
from wbok.testing import MemoryCustomer, memory_billing

TODAY = date(2026, 11, 24)
ADDRESSES = (
    Address(AddressKind.HOME, "ul. Świętej Łucji 12/3", "Łódź", "90-001"),
    Address(AddressKind.HOME, "SWIETEJ LUCJI 12A m. 3", "LODZ", "90-001"),
    Address(AddressKind.SERVICE, "ul. Świętej Łucji Bocznej 12", "Łódź"),
    Address(AddressKind.HOME, "Krakowska 1", "Nowy Sącz", "33-300"),
    Address(AddressKind.MAILING, "ul. Świętej Łucji 12", "Łódź", "90-001"),
    Address(AddressKind.HOME, "12", "Nowa Wieś"),
)


def people() -> tuple[MemoryCustomer, ...]:
    """One at each address, in its order; one service of each has no tariff."""
    return tuple(_at(number, address) for number, address in enumerate(ADDRESSES, start=1))


def _at(number: int, address: Address) -> MemoryCustomer:
    customer = someone(number, f"Klient {number}", months=5, paid=5)
    return replace(customer, profile=replace(customer.profile, addresses=(address,)))


@pytest.fixture(scope="module", params=["memory", *PLACES])
def billing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Billing]:
    if request.param == "memory":
        yield memory_billing(*people())
        return
    with PLACES[request.param](tmp_path_factory.mktemp("places"), tables(people())) as of_relations:
        yield of_relations


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("świętej łucji", ["1", "2"]),
        ("swietej lucji, Lodz", ["1", "2"]),
        ("Świętej Łucji 12", ["1"]),
        ("swietej lucji 12a", ["2"]),
        ("Świętej Łucji 3", []),
        ("Świętej", []),
        ("Świętej Łucji Boczn*", ["3"]),
        ("ŁÓDŹ", ["1", "2", "3"]),
        ("90-001", ["1", "2"]),
        ("Kraków", []),
        ("Krak*", ["4"]),
        ("Nowa Wieś 12", ["6"]),
        ("Nowa", []),
        (" ", []),
    ],
)
def test_a_place_names_the_same_everywhere(billing: Billing, place: str, there: list[str]) -> None:
    assert billing.directory is not None
    assert sorted(billing.directory.customers(on=TODAY, place=place)) == there
    assert sorted(who for who, _ in billing.directory.addresses_at(place)) == there


def test_a_service_without_a_tariff_is_not_called_nothing(billing: Billing) -> None:
    assert billing.directory is not None
    assert list(billing.directory.customers(on=TODAY, service="")) == []
    assert sorted(billing.directory.customers(on=TODAY, service="domena")) == list("123456")

"""The contract of the capability `directory`: whom the office reaches by a service or a place, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from wbok.billing import Billing, Customers, Directory
from wbok.domain.customer import Address
from wbok.domain.places import is_at
from wbok.testing.asked import asked
from wbok.testing.sample import Sample

TODAY = date(2026, 11, 24)
BLANK = ("", " ", " ,. ", "*", "ul.")


class DirectoryContract:
    """Inherit it and give the fixtures `billing` and `sample`."""

    @pytest.fixture
    def directory(self, billing: Billing) -> Directory:
        if billing.directory is None:
            pytest.fail("billing.directory is None. Inherit this only for a billing that has it.")
        return asked(billing.directory, Directory)

    def test_everybody_is_there_once(self, directory: Directory, sample: Sample) -> None:
        found = list(directory.customers(on=TODAY))
        missing = set(sample.customers) - set(found)
        assert not missing, f"customers(): found without {sorted(missing)}, who can log in."
        assert len(found) == len(set(found)), "customers(): gives an id more than once."

    def test_a_place_has_those_whose_address_is_there(
        self, billing: Billing, directory: Directory, sample: Sample
    ) -> None:
        addresses = _addresses(billing.customers, sample)
        assert any(addresses.values()), "None of the sample's customers has an address: choose some who have."
        for place in _places(one for known in addresses.values() for one in known):
            expected = {who for who, known in addresses.items() if any(is_at(place, one) for one in known)}
            found = set(directory.customers(on=TODAY, place=place)) & addresses.keys()
            assert found == expected, (
                f"customers(place={place!r}): found {sorted(found)}, expected {sorted(expected)} of the sample's "
                "customers. Read all addresses and ask wbok.api.is_at of each: databases compare accents in ways "
                "of their own."
            )

    def test_the_addresses_at_a_place_are_those_of_the_profiles(
        self, billing: Billing, directory: Directory, sample: Sample
    ) -> None:
        addresses = _addresses(billing.customers, sample)
        for place in _places(one for known in addresses.values() for one in known):
            found = sorted(
                (who, one.kind, one.street, one.city, one.postcode or "")
                for who, one in directory.addresses_at(place)
                if who in addresses
            )
            expected = sorted(
                (who, one.kind, one.street, one.city, one.postcode or "")
                for who, known in addresses.items()
                for one in known
                if is_at(place, one)
            )
            assert found == expected, (
                f"addresses_at({place!r}): found {found}, expected {expected}: what profile() gives, of those that "
                "wbok.api.is_at says are there."
            )

    def test_a_service_has_those_who_have_it(
        self, billing: Billing, directory: Directory, sample: Sample
    ) -> None:
        services = {who: billing.customers.profile(who).services for who in sample.customers}
        names = {
            name for known in services.values() for one in known for name in (one.name, one.tariff) if name
        }
        for name in sorted(names):
            expected = {
                who
                for who, known in services.items()
                if any(one.in_force(TODAY) and name in (one.name, one.tariff) for one in known)
            }
            found = set(directory.customers(on=TODAY, service=name))
            assert expected <= found, (
                f"customers(service={name!r}): found without {sorted(expected - found)}, who have it on {TODAY}."
            )

    def test_what_is_blank_is_nobodys(self, directory: Directory) -> None:
        for blank in BLANK:
            found = list(directory.customers(on=TODAY, service=blank))
            assert not found, (
                f"customers(service={blank!r}): found {found[:5]}, expected nobody: wbok.api.is_called says who is "
                "meant, and a service without a tariff is not called so."
            )
            at = list(directory.customers(on=TODAY, place=blank))
            assert not at, (
                f"customers(place={blank!r}): found {at[:5]}, expected nobody, as wbok.api.is_at says."
            )
        assert directory.search(" ") == (), "search(' '): expected nobody."


def _addresses(customers: Customers, sample: Sample) -> dict[str, tuple[Address, ...]]:
    return {who: customers.profile(who).addresses for who in sample.customers}


def _places(addresses: Iterable[Address]) -> tuple[str, ...]:
    """What the office may type for them, and what is nearly that."""
    return tuple(dict.fromkeys(place for address in addresses for place in _ways(address)))


def _ways(address: Address) -> Iterator[str]:
    street = address.street.rpartition(",")[2].strip()
    name = street.rpartition(" ")[0] or street
    towns = [address.city, *([address.postcode] if address.postcode else [])]
    yield from (
        street,
        street.upper(),
        name,
        name[:-1],
        f"{name[:-1]}*",
        *name.split(),
        *towns,
        address.city[:-1],
    )
    yield from (f"{one}, {town}" for one in (street, name) for town in towns)
    yield f"{street}9"

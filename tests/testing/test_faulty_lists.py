"""Faults of the office's lists, planted one by one: the kit finds each and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.people import people
from support.planted import Fault, said_of

from wbok.domain.customer import Address
from wbok.domain.search import folded

Customers = Callable[..., Iterator[str]]
Addresses = Callable[[str], Iterator[tuple[str, Address]]]


def by_the_beginning(right: Customers, *, place: str | None = None, **asked: Any) -> Iterator[str]:
    if place is None:
        return right(**asked)
    lines = {who.id: [f"{a.street} {a.city}" for a in who.profile.addresses] for who in people()}
    return iter([who for who, known in lines.items() if any(folded(place) in folded(line) for line in known)])


def by_any_tariff(right: Customers, *, service: str | None = None, **asked: Any) -> Iterator[str]:
    return right(**asked) if service == "" else right(service=service, **asked)


def twice(right: Customers, **asked: Any) -> Iterator[str]:
    return iter([*right(**asked), *right(**asked)])


def by_name_alone(right: Customers, *, service: str | None = None, **asked: Any) -> Iterator[str]:
    return iter(()) if service == "Światło 600" else right(service=service, **asked)


def everywhere(right: Addresses, place: str) -> Iterator[tuple[str, Address]]:
    return iter([(who.id, address) for who in people() for address in who.profile.addresses])


FAULTS: list[tuple[str, Fault, str]] = [
    ("customers", by_the_beginning, "customers.place='ul. Poln'.: found .*ask wbok.api.is_at of each"),
    ("customers", by_any_tariff, "customers.service=''.: found .*, expected nobody"),
    ("customers", by_name_alone, "customers.service='Światło 600'.: found without"),
    ("customers", twice, "gives an id more than once"),
    ("addresses_at", everywhere, "addresses_at.*found .*, expected .*wbok.api.is_at"),
]


@pytest.mark.parametrize(("name", "fault", "says"), FAULTS, ids=[fault.__name__ for _, fault, _ in FAULTS])
def test_the_kit_says_what_is_wrong(name: str, fault: Fault, says: str) -> None:
    assert re.search(says, said_of(name, fault), re.DOTALL)

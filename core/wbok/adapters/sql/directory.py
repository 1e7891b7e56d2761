"""The `directory` capability: relations read for all customers at once. For the office, never for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from wbok.adapters.sql.database import Database
from wbok.adapters.sql.rows import RowConverter
from wbok.adapters.sql.source import Source
from wbok.adapters.sql.statements import Statements
from wbok.domain.blank import is_blank
from wbok.domain.customer import Address, AddressKind, Customer, CustomerStatus
from wbok.domain.places import is_at
from wbok.domain.search import is_called
from wbok.errors import Rejected

Values = Mapping[str, Any]


class SqlDirectory:
    """Who cannot log in is in no list: customers are those who have credentials."""

    def __init__(self, database: Database, sources: Mapping[str, Source], *, zone: ZoneInfo) -> None:
        self._database = database
        self._sources = sources
        self._statements = Statements(database, sources)
        self._zone = zone

    def customers(
        self,
        *,
        on: date,
        status: CustomerStatus | None = None,
        service: str | None = None,
        place: str | None = None,
    ) -> Iterator[str]:
        chosen = {row["customer_id"]: None for row in self._all("credentials", ("customer_id",))}
        if status is not None:
            fitting = {
                row["id"] for row in self._all("customers", ("id", "status")) if row["status"] == status
            }
            chosen = {customer_id: None for customer_id in chosen if customer_id in fitting}
        if service is not None:
            having = set(self._having(service, on=on))
            chosen = {customer_id: None for customer_id in chosen if customer_id in having}
        if place is not None:
            there = {customer_id for customer_id, _ in self.addresses_at(place)}
            chosen = {customer_id: None for customer_id in chosen if customer_id in there}
        return iter(chosen)

    def search(self, text: str, *, limit: int = 20) -> tuple[Customer, ...]:
        wanted = text.strip().casefold()
        found = [
            Customer(row["id"], row["name"])
            for row in self._all("customers", ("id", "name"))
            if wanted and (row["id"] == text.strip() or wanted in row["name"].casefold())
        ]
        return tuple(found[:limit])

    def addresses_at(self, place: str) -> Iterator[tuple[str, Address]]:
        for row in self._all("addresses", ("customer_id", "kind", "street", "postcode", "city")):
            address = Address(AddressKind(row["kind"]), row["street"], row["city"], row["postcode"])
            if is_at(place, address):
                yield row["customer_id"], address

    def _having(self, service: str, *, on: date) -> Iterator[str]:
        for row in self._all("services", ("customer_id", "name", "tariff", "valid_from", "valid_to")):
            if is_called(service, row["name"], row["tariff"]) and _in_force(row, on):
                yield row["customer_id"]

    def _all(self, relation: str, names: tuple[str, ...]) -> Iterator[Values]:
        """Everybody's rows, in the columns named. Raises Rejected, Unavailable."""
        source = self._sources.get(relation)
        if source is None:
            raise Rejected(f"the billing has no {relation}")
        if "customer_id" in source.parameters:
            raise Rejected(f"{source.where}: its select uses :customer_id, so it tells of one customer alone")
        present = tuple(name for name in self._statements.columns(relation) if name in names)
        origin = self._statements.origin(relation, present)
        convert = RowConverter(source, present, zone=self._zone)
        owner = present.index("customer_id") if "customer_id" in present else None
        for cells in self._database.rows(select(*origin.c), {}):
            if owner is None or not _is_nobody(cells[owner]):
                yield convert.values(cells)


def _is_nobody(owner: object) -> bool:
    """A row without an owner is nobody's."""
    return owner is None or (isinstance(owner, str) and is_blank(owner))


def _in_force(service: Values, on: date) -> bool:
    begins, ends = service["valid_from"], service["valid_to"]
    return (begins is None or begins <= on) and (ends is None or on <= ends)

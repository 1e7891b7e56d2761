"""The capability `directory`: reading across customers, for the office and for senders alone.

No tab's page may reach it: whoever asks is at the command line, and what he asks for is written into the audit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from wbok.domain.customer import Address, Customer, CustomerStatus


class Directory(Protocol):
    def customers(
        self,
        *,
        on: date,
        status: CustomerStatus | None = None,
        service: str | None = None,
        place: str | None = None,
    ) -> Iterator[str]:
        """Ids of those of whom all that is given is true, each once.

        `service`: one in force on that day, by its name or tariff, as `wbok.domain.search.is_called` says.
        `place`: who lives or has a service there, as `wbok.domain.places.is_at` says. Nobody has what is blank, and
        in a billing that does not know a customer's status nobody has any.
        Raises Rejected when it cannot tell, for example because it has no services.
        """

    def search(self, text: str, *, limit: int = 20) -> tuple[Customer, ...]:
        """Customers whose id it is, or whose name holds it, in any case."""

    def addresses_at(self, place: str) -> Iterator[tuple[str, Address]]:
        """Each address at the place, with the id of whose it is. Raises Rejected when it cannot tell."""

"""How one made-up customer is described, before rows are made of the description.

Times are counted in months ago, where 0 is the month of the newest invoice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wbok.domain.customer import AddressKind, CustomerKind, CustomerStatus
from wbok.domain.finance import DocumentKind
from wbok_demo.tariffs import Line, Tariff

TRANSFER = "Wpłata, przelew"
OFFICE = "Wpłata w biurze"
DIRECT_DEBIT = "Wpłata, polecenie zapłaty"
POST = "Wpłata na poczcie"


@dataclass(frozen=True, slots=True)
class Place:
    street: str
    postcode: str = "43-999"
    city: str = "Jasnowice"
    recipient: str | None = None
    kind: AddressKind = AddressKind.HOME


@dataclass(frozen=True, slots=True)
class Taken:
    """A service of the customer. `started` None: with the contract; `until`: so many months ahead.

    `ended` and `suspended` say how many of the newest invoices leave the service out.
    """

    tariff: Tariff
    started: int | None = None
    ended: int | None = None
    suspended: int | None = None
    until: int | None = None

    def charged(self, months_ago: int) -> bool:
        begun = self.started is None or months_ago <= self.started
        return begun and months_ago >= max(self.ended or 0, self.suspended or 0)


@dataclass(frozen=True, slots=True)
class Extra:
    """A document beside the monthly invoices, issued some days after the invoice of `months_ago`."""

    kind: DocumentKind
    months_ago: int
    days_after: int
    lines: tuple[Line, ...]
    currency: str = "PLN"
    cancelled: bool = False
    paid: bool = False
    corrects_invoice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """`paid` says what was paid towards the invoice of a month when it was not just its amount.

    `overage` is what calls beyond the package cost in a month; None leaves it to chance. `unbilled`: the same, in
    months of which no invoice tells yet.
    """

    id: int
    pin: str
    name: str
    places: tuple[Place, ...]
    kind: CustomerKind = CustomerKind.PRIVATE
    status: CustomerStatus = CustomerStatus.ACTIVE
    tenure: int = 40
    phones: tuple[str, ...] = ()
    mail: str | None = None
    fax: str | None = None
    services: tuple[Taken, ...] = ()
    contract_until: int | None = None
    seller_id: int = 1
    own_account: bool = True
    euro_account: bool = False
    pays_after: tuple[int, int] = (4, 13)
    pays_by: tuple[str, ...] = (TRANSFER,)
    paid: Mapping[int, Decimal] = field(default_factory=dict)
    overage: Mapping[int, Decimal] | None = None
    unbilled: Decimal = Decimal(0)
    phone_lines: int = 1
    odd_calls: bool = False
    extras: tuple[Extra, ...] = ()
    note: str = ""

    @property
    def woman(self) -> bool:
        """By the first name: all the invented women's names end in -a, and no man's."""
        return self.name.split()[0].endswith("a")

    @property
    def free_minutes(self) -> int:
        """Of the telephone that there is now; 0 without one."""
        return sum(service.tariff.free_minutes for service in self.services if service.ended is None)

    @property
    def left(self) -> int | None:
        """When the last of the services ended, if all have."""
        ends = [service.ended for service in self.services]
        known = [end for end in ends if end is not None]
        return min(known) if known and len(known) == len(ends) else None

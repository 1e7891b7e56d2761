"""A customer of the billing in memory, and how he is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wbok.domain.customer import Profile
from wbok.domain.documents import DocumentDetails
from wbok.domain.finance import Account, Document, DocumentLine, LedgerEntry, Seller
from wbok.domain.messages import Notice
from wbok.domain.phone import Allowance, Call, PhoneLine
from wbok.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCustomer:
    """Entries, documents, calls and notices stand oldest first; of one time, the later in the tuple is the newer.

    `balance_after` of the entries is worked out. A document without `remaining` is settled by the balance.
    `lines`, `details` and `files` (the bytes of a PDF) are by the document's id; of the details, `corrections` and
    `has_file` are worked out.
    """

    profile: Profile
    login: str
    pin: str
    entries: tuple[LedgerEntry, ...] = ()
    documents: tuple[Document, ...] = ()
    lines: Mapping[str, tuple[DocumentLine, ...]] = field(default_factory=dict)
    details: Mapping[str, DocumentDetails] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    seller: Seller | None = None
    payment_title: str | None = None
    phone_lines: tuple[PhoneLine, ...] = ()
    calls: tuple[Call, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def id(self) -> str:
        return self.profile.customer.id


def find(known: Mapping[str, MemoryCustomer], customer_id: str) -> MemoryCustomer:
    """Raises NotFound."""
    try:
        return known[customer_id]
    except KeyError:
        raise NotFound("customer") from None

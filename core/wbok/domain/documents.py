"""How documents are chosen, and what stands on one beside its amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wbok.domain.finance import Document, DocumentKind, PaidState
from wbok.domain.money import Money
from wbok.domain.page import DEFAULT_LIMIT


class StateFilter(StrEnum):
    """Documents by what `Document.state` says of them."""

    UNPAID = "unpaid"
    """Due or overdue."""
    OVERDUE = "overdue"
    PAID = "paid"


STATES = {
    StateFilter.UNPAID: frozenset({PaidState.DUE, PaidState.OVERDUE}),
    StateFilter.OVERDUE: frozenset({PaidState.OVERDUE}),
    StateFilter.PAID: frozenset({PaidState.PAID}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """Both days belong to the period of issue. `number`: what the document's number has in it; see `has_number`.

    `today` is the day on which a state is told; `state` needs it. `after`: as in PageRequest.
    """

    kind: DocumentKind | None = None
    since: date | None = None
    until: date | None = None
    state: StateFilter | None = None
    number: str | None = None
    today: date | None = None
    after: str | None = None
    limit: int = DEFAULT_LIMIT

    def __post_init__(self) -> None:
        if self.state is not None and self.today is None:
            raise ValueError("a state is that of a day: give `today`")

    def fits(self, document: Document) -> bool:
        """Whether this settled document is one of those asked for, wherever the page begins."""
        if (self.since and document.issued_on < self.since) or (
            self.until and document.issued_on > self.until
        ):
            return False
        if self.number is not None and not has_number(document, self.number):
            return False
        return self.kind in (None, document.kind) and self._fits_state(document)

    def _fits_state(self, document: Document) -> bool:
        if self.state is None or self.today is None:
            return True
        return document.state(self.today) in STATES[self.state]


def has_number(document: Document, wanted: str) -> bool:
    """Whether `wanted` stands in the document's number, whatever the case; blanks count for nothing.

    What has letters and digits alone is also found without the signs between: FV/12/2026 has "fv/12", "12/2026"
    and "FV122026". No sign is a pattern. Nothing wanted is in every number.
    """
    wanted = "".join(wanted.casefold().split())
    number = "".join(document.number.casefold().split())
    return wanted in number or (wanted.isalnum() and wanted in "".join(filter(str.isalnum, number)))


@dataclass(frozen=True, slots=True)
class Party:
    """Buyer or seller, as the document names them."""

    name: str
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    tax_id: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentPayment:
    """What was paid for one document. `amount` is positive; what was given back is negative."""

    paid_on: date
    amount: Money
    description: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What else is known of a document. None or empty: the billing does not tell.

    `sold_on`: day of the supply. `place`: of issue. `reason`: of a correction. `remarks`: further words that must
    stand on it, like the law by which it is exempt of VAT (articles 106e and 106j of the Polish VAT act).
    `ksef_url`: where KSeF shows the document, as it came from the billing. `corrections`: of this document, newest
    first. `payments`: oldest first. `has_file`: whether the billing says that there is an original file.
    """

    buyer: Party | None = None
    seller: Party | None = None
    sold_on: date | None = None
    place: str | None = None
    payment_method: str | None = None
    reason: str | None = None
    remarks: str | None = None
    ksef_url: str | None = None
    ksef_assigned_on: date | None = None
    corrections: tuple[Document, ...] = ()
    payments: tuple[DocumentPayment, ...] = ()
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """An original file, a PDF. `chunks` gives its `size` bytes, once; whoever does not read them all closes it."""

    name: str
    size: int
    chunks: Iterator[bytes]

    def close(self) -> None:
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()

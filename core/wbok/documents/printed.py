"""What documents are drawn of, whichever billing it comes from. Amounts and texts are the billing's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wbok.bank import TransferCode
from wbok.domain.blank import is_blank
from wbok.domain.finance import DocumentKind, DocumentLine
from wbok.domain.money import Money


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells, who buys. `address`: lines; `customer_id` stands beneath, with its caption."""

    name: str
    address: tuple[str, ...] = ()
    tax_id: str | None = None
    customer_id: str | None = None

    @property
    def place(self) -> str:
        """The address in one line, without lines that show nothing."""
        return ", ".join(line for line in self.address if not is_blank(line))

    @property
    def in_one_line(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name


@dataclass(frozen=True, slots=True)
class Slip:
    """One payment slip. `account`: NRB or IBAN with right check digits; `amount` is more than nothing.

    Raises ValueError otherwise: a slip that leads money astray is never printed.
    """

    recipient: Party
    account: str
    amount: Money
    payer: Party
    title: str
    due_on: date | None = None
    code: TransferCode | None = None


@dataclass(frozen=True, slots=True)
class KsefMark:
    """Where a document stands in KSeF. `number` and `link` are checked already.

    `is_offline`: it was issued while the register could not be reached, which a label must say.
    """

    number: str | None = None
    link: str | None = None
    is_offline: bool = False


@dataclass(frozen=True, slots=True)
class PrintedInvoice:
    """`gross` and the lines of a correction are signed differences; `corrects`: the number of what it corrects.

    `sold_on` to `remarks`: as in `wbok.domain.documents.DocumentDetails`.

    `remaining`: what is still to be paid; `recipient`, `account` and `code` say where to. `printed_on`: the day on
    which the customer fetches it, by the provider's clock.
    """

    kind: DocumentKind
    number: str
    issued_on: date
    seller: Party
    buyer: Party
    gross: Money
    printed_on: date
    lines: tuple[DocumentLine, ...] = ()
    net: Money | None = None
    due_on: date | None = None
    remaining: Money | None = None
    corrects: str | None = None
    sold_on: date | None = None
    place: str | None = None
    payment_method: str | None = None
    reason: str | None = None
    remarks: str | None = None
    recipient: str | None = None
    account: str | None = None
    payment_title: str | None = None
    code: TransferCode | None = None
    ksef: KsefMark | None = None
    split_payment: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """Of one currency, from `since` to `until`, both days counted. `opening`: the balance before the first day."""

    provider: Party
    customer: Party
    since: date
    until: date
    opening: Money
    printed_on: date


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """`width`: its share of the paper beside the others'. A figure stands at the right end, in one line."""

    title: str
    width: float
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """`notes`: lines above the table; `last`: the row beneath it, of as many texts as there are columns."""

    title: str
    provider: Party
    customer: Party
    columns: tuple[PrintedColumn, ...]
    printed_on: date
    notes: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterPart:
    """`facts`: captions with values, which may have several lines; `text` stands beneath them."""

    heading: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """What the provider tells one customer on paper."""

    title: str
    provider: Party
    customer: Party
    parts: tuple[LetterPart, ...]
    printed_on: date

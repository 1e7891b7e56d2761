"""What the contract kit must be told; everything else it finds out by asking the billing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from zoneinfo import ZoneInfo

from wbok.access.pins import PinCheck
from wbok.access.seal import Sealer
from wbok.billing import AdapterContext
from wbok.domain.money import Money

PINS = PinCheck(b"the contract kit's own key of PINs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Customers of the billing under test, who need not be real.

    `customer_id`: comes in with `login` and `pin`; has at least four ledger entries, charges and payments, and no
    more than some dozens, since the kit turns over every page.
    For the capability `phone` he has at least four calls since `phone_since`, at least two of them in one month.
    `other_customer_id`: somebody else, with at least two entries. The two share no contract, device or account,
    and for NotificationsContract each has a notice of his own.
    `empty_customer_id`: exists and has no entries, no documents and no calls.
    `unknown_login`: nobody's, of the shape that logins have. `unknown_customer_id`: of the shape of ids.
    `lookalikes`: further customers whose ids differ from these only by case, blanks or zeros.
    `currencies`: all that these customers' amounts are in.
    `balance`: what the customer is known to have now, a debt negative; checked when given.
    `others_words`: texts that stand only in the other customer's profile (his phone, his street); checked too.
    `office_words`: texts of notes in these customers' tickets that only the office may read; for HelpdeskContract.
    """

    login: str
    pin: str
    customer_id: str
    other_customer_id: str
    empty_customer_id: str
    unknown_login: str = "999999999999999999"
    unknown_customer_id: str = "999999999999999999"
    lookalikes: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ("PLN",)
    balance: Money | None = None
    others_words: tuple[str, ...] = ()
    phone_since: date = date(2020, 1, 1)
    office_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.customers)) < len(self.customers):
            raise ValueError(f"Sample: found the customers {self.customers}, expected three different ones.")

    @property
    def senseless_ids(self) -> tuple[str, ...]:
        """What may stand in an address and is no id: senseless, or nearly that of a customer."""
        near = [
            variant
            for known in (self.customer_id, self.other_customer_id)
            for variant in (
                known + " ",
                " " + known,
                "0" + known,
                known + "\x00",
                known + ".0",
                known.swapcase(),
            )
        ]
        nonsense = ["", " ", "-1", "0", "x" * 300, "9" * 30, "\ud800", "٣", "' OR '1'='1", "%", "_", "NULL"]
        known_ids = {*self.customers, *self.lookalikes}
        return tuple(dict.fromkeys(text for text in [*near, *nonsense] if text not in known_ids))

    @property
    def customers(self) -> tuple[str, str, str]:
        return self.customer_id, self.other_customer_id, self.empty_customer_id

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each two of them."""
        return tuple(combinations(self.customers, 2))


def adapter_context(
    *, timezone: str = "Europe/Warsaw", currency: str = "PLN", only: str | None = None
) -> AdapterContext:
    """What the panel would tell your adapter; its keys are the kit's own."""
    return AdapterContext(
        zone=ZoneInfo(timezone),
        currency=currency,
        hash_pin=PINS.hash_pin,
        seal=Sealer(b"the contract kit's own key of marks"),
        only=only,
    )

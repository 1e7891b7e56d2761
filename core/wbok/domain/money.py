"""An amount in a currency. Signs are the ledger's: a charge is negative, a payment positive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

GROSZ = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`amount` in units of `currency` (ISO 4217), not in grosze."""

    amount: Decimal
    currency: str = "PLN"

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + (-other)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)


def to_grosze(amount: Decimal | float) -> Decimal:
    """Two decimal places, half to even: the rule for amounts that come as binary floating point."""
    return Decimal(repr(amount) if isinstance(amount, float) else amount).quantize(GROSZ, ROUND_HALF_EVEN)


def with_grosze(amount: Decimal) -> Decimal:
    """The same amount, written with two decimal places at least."""
    exponent = amount.as_tuple().exponent
    return amount.quantize(GROSZ) if isinstance(exponent, int) and exponent > -2 else amount


def total(amounts: Iterable[Money], *, currency: str) -> Money:
    """The sum of those amounts that are in `currency`."""
    return Money(sum((m.amount for m in amounts if m.currency == currency), Decimal()), currency)

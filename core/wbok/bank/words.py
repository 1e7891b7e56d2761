"""Amounts in words, the last two places as a fraction: `osiemdziesiąt sześć złotych 25/100`."""

from __future__ import annotations

from num2words import num2words

from wbok.domain.money import Money, to_grosze

MINUS = "minus"


def amount_in_words(amount: Money, *, language: str) -> str:
    """`language`: `pl` or `en`. Any currency but the złoty stands by its code."""
    exact = to_grosze(amount.amount)
    whole, rest = divmod(int(abs(exact) * 100), 100)
    words = (num2words(whole, lang=language), _unit(whole, amount.currency, language), f"{rest:02d}/100")
    return " ".join((MINUS, *words) if exact < 0 else words)


def _unit(count: int, currency: str, language: str) -> str:
    if currency != "PLN":
        return currency
    if language == "pl":
        return _zlotys(count)
    return "zloty" if count == 1 else "zlotys"


def _zlotys(count: int) -> str:
    if count == 1:
        return "złoty"
    few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
    return "złote" if few else "złotych"

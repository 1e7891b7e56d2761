"""Rules of Polish bank account numbers (NRB, PN-F-01102): 2 check digits, 8 of the bank, 16 of the account."""

from __future__ import annotations

import re

from stdnum import iban

NRB = re.compile(r"[0-9]{26}", re.ASCII)
POLAND = "2521"
"""PL as check digits count letters."""
LENGTH_WITHOUT_CHECK = 24
SETTLEMENT_WEIGHTS = (3, 9, 7, 1, 3, 9, 7)


def clean_nrb(number: str) -> str | None:
    """26 digits of a right account number, given as NRB or IBAN with any spaces; None for a wrong one.

    The check digits are those of ISO 13616 (IBAN) with the country PL.
    """
    compact = re.sub(r"[\s-]", "", number).upper().removeprefix("PL")
    if not NRB.fullmatch(compact) or not iban.is_valid(f"PL{compact}"):
        return None
    return compact


def grouped_nrb(nrb: str) -> str:
    """As on paper: 2-4-4-4-4-4-4."""
    return " ".join([nrb[:2], *(nrb[i : i + 4] for i in range(2, 26, 4))])


def generated_nrb(beginning: str, *, number: int) -> str:
    """An account of one customer's own: the beginning that a bank gave to the provider, then the customer's number.

    Raises ValueError when that makes no account number.
    """
    return checked_nrb(beginning + str(number).zfill(LENGTH_WITHOUT_CHECK - len(beginning)))


def checked_nrb(without_check: str) -> str:
    """Those 24 digits with their check digits in front. Raises ValueError when they are no 24 digits."""
    if not NRB.fullmatch("00" + without_check):
        raise ValueError("not 24 digits")
    check = 98 - int(f"{without_check}{POLAND}00") % 97
    return f"{check:02d}{without_check}"


def settlement_check_digit(number: str) -> str:
    """The eighth digit that the first seven of a settlement number (the bank and its branch) ask for."""
    weighted = sum(weight * int(digit) for weight, digit in zip(SETTLEMENT_WEIGHTS, number[:7], strict=True))
    return str(-weighted % 10)

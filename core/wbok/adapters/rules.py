"""What a text must be, where it can be told by itself: each rule gives the text as it is kept, or refuses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stdnum import iban
from stdnum.pl import nip

from wbok.bank import clean_nrb
from wbok.billing import digits_login
from wbok.relations import Rule

FOREIGN_TAX_ID = re.compile(r"(?!PL)[A-Z]{2}[0-9A-Z+*]{2,13}", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
PIN = re.compile(r"\S{1,64}")


class Refused(Exception):
    """A cell that cannot be taken. The text is a reason for a Fault.

    `header` and `value` are given where they are not simply those of the cell.
    """

    def __init__(self, reason: str, *, header: str | None = None, value: str | None = None) -> None:
        super().__init__(reason)
        self.header = header
        self.value = value


def _account(text: str) -> str:
    polish = clean_nrb(text)
    if polish is not None:
        return polish
    if text[:2].isalpha() and text[:2].upper() != "PL" and iban.is_valid(text):
        return str(iban.compact(text))
    raise Refused("is not an account number: its check digits are wrong")


def _tax_id(text: str) -> str:
    """A NIP as 10 digits; the tax ids of other countries as they are."""
    compact = re.sub(r"[\s-]", "", text).upper()
    if FOREIGN_TAX_ID.fullmatch(compact):
        return compact
    if not nip.is_valid(compact):
        raise Refused("is not a NIP: its check digit is wrong")
    return str(nip.compact(compact))


def _currency(text: str) -> str:
    if not CURRENCY.fullmatch(text):
        raise Refused("is not a currency; write it like PLN, or translate it with values")
    return text


def _login(text: str) -> str:
    login = digits_login(text)
    if login is None:
        raise Refused("cannot be typed as ID Klienta: 1 to 18 digits are needed")
    return login


def check_pin(text: str) -> None:
    """An empty PIN is none, and no fault: that customer cannot log in."""
    if text and not PIN.fullmatch(text):
        raise Refused("is not a PIN: it has blanks inside, or more than 64 characters")


RULES: Mapping[Rule, Callable[[str], str]] = {
    Rule.ACCOUNT: _account,
    Rule.TAX_ID: _tax_id,
    Rule.CURRENCY: _currency,
    Rule.LOGIN: _login,
}


def fits(rule: Rule, text: str) -> bool:
    try:
        RULES[rule](text)
    except Refused:
        return False
    return True

"""An account of each customer's own, made of a template that the provider agreed on with his bank.

    10901014 1234 {cid:012d}

8 digits of the bank, then what the bank gave to the provider, then the customer's ID with zeros in front: 24 digits
in all, spaces do not count. The two check digits are computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wbok.bank.nrb import LENGTH_WITHOUT_CHECK, checked_nrb, settlement_check_digit
from wbok.errors import ConfigError

FIELD = re.compile(r"\{cid:0([0-9]{1,2})d\}", re.ASCII)
DIGITS = re.compile(r"[0-9]+", re.ASCII)
BANK_DIGITS = 8
EXAMPLE = '"10901014 1234 {cid:012d}"'


@dataclass(frozen=True, slots=True)
class AccountTemplate:
    """`beginning` and `end` are digits, `width` is that of the customer's ID between them.

    `warning`: what looks wrong with the digits of the bank, for the administrator; None when nothing does.
    """

    beginning: str
    width: int
    end: str = ""
    warning: str | None = None


def read_account_template(text: str) -> AccountTemplate:
    """To be read once, at start. Raises ConfigError that says what is wrong and what to do."""
    parts = FIELD.split(re.sub(r"\s", "", text))
    if len(parts) != 3:
        raise ConfigError(f"{_quoted(text)} must have the customer's ID once, with its width: {EXAMPLE}.")
    beginning, width, end = parts
    if beginning + end and DIGITS.fullmatch(beginning + end) is None:
        raise ConfigError(f"{_quoted(text)} may have digits and spaces around the customer's ID: {EXAMPLE}.")
    length = len(beginning) + int(width) + len(end)
    if length != LENGTH_WITHOUT_CHECK:
        raise ConfigError(
            f"{_quoted(text)} makes {length} digits; {LENGTH_WITHOUT_CHECK} are needed, the two check digits "
            f"not counted, because they are computed: {EXAMPLE}."
        )
    if len(beginning) < BANK_DIGITS:
        raise ConfigError(f"{_quoted(text)} must begin with the 8 digits of the bank: {EXAMPLE}.")
    if int(width) == 0:
        raise ConfigError(f"{_quoted(text)} leaves no digit for the customer's ID: {EXAMPLE}.")
    return AccountTemplate(beginning, int(width), end, _warning(beginning[:BANK_DIGITS]))


def account_from_template(template: AccountTemplate, customer_id: str) -> str | None:
    """26 digits (NRB); None for an ID that is no number, or that is longer than the template has room for."""
    if DIGITS.fullmatch(customer_id) is None or len(customer_id.lstrip("0")) > template.width:
        return None
    padded = customer_id.lstrip("0").zfill(template.width)
    return checked_nrb(template.beginning + padded + template.end)


def _warning(bank: str) -> str | None:
    """Settlement numbers have a check digit of their own; banks may know better, so this is no fault."""
    wanted = settlement_check_digit(bank)
    if bank[-1] == wanted:
        return None
    return (
        f"{bank} is not the number of a bank as others are: its eighth digit should be {wanted}. "
        "Compare the account template with the bank's letter."
    )


def _quoted(text: str) -> str:
    return f'The account template "{text}"'

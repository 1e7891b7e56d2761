"""Invented numbers with right check digits: NIP, PESEL and bank accounts."""

from __future__ import annotations

from datetime import date
from random import Random

from stdnum.pl import nip, pesel

from wbok.bank.nrb import checked_nrb, settlement_check_digit

# No tax office and no bank has these beginnings.
TAX_OFFICE = "999"
BANK = "9990001"


def random_nip(random: Random) -> str:
    """Ten digits. A remainder of ten has no digit, so such a number is drawn again."""
    while True:
        digits = f"{TAX_OFFICE}{random.randrange(1_000_000):06d}"
        check = nip.checksum(f"{digits}0")
        if check < 10:
            return f"{digits}{check}"


def random_pesel(random: Random, *, woman: bool) -> str:
    """Eleven digits of somebody born between 1944 and 2003."""
    born = date.fromordinal(random.randint(date(1944, 1, 1).toordinal(), date(2003, 12, 31).toordinal()))
    month = born.month + (20 if born.year >= 2000 else 0)
    sex = random.choice("02468" if woman else "13579")
    digits = f"{born.year % 100:02d}{month:02d}{born.day:02d}{random.randrange(1000):03d}{sex}"
    return digits + pesel.calc_check_digit(digits)


def settlement_number(seven: str) -> str:
    """The eight digits that name a bank and its branch; the last one is a check digit."""
    return seven + settlement_check_digit(seven)


def bank_account(purpose: int, payer: int) -> str:
    """NRB, 26 digits: check digits, bank, four digits of the purpose, twelve of the payer."""
    return checked_nrb(f"{settlement_number(BANK)}{purpose:04d}{payer:012d}")

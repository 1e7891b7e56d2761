"""The code that banks' apps read from a QR: recommendation of the Polish Bank Association (ZBP) of 3.12.2013.

    NIP|PL|account|amount|recipient|title|||

Nine fields between eight bars, at most 160 characters, in UTF-8. Lengths count characters, not bytes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from stdnum.pl import nip

from wbok.bank.nrb import clean_nrb
from wbok.domain.money import Money, to_grosze

RECIPIENT_LENGTH = 20
TITLE_LENGTH = 32
LARGEST = Decimal("9999.99")
"""Six digits of grosze; of a larger amount the payer's app asks."""
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
FOREIGN = re.compile(rf"[^A-Za-z0-9{POLISH} ,./\\\-@#&*]", re.ASCII)
DASHES = dict.fromkeys(map(ord, "_\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


@dataclass(frozen=True, slots=True)
class TransferOrder:
    """What is to be paid, as the billing has it. `tax_id` is the recipient's; a private person has none.

    `reference`: what of the title must never be cut, since a part of it would name somebody else.
    """

    account: str
    recipient: str
    title: str
    amount: Money
    tax_id: str | None = None
    split_payment: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TransferCode:
    """`payer_types_amount`: the code cannot hold so large an amount, which the page must say."""

    text: str
    payer_types_amount: bool = False


def transfer_code(order: TransferOrder) -> TransferCode | None:
    """None for what the recommendation does not cover.

    That is another currency, split payment, nothing to pay, a wrong account, a recipient without a readable name,
    a reference that cannot stand there whole.
    """
    account, recipient = clean_nrb(order.account), _field(order.recipient, RECIPIENT_LENGTH)
    amount = to_grosze(order.amount.amount)
    if order.amount.currency != "PLN" or order.split_payment or amount <= 0:
        return None
    title = _title(order.title, order.reference)
    if account is None or not recipient or title is None:
        return None
    too_large = amount > LARGEST
    grosze = 0 if too_large else int(amount * 100)
    fields = (
        _tax_id(order.tax_id),
        "PL",
        account,
        f"{grosze:06d}",
        recipient,
        title,
        "",
        "",
        "",
    )
    return TransferCode("|".join(fields), payer_types_amount=too_large)


def _tax_id(written: str | None) -> str:
    """Ten digits; empty when it is no NIP, because an app refuses a code with a wrong one."""
    if not written or not nip.is_valid(written):
        return ""
    return str(nip.compact(written))


def _title(title: str, reference: str) -> str | None:
    """The title when it fits; else the reference whole, and after it as much of the rest as there is room for."""
    needed = _field(reference, len(reference))
    if needed != reference or len(needed) > TITLE_LENGTH:
        return None
    whole = _field(title, len(title))
    if len(whole) <= TITLE_LENGTH or not needed:
        return whole[:TITLE_LENGTH].rstrip()
    rest = whole.replace(needed, "").strip(" ,-")
    return f"{needed} {rest}"[:TITLE_LENGTH].rstrip()


def _field(text: str, length: int) -> str:
    """What the recommendation allows of it: foreign letters become their plain ones, other signs are left out."""
    plain = "".join(_letter(sign) for sign in unicodedata.normalize("NFC", text).translate(DASHES))
    return " ".join(FOREIGN.sub("", plain).split())[:length].rstrip()


def _letter(sign: str) -> str:
    if sign.isspace():
        return " "
    return sign if sign.isascii() or sign in POLISH else unicodedata.normalize("NFKD", sign)

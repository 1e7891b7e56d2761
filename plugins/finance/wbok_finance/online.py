"""The way to the provider's online payment: his address, filled in with what is to be paid.

The signature is HMAC-SHA-256 in hexadecimal digits, with the key of `payment_key`, of customer's id, amount,
currency and title in UTF-8, parted by line breaks: who takes the payment can see that nobody changed them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from urllib.parse import quote

from wbok_finance.paying import Payment
from wbok_finance.settings import FinanceSettings


def payment_address(settings: FinanceSettings, payment: Payment) -> str | None:
    """None where the provider has no online payment, nothing is to be paid, or what is must be split."""
    amount, customer_id, title = payment.amount, payment.customer_id, payment.title
    if settings.payment_link is None or amount.amount <= 0 or payment.split_payment:
        return None
    written = f"{amount.amount:.2f}"
    signed = "\n".join((customer_id, written, amount.currency, title))
    values = {
        "amount": written,
        "currency": amount.currency,
        "title": title,
        "id": customer_id,
        "signature": hmac.new(
            (settings.payment_key or "").encode(), signed.encode(), hashlib.sha256
        ).hexdigest(),
    }
    return re.sub(r"\{(\w+)\}", lambda place: quote(values[place[1]], safe=""), settings.payment_link)

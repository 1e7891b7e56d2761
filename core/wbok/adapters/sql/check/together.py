"""The pages read several small relations of one customer in one statement: can the database do that?

Each relation may be right and quick enough by itself, and all together still too slow or not to be understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from wbok.adapters.sql.check.trouble import Address, in_words
from wbok.adapters.sql.customers import PROFILE
from wbok.adapters.sql.finance import TERMS
from wbok.adapters.sql.phone import USAGE
from wbok.adapters.sql.reader import Reader
from wbok.adapters.sql.source import Source
from wbok.billing.check import Finding, Severity
from wbok.errors import BillingError


def read_together(
    reader: Reader, sources: Mapping[str, Source], *, customer: Any, faulty: Set[str], address: Address
) -> Iterator[Finding]:
    """`customer`: a key as the database has it. `faulty`: relations of which a fault was said already."""
    try:
        customer_id = sources["customers"].types["id"].key_text(customer)
    except ValueError:
        return
    for names in (PROFILE, TERMS, USAGE):
        present = [name for name in names if name in sources]
        if faulty & set(present):
            continue
        try:
            reader.gather(present, customer_id=customer_id)
        except BillingError as error:
            found, advice = in_words(error, address)
            yield Finding(Severity.FAULT, f"{', '.join(present)} cannot be read together: {found}", advice)

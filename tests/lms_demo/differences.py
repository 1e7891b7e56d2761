"""What the same provider says otherwise, or not at all, when LMS keeps it: all of it stands here, with its reason.

`SAYS` is for what the tests of the tabs look for on a page (see `support.scene.Scene.told`), `NOT_TRIED` for tests
that ask for nothing but what LMS has no place for; `LEFT_OUT` is the whole of that. Everything else is asserted
word for word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Instead:
    """`words` None: nothing of it is on the page."""

    words: str | None
    reason: str


SAYS: Mapping[str, Instead] = {
    "ul. Lipowa 12 m. 4, 43-999 Jasnowice": Instead(
        "ul. Lipowa 12/4, 43-999 Jasnowice", "LMS keeps street, house and flat apart"
    ),
    "Telefon 32 010 42 70": Instead(
        "Telefon +48 32 010 42 70", "LMS compares numbers with those of calls, so the country stands in front"
    ),
    "32 200 15": Instead("483 220 01 50", "as above"),
    "ważny do": Instead(None, "packages of LMS have no days: they are those of the month that is not over"),
    "72 godz.": Instead(None, "of data LMS keeps the bytes, and not how long it took"),
}
NOT_TRIED: Mapping[str, str] = {
    "test_a_filter_shows_one_kind_from_both_sources": "messages of LMS's panel have no kind: all are of service",
}
LEFT_OUT: Mapping[str, str] = {
    "customers with a number above 2,147,483,647": "customers.id is INTEGER",
    "services.tariff": "a tariff has one name, which is the service's",
    "devices.serial": "a node has none",
    "contacts of the kind other: a fax": "the panel shows telephones, e-mail and messengers of LMS",
    "accounts.currency, so accounts in euros": "an account among the contacts has no currency",
    "documents that were cancelled": "LMS takes back what was booked of them, and its own panel hides them",
    "document_lines.vat_rate of debit notes": "debitnotecontents has no tax",
    "ledger: one entry for a document": "LMS books each line of it by itself",
    "phone_lines.name": "voip_numbers.info is the office's note",
    "calls.allowance_id": "LMS does not say which package a call was taken from",
    "allowances of messages, and of months that are over": "a package of LMS is seconds, and of today alone",
    "allowances of who is suspended": "the packages are suspended with the tariff",
    "notices.kind": "see NOT_TRIED",
}
"""What the tables of LMS have no place for. `lms_demo` writes everything else."""


def fits(row: Mapping[str, object]) -> bool:
    """Numbers of customers are INTEGER in LMS; who has a longer one is not there."""
    return all(_number(row.get(name)) <= LARGEST for name in ("id", "customer_id"))


def _number(value: object) -> int:
    return int(str(value)) if value is not None else 0

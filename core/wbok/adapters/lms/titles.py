"""The title of a transfer, as LMS is set to ask for it."""

from __future__ import annotations

from wbok.adapters.lms.site import Element, Site, plus
from wbok.adapters.lms.tables.people import customers

BETWEEN = "/"


def payment_title(site: Site) -> Element:
    """The customer's number and the title as LMS has it, where the numbers are still to be put in."""
    c = customers.c
    return plus(c.id, BETWEEN, site.setting("finances.pay_title", division=c.divisionid))


def read_payment_title(cell: str | None) -> str | None:
    number, _, title = (cell or "").partition(BETWEEN)
    return title.replace("%CID%", number).replace("%LongCID%", number.zfill(4)) or None

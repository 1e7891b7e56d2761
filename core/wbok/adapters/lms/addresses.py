"""How an address of LMS is written."""

from __future__ import annotations

from sqlalchemy import case, func

from wbok.adapters.lms.site import Element, filled, plus
from wbok.adapters.lms.tables.people import addresses


def place_of_address() -> tuple[Element, ...]:
    """`street`, or the village where there are no streets, `postcode` and `city`, which has the post office."""
    a = addresses.c
    where = func.coalesce(filled(a.street), a.city)
    flat = case((filled(a.flat).is_not(None), plus("/", a.flat)), else_="")
    return (
        func.trim(plus(where, " ", a.house, flat)).label("street"),
        a.zip.label("postcode"),
        func.coalesce(filled(a.postoffice), a.city).label("city"),
    )

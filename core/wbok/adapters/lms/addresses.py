"""How an address of LMS is written."""

from __future__ import annotations

from sqlalchemy import case, func

from wbok.adapters.lms.site import Element, filled, plus
from wbok.adapters.lms.tables.people import addresses


def house() -> Element:
    """Street with house and flat; where there are no streets, the village."""
    a = addresses.c
    street = func.coalesce(filled(a.street), a.city)
    flat = case((filled(a.flat).is_not(None), plus("/", a.flat)), else_="")
    return func.trim(plus(street, " ", a.house, flat))


def place_of_address() -> tuple[Element, ...]:
    """`street`, `postcode` and `city`, which has the post office."""
    a = addresses.c
    return (
        house().label("street"),
        a.zip.label("postcode"),
        func.coalesce(filled(a.postoffice), a.city).label("city"),
    )

"""How an address of LMS is written."""

from __future__ import annotations

from sqlalchemy import and_, case, func

from wbok.adapters.lms.site import Element, filled, plus
from wbok.adapters.lms.tables.people import addresses


def house() -> Element:
    """Street with house and flat; where there are no streets, the village."""
    a = addresses.c
    street = func.coalesce(filled(a.street), a.city)
    flat = case((filled(a.flat).is_not(None), plus("/", a.flat)), else_="")
    return func.trim(plus(street, " ", a.house, flat))


def place_of_address() -> tuple[Element, ...]:
    """`street`, `postcode` and `city`, which has the post office.

    Where that is elsewhere, the village stands before its street: "Dąbrówka, ul. Leśna 5", "43-100 Jasnowice".
    """
    a = addresses.c
    is_elsewhere = func.lower(func.trim(a.city)) != func.lower(func.trim(a.postoffice))
    has_all = [filled(part).is_not(None) for part in (a.street, a.city, a.postoffice)]
    return (
        case((and_(*has_all, is_elsewhere), plus(a.city, ", ", house())), else_=house()).label("street"),
        a.zip.label("postcode"),
        func.coalesce(filled(a.postoffice), a.city).label("city"),
    )

"""What a customer has agreed to pay for, with the price as LMS would charge it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, case, exists, func, literal, or_, select

from wbok.adapters.lms.site import NO_LIMIT, Element, Site, filled, plus
from wbok.adapters.lms.tables.tariffs import assignments, liabilities, tariffpricevariants, tariffs, taxes
from wbok.adapters.sql.source import Source

ONCE, DAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY, HALF_YEARLY = 0, 1, 2, 3, 4, 5, 7
PERIODS = {
    ONCE: "once",
    DAILY: "day",
    WEEKLY: "week",
    MONTHLY: "month",
    QUARTERLY: "quarter",
    YEARLY: "year",
    HALF_YEARLY: "half_year",
}
MONTHS = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12}
NET_ACCOUNT = 16
BETWEEN = "/"


def all_suspended(site: Site, customer: Element) -> Element:
    """Whether everything of this customer is suspended now: LMS writes an assignment of nothing for it."""
    nothing = assignments.alias("nothing").c
    return exists(
        select(literal(1)).where(
            nothing.customerid == customer,
            nothing.tariffid.is_(None),
            nothing.liabilityid.is_(None),
            nothing.datefrom <= site.now,
            or_(nothing.dateto == 0, nothing.dateto > site.now),
        )
    )


def services(site: Site) -> Source:
    types = {"valid_from": NO_LIMIT, "valid_to": NO_LIMIT, "speed_down": "count zero_is_none"}
    return site.source(
        "services",
        _query(site),
        {**types, "speed_up": "count zero_is_none"},
        {"charged_on": lambda cell: day_of_charge(cell, site.zone)},
    )


def day_of_charge(cell: str | None, zone: ZoneInfo) -> date | None:
    """`"period/at/datefrom"` → some day on which LMS charges it; None for what is no day.

    By the month: the day, or 0 for the last one; by quarter and half-year also the number of the month in it, from
    0, times 100; by the year the day of a common year; by the week 1 for Monday; once: the moment itself.
    """
    try:
        period, at, since = map(int, (cell or "").split(BETWEEN))
        month, day = divmod(at, 100) if period in (QUARTERLY, HALF_YEARLY) else (0, at)
        if period in (MONTHLY, QUARTERLY, HALF_YEARLY):
            return date(2001, 1 + month, day) if day else date(2001, 1, 31)
        if period in (YEARLY, WEEKLY):
            return date(2001, 1, 1) + timedelta(days=at - 1)
        moment = at if period == ONCE else since
        return datetime.fromtimestamp(moment, zone).date() if moment else None
    except (ValueError, OverflowError, OSError):
        return None


def _query(site: Site) -> Select[tuple[object, ...]]:
    a, t, charge = assignments.c, tariffs.c, liabilities.c
    suspended = or_(a.suspended == 1, all_suspended(site, a.customerid))
    is_once = a.period == ONCE
    return (
        select(
            a.id,
            a.customerid.label("customer_id"),
            func.coalesce(t.name, charge.name).label("name"),
            func.coalesce(func.nullif(t.downceil, 0), t.downrate).label("speed_down"),
            func.coalesce(func.nullif(t.upceil, 0), t.uprate).label("speed_up"),
            _price(site, suspended).label("price"),
            filled(func.coalesce(t.currency, charge.currency)).label("currency"),
            case(PERIODS, value=a.period).label("period"),
            case((suspended, "suspended"), else_="active").label("status"),
            case((is_once, a.at), else_=a.datefrom).label("valid_from"),
            case((is_once, a.at), else_=a.dateto).label("valid_to"),
            plus(a.period, BETWEEN, a.at, BETWEEN, a.datefrom).label("charged_on"),
        )
        .select_from(
            assignments.outerjoin(tariffs, t.id == a.tariffid)
            .outerjoin(liabilities, charge.id == a.liabilityid)
            .outerjoin(taxes, taxes.c.id == func.coalesce(t.taxid, charge.taxid))
        )
        .where(a.commited == 1, or_(t.id.is_not(None), charge.id.is_not(None)), a.period.in_(PERIODS))
    )


def _price(site: Site, suspended: Element) -> Element:
    """Of one unit after discounts, to three places; of all units, to the grosz; VAT where the price is net."""
    a, t, charge = assignments.c, tariffs.c, liabilities.c
    count = a["count"]
    gross = func.coalesce(_variant(tariffpricevariants.c.gross_price), t.value, charge.value)
    net = func.coalesce(_variant(tariffpricevariants.c.net_price), t.netvalue, charge.netvalue, gross)
    whole = func.round(_discounted(gross) * count, 2)
    whole_net = func.round(_discounted(net) * count, 2)
    vat = func.round(whole_net * func.coalesce(taxes.c.value, 0) / 100, 2)
    is_net = func.coalesce(t.flags, charge.flags).bitwise_and(NET_ACCOUNT) != 0
    price = case((is_net, whole_net + vat), else_=whole)
    share = site.value("payments.suspension_percentage")
    return case((suspended, func.round(price * share / 100, 2)), else_=price)


def _discounted(price: Element) -> Element:
    a = assignments.c
    return func.round(_for_period(price) * (1 - a.pdiscount / 100) - a.vdiscount, 3)


def _for_period(price: Element) -> Element:
    """The tariff's price is for its own period, and charged for the assignment's."""
    a, t = assignments.c, tariffs.c
    known = and_(a.period.in_(MONTHS), t.period.in_(MONTHS))
    # Multiplied first: MariaDB keeps few places of a quotient.
    return case((known, price * case(MONTHS, value=a.period) / case(MONTHS, value=t.period)), else_=price)


def _variant(price: Element) -> Element:
    """The price for so many units, where the tariff has one."""
    v, a = tariffpricevariants.c, assignments.c
    return (
        select(price)
        .where(v.tariffid == a.tariffid, a["count"] > v.quantity_threshold)
        .order_by(v.quantity_threshold.desc())
        .limit(1)
        .scalar_subquery()
    )

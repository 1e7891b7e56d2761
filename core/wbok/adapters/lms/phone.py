"""Telefon over LMS: numbers, calls and packages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, Select, String, case, cast, func, literal, null, select, union_all

from wbok.adapters.lms.packages import TELEPHONE, allowances, is_in_force
from wbok.adapters.lms.services import NET_ACCOUNT
from wbok.adapters.lms.site import Element, Site, filled, has_bits, word_of
from wbok.adapters.lms.tables.phone import voip_cdr, voip_number_assignments, voip_numbers, voipaccounts
from wbok.adapters.lms.tables.tariffs import assignments, tariffs, taxes
from wbok.adapters.sql.source import Source

INCOMING, OUTGOING = 1, 2
VOICE, SMS, MMS, DATA, VIDEO = 0, 1, 2, 3, 4
KINDS = {VOICE: "voice", SMS: "sms", MMS: "mms", DATA: "data", VIDEO: "video"}
TALKING = (VOICE, VIDEO)
ANSWERED = 2
UNANSWERED = (1, 3, 4)
"""Busy, nobody there, a fault on the way. What LMS does not know we do not either."""
PLACES = 5


def sources(site: Site) -> Mapping[str, Source]:
    return {
        "phone_lines": site.source("phone_lines", _lines()),
        "calls": site.source("calls", _calls(), {"started_at": "instant:epoch_s"}),
        "allowances": allowances(site),
    }


def _lines() -> Select[tuple[object, ...]]:
    a, n = voipaccounts.c, voip_numbers.c
    return (
        select(
            n.id,
            a.ownerid.label("customer_id"),
            n.phone.label("number"),
            case((a.access == 1, 1), else_=0).label("active"),
        )
        .select_from(voipaccounts.join(voip_numbers, n.voip_account_id == a.id))
        .where(a.ownerid.is_not(None))
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """Whose record it is: LMS writes one for each side of a call between two of its customers."""

    code: int
    word: str
    own: Element
    other: Element
    account: Element
    destination: Element


def _calls() -> CompoundSelect[tuple[object, ...]]:
    c = voip_cdr.c
    called = filled(c.callee_prefix_group)
    unknown = cast(null(), String(100))
    return union_all(
        _side(_Side(OUTGOING, "outgoing", c.caller, c.callee, c.callervoipaccountid, called)),
        _side(_Side(INCOMING, "incoming", c.callee, c.caller, c.calleevoipaccountid, unknown)),
    )


def _side(side: _Side) -> Select[tuple[object, ...]]:
    """The number is what LMS has an index on; the account says whose call it was.

    So calls of a number that somebody else has by now are nobody's.
    """
    own, account, n, c = voipaccounts.alias("own"), voipaccounts.alias("account"), voip_numbers.c, voip_cdr.c
    length = case((c.billedtime > 0, c.billedtime), else_=0)
    return (
        select(
            c.id,
            own.c.ownerid.label("customer_id"),
            c.call_start_time.label("started_at"),
            literal(side.word, String()).label("direction"),
            word_of(c.type, KINDS).label("kind"),
            side.own.label("own_number"),
            side.other.label("number"),
            case((c.type.in_(TALKING), length), else_=0).label("seconds"),
            case((c.type == DATA, length)).label("bytes"),
            _gross(own.c.ownerid).label("price"),
            side.destination.label("destination"),
            case(
                (c.type.not_in(TALKING), null()), (c.status == ANSWERED, 1), (c.status.in_(UNANSWERED), 0)
            ).label("answered"),
        )
        .select_from(
            own.join(voip_numbers, n.voip_account_id == own.c.id)
            .join(voip_cdr, side.own == n.phone)
            .join(account, account.c.id == side.account)
        )
        .where(
            account.c.ownerid == own.c.ownerid,
            c.direction == side.code,
            c.type.in_(KINDS),
        )
    )


def _gross(customer: Element) -> Element:
    """Calls are priced as the phone tariff of their time is: net where that is."""
    c, n, link = voip_cdr.c, voip_numbers.c, voip_number_assignments.c
    s, t = assignments.c, tariffs.c
    rate = (
        select(case((has_bits(t.flags, NET_ACCOUNT), func.coalesce(taxes.c.value, 0)), else_=0))
        .select_from(
            voip_number_assignments.join(assignments, s.id == link.assignment_id)
            .join(tariffs, t.id == s.tariffid)
            .outerjoin(taxes, taxes.c.id == t.taxid)
        )
        .where(
            link.number_id == n.id,
            s.customerid == customer,
            s.commited == 1,
            t.type == TELEPHONE,
            is_in_force(c.call_start_time),
        )
        .order_by(s.datefrom.desc(), s.id.desc())
        .limit(1)
        .correlate(voip_cdr, voip_numbers, customer.table)
        .scalar_subquery()
    )
    # Multiplied first: MariaDB keeps few places of a quotient.
    gross = func.round(c.price * (100 + func.coalesce(rate, 0)) / 100, PLACES)
    return case((c.price == 0, c.price), else_=gross)

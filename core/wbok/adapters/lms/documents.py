"""The documents of LMS: what each is, what it comes to, when it is due, and where it stands in KSeF."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import FromClause, Select, and_, case, func, select

from wbok.adapters.lms.ksef import Ksef
from wbok.adapters.lms.lines import (
    CORRECTION,
    DEBIT_NOTE,
    INVOICE,
    PRO_FORMA,
    RECEIPT,
    WITH_VAT,
    Amounts,
    corrected_by,
    sum_of,
    total_of,
)
from wbok.adapters.lms.site import Element, Site, filled, has_bits, plus, word_of
from wbok.adapters.lms.tables.finance import debitnotecontents, documents, receiptcontents
from wbok.adapters.lms.tables.people import customers
from wbok.adapters.sql.source import Source

KINDS = {
    INVOICE: "invoice",
    RECEIPT: "receipt",
    CORRECTION: "correction",
    DEBIT_NOTE: "debit_note",
    PRO_FORMA: "pro_forma",
}
SPLIT_PAYMENT = 8
CANCELLED_IN_A_ROW = 3
"""So many cancelled corrections may lie between one that counts and what it corrects."""
BETWEEN = "+"
"""Between the moment of issue and the days to pay."""


Before = tuple[FromClause, Element]


def is_shown(document: FromClause) -> Element:
    """Whether the panel has this document; cancelled ones leave no trace in LMS's own ledger either."""
    return and_(document.c.type.in_(KINDS), document.c.cancelled == 0)


def source_of_documents(site: Site) -> Source:
    def read_due_day(cell: str | None) -> date | None:
        return due_day(cell, site.zone)

    return site.source(
        "documents",
        _query(site),
        {"issued_on": "instant:epoch_s"},
        readers={"due_on": read_due_day},
    )


def due_day(cell: str | None, zone: ZoneInfo) -> date | None:
    """`"1767225600+14"` → 14 days after the day on which it was issued; None for what is no day."""
    if not cell:
        return None
    issued, _, days = cell.partition(BETWEEN)
    try:
        return datetime.fromtimestamp(int(issued), zone).date() + timedelta(days=int(days))
    except (ValueError, OverflowError, OSError):
        return None


def _query(site: Site) -> Select[tuple[object, ...]]:
    document = documents.alias("d")
    d = document.c
    original, is_corrected = corrected_by(document, name="r")
    earlier = _earlier(original)
    nearest = (original, *(one for one, _ in earlier))
    owner = customers.alias("c")
    ksef = Ksef(site, document, owner)
    has_due_day = and_(d.type != RECEIPT, d.cdate != 0, d.paytime >= 0)
    return (
        select(
            d.id,
            d.customerid.label("customer_id"),
            func.coalesce(filled(d.fullnumber), plus(d.number)).label("number"),
            word_of(d.type, KINDS).label("kind"),
            d.cdate.label("issued_on"),
            case((has_due_day, plus(d.cdate, BETWEEN, d.paytime))).label("due_on"),
            _gross(document, original).label("gross"),
            _net(document, original).label("net"),
            filled(d.currency).label("currency"),
            func.coalesce(*(case((is_shown(one), one.c.id)) for one in nearest)).label("corrects_id"),
            ksef.number.label("ksef_number"),
            ksef.state.label("ksef_state"),
            case((has_bits(d.flags, SPLIT_PAYMENT), 1), else_=0).label("split_payment"),
        )
        .select_from(
            ksef.joined_to(
                _joined(document, (original, is_corrected), *earlier, (owner, owner.c.id == d.customerid))
            )
        )
        .where(is_shown(document))
    )


def _joined(origin: FromClause, *others: Before) -> FromClause:
    for other, condition in others:
        origin = origin.outerjoin(other, condition)
    return origin


def _earlier(original: FromClause) -> tuple[Before, ...]:
    """What lies behind cancelled corrections, and what joins it.

    A cancelled one still says from where its successor counts, but it is nothing that a customer could be led to.
    """
    found: list[Before] = []
    for place in range(CANCELLED_IN_A_ROW):
        before = found[-1][0] if found else original
        one, is_corrected = corrected_by(before, name=f"r{place}")
        found.append((one, and_(is_corrected, before.c.cancelled != 0)))
    return tuple(found)


def _gross(document: FromClause, original: FromClause) -> Element:
    def gross(amounts: Amounts) -> Element:
        return amounts.gross

    kind = document.c.type
    return case(
        (kind == CORRECTION, total_of(document, gross) - total_of(original, gross)),
        (kind.in_(WITH_VAT), total_of(document, gross)),
        (kind == DEBIT_NOTE, sum_of(debitnotecontents, document=document)),
        else_=sum_of(receiptcontents, document=document),
    )


def _net(document: FromClause, original: FromClause) -> Element:
    """None for what knows no VAT."""

    def net(amounts: Amounts) -> Element:
        return amounts.net

    kind = document.c.type
    return case(
        (kind == CORRECTION, total_of(document, net) - total_of(original, net)),
        (kind.in_(WITH_VAT), total_of(document, net)),
    )

"""The documents of LMS: what each is, what it comes to, when it is due, and where it stands in KSeF."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import FromClause, Select, and_, case, func, select

from wbok.adapters.lms.ksef import Ksef, assigned_on, verification_url
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
from wbok.adapters.lms.site import NO_LIMIT, Element, Site, filled, has_bits, plus, word_of
from wbok.adapters.lms.tables.finance import (
    debitnotecontents,
    documentattachments,
    documents,
    receiptcontents,
)
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
MAIN_FILE = 1
"""Of an attachment: the document itself, and not what was added to it."""
WAYS_TO_PAY = {
    1: "gotówka",
    2: "przelew",
    3: "przelew lub gotówka",
    4: "karta",
    5: "kompensata",
    6: "barter",
    7: "umowa",
    8: "zapłacono",
    9: "pobranie",
    10: "raty",
    11: "pożyczka bankowa",
}
BETWEEN = "+"
"""Between the moment of issue and the days to pay."""


def is_shown(document: FromClause) -> Element:
    """Whether the panel has this document; cancelled ones leave no trace in LMS's own ledger either."""
    return and_(document.c.type.in_(KINDS), document.c.cancelled == 0)


def source_of_documents(site: Site) -> Source:
    def read_due_day(cell: str | None) -> date | None:
        return due_day(cell, site.zone)

    return site.source(
        "documents",
        _query(site),
        {"issued_on": "instant:epoch_s", "sold_on": NO_LIMIT},
        readers={
            "due_on": read_due_day,
            "ksef_url": lambda cell: verification_url(cell, site.zone),
            "ksef_assigned_on": assigned_on,
        },
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
            case((is_shown(original), original.c.id)).label("corrects_id"),
            ksef.number.label("ksef_number"),
            ksef.state.label("ksef_state"),
            case((has_bits(d.flags, SPLIT_PAYMENT), 1), else_=0).label("split_payment"),
            *_details(document, ksef),
        )
        .select_from(
            ksef.joined_to(
                document.outerjoin(original, is_corrected).outerjoin(owner, owner.c.id == d.customerid)
            )
        )
        .where(is_shown(document))
    )


def _details(document: FromClause, ksef: Ksef) -> tuple[Element, ...]:
    """What stands on the document itself, as LMS kept it when it was issued."""
    d = document.c
    return (
        d.sdate.label("sold_on"),
        filled(d.div_inv_cplace).label("place"),
        word_of(d.paytype, WAYS_TO_PAY).label("payment_method"),
        filled(d.reason).label("reason"),
        filled(d.name).label("buyer_name"),
        filled(d.address).label("buyer_street"),
        filled(d.zip).label("buyer_postcode"),
        filled(d.city).label("buyer_city"),
        filled(d.ten).label("buyer_tax_id"),
        filled(d.div_name).label("seller_name"),
        filled(d.div_address).label("seller_street"),
        filled(d.div_zip).label("seller_postcode"),
        filled(d.div_city).label("seller_city"),
        filled(d.div_ten).label("seller_tax_id"),
        ksef.code.label("ksef_url"),
        ksef.number.label("ksef_assigned_on"),
    )


def source_of_files(site: Site) -> Source:
    """Printed documents that LMS keeps: the path below its directory of documents follows from the MD5 sum."""
    a, document, earlier = documentattachments.c, documents.alias("d"), documentattachments.alias("e")
    is_pdf = func.lower(a.contenttype).like("application/pdf%")
    first = select(func.min(earlier.c.id)).where(
        earlier.c.docid == a.docid,
        earlier.c.type == MAIN_FILE,
        func.lower(earlier.c.contenttype).like("application/pdf%"),
    )
    query = (
        select(
            a.docid.label("document_id"),
            document.c.customerid.label("customer_id"),
            func.coalesce(filled(a.filename), plus(a.docid, ".pdf")).label("name"),
            plus(func.substr(a.md5sum, 1, 2), "/", a.md5sum).label("path"),
        )
        .select_from(documentattachments.join(document, document.c.id == a.docid))
        .where(is_shown(document), a.type == MAIN_FILE, is_pdf, a.id == first.scalar_subquery())
    )
    return site.source("document_files", query)


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

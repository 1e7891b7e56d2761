"""What stands on the documents of LMS, line by line, and what a line adds up to.

A correction holds the whole new state of each line; what it changes is the difference to the document that it
references.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    FromClause,
    Numeric,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from wbok.adapters.lms.site import THE_CUSTOMER, Element, Site, filled, has_bits
from wbok.adapters.lms.tables.finance import debitnotecontents, documents, invoicecontents, receiptcontents
from wbok.adapters.lms.tables.tariffs import taxes
from wbok.adapters.sql.source import Source

INVOICE, RECEIPT, CORRECTION, DEBIT_NOTE, PRO_FORMA = 1, 2, 3, 5, 6
WITH_VAT = (INVOICE, CORRECTION, PRO_FORMA)
NET_ACCOUNT = 16
"""Of a document whose prices are net."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Of a whole line."""

    net: Element
    vat: Element
    gross: Element


def amounts_of(line: FromClause, tax: FromClause, *, document: FromClause) -> Amounts:
    """Rounded as LMS rounds; nothing where there is no line, and no VAT where there is no tax."""
    whole = func.round(func.coalesce(line.c.value * func.abs(line.c["count"]), 0), 2)
    rate = func.coalesce(tax.c.value, 0)
    is_net = has_bits(document.c.flags, NET_ACCOUNT)
    # Multiplied first: MariaDB keeps few places of a quotient.
    vat = func.round(whole * rate / case((is_net, 100), else_=100 + rate), 2)
    return Amounts(
        net=case((is_net, whole), else_=whole - vat),
        vat=vat,
        gross=case((is_net, whole + vat), else_=whole),
    )


def total_of(document: FromClause, amount: Callable[[Amounts], Element]) -> Element:
    """What the lines of an invoice add up to."""
    line, tax = invoicecontents.alias(), taxes.alias()
    return (
        select(func.coalesce(func.sum(amount(amounts_of(line, tax, document=document))), 0))
        .select_from(line.outerjoin(tax, tax.c.id == line.c.taxid))
        .where(line.c.docid == document.c.id)
        .correlate(document)
        .scalar_subquery()
    )


def sum_of(lines: FromClause, *, document: FromClause) -> Element:
    """What the lines of a document without VAT add up to."""
    inner = lines.alias()
    return (
        select(func.coalesce(func.sum(inner.c.value), 0))
        .where(inner.c.docid == document.c.id)
        .correlate(document)
        .scalar_subquery()
    )


def corrected_by(document: FromClause, *, name: str) -> tuple[FromClause, Element]:
    """The document that a correction references, and what joins it: the same customer's, or it is none of his."""
    original = documents.alias(name)
    return original, and_(
        original.c.id == document.c.reference,
        document.c.type == CORRECTION,
        original.c.customerid == document.c.customerid,
    )


def document_lines(site: Site) -> Source:
    # The customer stands inside too: not every database asks a union for one customer's rows alone.
    parts = (
        _with_vat(),
        _no_longer_there(),
        _without_vat(DEBIT_NOTE, debitnotecontents),
        _without_vat(RECEIPT, receiptcontents),
    )
    return site.source("document_lines", union_all(*parts))


def _of_customer(document: FromClause, *types: int) -> Element:
    return and_(
        document.c.customerid == THE_CUSTOMER,
        document.c.type.in_(types),
        document.c.cancelled == 0,
    )


def _columns(
    document: FromClause,
    *,
    position: Element,
    description: Element,
    quantity: Element,
    amounts: Amounts,
    unit: Element | None = None,
    rate: Element | None = None,
) -> Select[tuple[object, ...]]:
    nothing = cast(null(), String(255))
    return select(
        document.c.id.label("document_id"),
        document.c.customerid.label("customer_id"),
        position.label("position"),
        description.label("description"),
        quantity.label("quantity"),
        (nothing if unit is None else unit).label("unit"),
        (nothing if rate is None else rate).label("vat_rate"),
        amounts.net.label("net"),
        amounts.vat.label("vat"),
        amounts.gross.label("gross"),
        filled(document.c.currency).label("currency"),
    )


def _with_vat() -> Select[tuple[object, ...]]:
    """Invoices and pro-formas as they are; of a correction what changed in each line, its tax being the same."""
    document, line, tax = documents.alias("d"), invoicecontents.alias("l"), taxes.alias("t")
    original, is_corrected = corrected_by(document, name="r")
    old = invoicecontents.alias("o")
    new, before = amounts_of(line, tax, document=document), amounts_of(old, tax, document=original)
    count, old_count = func.abs(line.c["count"]), func.abs(old.c["count"])
    changed = and_(old_count.is_not(None), old_count != count)
    # Between the positions of a correction there is room for what is no longer there.
    position = case((document.c.type == CORRECTION, line.c.itemid * 2 + 1), else_=line.c.itemid)
    return (
        _columns(
            document,
            position=position,
            description=line.c.description,
            quantity=case((changed, count - old_count), else_=count),
            unit=filled(line.c.content),
            rate=tax.c.label,
            amounts=Amounts(new.net - before.net, new.vat - before.vat, new.gross - before.gross),
        )
        .select_from(
            document.join(line, line.c.docid == document.c.id)
            .outerjoin(tax, tax.c.id == line.c.taxid)
            .outerjoin(original, is_corrected)
            .outerjoin(old, and_(old.c.docid == original.c.id, _is_same(old, line)))
        )
        .where(_of_customer(document, *WITH_VAT))
    )


def _no_longer_there() -> Select[tuple[object, ...]]:
    """Lines that a correction takes away, or puts under another tax."""
    document, old, tax = documents.alias("d"), invoicecontents.alias("o"), taxes.alias("t")
    original, is_corrected = corrected_by(document, name="r")
    line = invoicecontents.alias("l")
    before = amounts_of(old, tax, document=original)
    return (
        _columns(
            document,
            position=old.c.itemid * 2,
            description=old.c.description,
            quantity=-func.abs(old.c["count"]),
            unit=filled(old.c.content),
            rate=tax.c.label,
            amounts=Amounts(-before.net, -before.vat, -before.gross),
        )
        .select_from(
            document.join(original, is_corrected)
            .join(old, old.c.docid == original.c.id)
            .outerjoin(tax, tax.c.id == old.c.taxid)
            .outerjoin(line, and_(line.c.docid == document.c.id, _is_same(old, line)))
        )
        .where(_of_customer(document, CORRECTION), line.c.docid.is_(None))
    )


def _is_same(old: FromClause, line: FromClause) -> Element:
    return and_(
        old.c.itemid == line.c.itemid, func.coalesce(old.c.taxid, 0) == func.coalesce(line.c.taxid, 0)
    )


def _without_vat(kind: int, lines: FromClause) -> Select[tuple[object, ...]]:
    document = documents.alias("d")
    value = func.coalesce(lines.c.value, 0)
    return (
        _columns(
            document,
            position=lines.c.itemid,
            description=lines.c.description,
            quantity=cast(literal(1), Numeric(9, 3)),
            amounts=Amounts(value, cast(literal(0), Numeric(9, 2)), value),
        )
        .select_from(document.join(lines, lines.c.docid == document.c.id))
        .where(_of_customer(document, kind))
    )

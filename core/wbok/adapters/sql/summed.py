"""Sums as the database gave them become totals in our terms."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from wbok.adapters.sql.rows import UNREADABLE, cell_converter
from wbok.adapters.sql.source import Source
from wbok.adapters.sql.totals import Addend, Total
from wbok.domain.money import with_grosze
from wbok.errors import Unavailable
from wbok.relations import ConversionError, Family

log = logging.getLogger(__name__)


def read_total(
    cells: Sequence[Any], addend: Addend, source: Source, *, zone: ZoneInfo, currency: str
) -> Total:
    """One row of what `add_up` asks for. `currency`: the one of rows that name none. Raises Unavailable."""
    part, named, senseless, rows, *raw = cells[: 4 + len(addend.values)]
    if int(senseless or 0):
        raise _no_amount(source, " or ".join(addend.columns))
    return Total(
        currency=_currency(source, named, zone) or currency,
        rows=int(rows),
        values={
            name: _amount(source, column, cell, zone)
            for (name, column), cell in zip(addend.values, raw, strict=True)
            if cell is not None
        },
        part=None if part is None else int(part),
    )


def _currency(source: Source, raw: Any, zone: ZoneInfo) -> str | None:
    """As a row says it."""
    try:
        currency: str | None = cell_converter(source.columns["currency"], source.types["currency"], zone)(raw)
        return currency
    except UNREADABLE as error:
        raise Unavailable(f"relation {source.relation.name}, column currency: {error}") from error


def _amount(source: Source, column: str, raw: Any, zone: ZoneInfo) -> Decimal:
    try:
        if source.columns[column].family is not Family.SUMMABLE:
            return Decimal(str(raw))
        return with_grosze(source.types[column].read(raw, zone=zone))
    except (ConversionError, ArithmeticError) as error:
        raise _no_amount(source, column) from error


def _no_amount(source: Source, column: str) -> Unavailable:
    message = (
        f"relation {source.relation.name}, column {column}: not every value is an amount, so there is no sum"
    )
    log.error("%s: %s", source.where, message)
    return Unavailable(message)

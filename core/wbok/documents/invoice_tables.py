"""The lines of an invoice and its VAT summary. The VAT columns are left out where no line has a rate."""

from __future__ import annotations

from decimal import Decimal

from wbok.documents.grid import Column, Flow, Grid
from wbok.documents.paper import MARGIN
from wbok.documents.printed import PrintedInvoice
from wbok.documents.texts import texts
from wbok.domain.finance import DocumentLine, vat_summary
from wbok.formats import amount_text, number_text

INDENT = 57.0
"""Of the VAT summary, so that its columns stand below those of the lines."""


def draw_lines(flow: Flow, invoice: PrintedInvoice, *, language: str) -> None:
    if not invoice.lines:
        return
    gettext = texts(language).gettext
    taxed = is_taxed(invoice)
    figures = (
        (
            Column(gettext("Net"), 24, "R"),
            Column(gettext("VAT rate"), 19, "R"),
            Column(gettext("VAT"), 20, "R"),
            Column(gettext("Gross"), 26, "R"),
        )
        if taxed
        else (Column(gettext("Amount"), 26, "R"),)
    )
    name = 57 if taxed else 118
    columns = (
        Column(gettext("No."), 8),
        Column(gettext("Name"), name),
        Column(gettext("Quantity"), 20 if taxed else 22, "R"),
        *figures,
    )
    Grid(flow, columns).draw(_line(line, taxed=taxed, language=language) for line in invoice.lines)
    flow.y += 4


def draw_vat(flow: Flow, invoice: PrintedInvoice, *, language: str) -> None:
    """One row for each rate, and their sum."""
    if not is_taxed(invoice):
        return
    gettext = texts(language).gettext
    columns = (
        Column(gettext("VAT rate"), 28),
        Column(gettext("Net"), 24, "R"),
        Column(gettext("VAT"), 39, "R"),
        Column(gettext("Gross"), 26, "R"),
    )
    grid = Grid(flow, columns, x=MARGIN + INDENT)
    summary = vat_summary(invoice.lines)
    grid.draw(
        (row.rate, *_amounts((row.net.amount, row.vat.amount, row.gross.amount), language=language))
        for row in summary
    )
    if len(summary) > 1 and len({row.gross.currency for row in summary}) == 1:
        sums = (
            sum((row.net.amount for row in summary), Decimal()),
            sum((row.vat.amount for row in summary), Decimal()),
            sum((row.gross.amount for row in summary), Decimal()),
        )
        grid.row((gettext("Together"), *_amounts(sums, language=language)), bold=True)
    flow.y += 4


def is_taxed(invoice: PrintedInvoice) -> bool:
    return any(line.vat_rate for line in invoice.lines)


def _line(line: DocumentLine, *, taxed: bool, language: str) -> tuple[str, ...]:
    quantity = number_text(line.quantity, language)
    first = (str(line.position), line.description, f"{quantity} {line.unit}" if line.unit else quantity)
    (gross,) = _amounts((line.gross.amount,), language=language)
    if not taxed:
        return (*first, gross)
    net, vat = _amounts((line.net.amount, line.vat.amount), language=language)
    return (*first, net, line.vat_rate, vat, gross)


def _amounts(amounts: tuple[Decimal, ...], *, language: str) -> tuple[str, ...]:
    return tuple(amount_text(amount, language=language) for amount in amounts)

"""Documents that several tabs hand out. No web: what is made here is bytes.

What draws on paper is loaded when the first paper is drawn: it takes most of a second, and commands need none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wbok.documents.printed import (
    KsefMark,
    LetterPart,
    Party,
    PrintedColumn,
    PrintedInvoice,
    PrintedLetter,
    PrintedStatement,
    PrintedTable,
    Slip,
)
from wbok.documents.table import Cell, csv_table
from wbok.domain.finance import LedgerEntry

__all__ = [
    "Cell",
    "KsefMark",
    "LetterPart",
    "Party",
    "PrintedColumn",
    "PrintedInvoice",
    "PrintedLetter",
    "PrintedStatement",
    "PrintedTable",
    "Slip",
    "csv_table",
    "invoice_pdf",
    "letter_pdf",
    "slips_pdf",
    "statement_pdf",
    "table_pdf",
]


def slips_pdf(slips: Sequence[Slip], *, language: str, made_at: datetime) -> bytes:
    """Payment slips, two a page, at least one. Raises ValueError for a wrong account or nothing to pay."""
    from wbok.documents.slip import draw_slips

    return draw_slips(slips, language=language, made_at=made_at)


def invoice_pdf(invoice: PrintedInvoice, *, language: str, made_at: datetime) -> bytes:
    """A document of the billing that has no file of its own."""
    from wbok.documents.invoice import draw_invoice

    return draw_invoice(invoice, language=language, made_at=made_at)


def statement_pdf(
    statement: PrintedStatement, entries: Iterable[LedgerEntry], *, language: str, made_at: datetime
) -> bytes:
    """`entries` oldest first, in the statement's currency (else ValueError); balances are added up here."""
    from wbok.documents.statement import draw_statement

    return draw_statement(statement, entries, language=language, made_at=made_at)


def letter_pdf(letter: PrintedLetter, *, language: str, made_at: datetime) -> bytes:
    """What the provider tells a customer in words."""
    from wbok.documents.letter import draw_letter

    return draw_letter(letter, language=language, made_at=made_at)


def table_pdf(
    printed: PrintedTable, rows: Iterable[Sequence[str]], *, language: str, made_at: datetime
) -> bytes:
    """Any table of a tab's own, with letterhead and numbered pages."""
    from wbok.documents.drawn_table import draw_table

    return draw_table(printed, rows, language=language, made_at=made_at)

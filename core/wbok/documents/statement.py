"""A statement of account on paper: opening balance, what was charged and paid, closing balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from gettext import NullTranslations

from wbok.documents.grid import Column, Flow, Grid
from wbok.documents.letterhead import (
    GUTTER,
    HALF,
    draw_continued,
    draw_foot,
    draw_party,
    draw_title,
)
from wbok.documents.paper import INNER, MARGIN, Paper
from wbok.documents.printed import PrintedStatement
from wbok.documents.texts import texts
from wbok.domain.finance import LedgerEntry
from wbok.formats import amount_text, day_text


@dataclass(slots=True)
class _Sums:
    balance: Decimal
    charged: Decimal = field(default_factory=Decimal)
    paid: Decimal = field(default_factory=Decimal)

    def add(self, amount: Decimal) -> None:
        self.balance += amount
        if amount < 0:
            self.charged -= amount
        else:
            self.paid += amount


def draw_statement(
    statement: PrintedStatement, entries: Iterable[LedgerEntry], *, language: str, made_at: datetime
) -> bytes:
    """`entries`: those of the period in the statement's currency, oldest first, taken one by one.

    Balances are added up here from the opening one, so that the paper agrees with itself. Raises ValueError for an
    entry in another currency.
    """
    say = texts(language)
    title = say.gettext("Statement of account %(first)s – %(last)s") % {
        "first": day_text(statement.since, language),
        "last": day_text(statement.until, language),
    }
    paper = Paper(title=title, language=language, author=statement.provider.name, made_at=made_at)
    paper.new_page()
    y = draw_title(paper, title, width=INNER) + 3
    left = draw_party(paper, MARGIN, y, say.gettext("Provider"), statement.provider, say=say)
    x = MARGIN + HALF + GUTTER
    right = draw_party(paper, x, y, say.gettext("Customer"), statement.customer, say=say)
    flow = Flow(paper, max(left, right) + 2, head=lambda: draw_continued(paper, title))
    _draw_rows(flow, statement, entries, language=language)
    note = say.gettext("Printed from the customer panel on %(day)s.") % {
        "day": day_text(statement.printed_on, language)
    }
    return paper.finish(lambda page, pages: draw_foot(paper, page, pages, note=note, say=say))


def _draw_rows(
    flow: Flow, statement: PrintedStatement, entries: Iterable[LedgerEntry], *, language: str
) -> None:
    say, currency = texts(language), statement.opening.currency
    grid = Grid(flow, _columns(say, currency))
    sums = _Sums(statement.opening.amount)
    grid.head()
    opening = amount_text(sums.balance, language=language)
    grid.row(
        (day_text(statement.since, language), say.gettext("Opening balance"), "", "", opening), bold=True
    )
    for entry in entries:
        if entry.amount.currency != currency:
            raise ValueError(f"entry {entry.id} is not in {currency}")
        sums.add(entry.amount.amount)
        grid.row(_row(entry, sums.balance, language=language))
    grid.row(
        (
            day_text(statement.until, language),
            say.gettext("Closing balance"),
            *(amount_text(a, language=language) for a in (sums.charged, sums.paid, sums.balance)),
        ),
        bold=True,
    )


def _columns(say: NullTranslations, currency: str) -> tuple[Column, ...]:
    balance = say.gettext("Balance")
    return (
        Column(say.gettext("Date"), 24),
        Column(say.gettext("Operation"), 72),
        Column(say.gettext("Charged"), 25, "R"),
        Column(say.gettext("Paid"), 25, "R"),
        Column(f"{balance} ({currency})", 28, "R"),
    )


def _row(entry: LedgerEntry, balance: Decimal, *, language: str) -> tuple[str, ...]:
    amount = amount_text(abs(entry.amount.amount), language=language)
    charged, paid = (amount, "") if entry.amount.amount < 0 else ("", amount)
    day = day_text(entry.booked_on, language)
    return day, entry.description, charged, paid, amount_text(balance, language=language)

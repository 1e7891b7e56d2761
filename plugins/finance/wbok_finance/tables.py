"""The statement as a table to take home."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from wbok.api import Cell, Statement


def header() -> tuple[str, ...]:
    return (_("Date"), _("Operation"), _("Charged"), _("Paid"), _("Balance"), _("Currency"))


def rows(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    """Opening balance, entries, closing balance with the sums."""
    currency = statement.opening.currency
    yield (statement.since.isoformat(), _("Opening balance"), None, None, statement.opening, currency)
    for entry in statement.rows:
        is_charge = entry.amount.amount < 0
        yield (
            entry.booked_on.isoformat(),
            entry.description,
            -entry.amount if is_charge else None,
            None if is_charge else entry.amount,
            entry.balance_after,
            currency,
        )
    yield (
        statement.until.isoformat(),
        _("Closing balance"),
        statement.charged,
        statement.paid,
        statement.closing,
        currency,
    )

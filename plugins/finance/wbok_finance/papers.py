"""What Finanse hands out: slips, documents, statements."""

from __future__ import annotations

from collections.abc import Iterator

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wbok.api import Cell, Statement, csv_table, current_customer_id, download, panel
from wbok.api import statement as statement_of
from wbok_finance.offers import finance_of
from wbok_finance.queries import StatementRequest, read_statement_request


def statement_table() -> ResponseReturnValue:
    chosen = read_statement_request(request.args, currency=panel().billing.currency)
    if not chosen.is_whole:
        return _back_to_choice(chosen)
    found = _statement(chosen)
    name = f"wyciag-{found.since}-{found.until}.csv"
    return download(csv_table(_header(), _rows(found)), name=name, mimetype="text/csv")


def _statement(chosen: StatementRequest) -> Statement:
    if chosen.since is None or chosen.until is None:
        abort(404)
    return statement_of(
        finance_of(panel()),
        current_customer_id(),
        since=chosen.since,
        until=chosen.until,
        currency=chosen.currency,
    )


def _back_to_choice(chosen: StatementRequest) -> ResponseReturnValue:
    """The page says what was wrong."""
    return redirect(url_for("finance.statement", **chosen.address), code=303)  # type: ignore[arg-type]


def _header() -> tuple[str, ...]:
    return (_("Date"), _("Operation"), _("Charged"), _("Paid"), _("Balance"), _("Currency"))


def _rows(statement: Statement) -> Iterator[tuple[Cell, ...]]:
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


def slip() -> ResponseReturnValue:
    abort(501)


def statement_paper() -> ResponseReturnValue:
    abort(501)


def document_slip(document_id: str) -> ResponseReturnValue:
    abort(501)


def document_file(document_id: str) -> ResponseReturnValue:
    abort(501)


def document_files() -> ResponseReturnValue:
    abort(501)

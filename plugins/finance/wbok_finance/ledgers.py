"""The ledger, and the statement of a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

from flask import request
from flask.typing import ResponseReturnValue

from wbok.api import current_customer_id, panel, render
from wbok.api import statement as statement_of
from wbok_finance.offers import finance_of, offers_of
from wbok_finance.queries import read_filter, read_statement_request

ROWS_ON_A_PAGE = 100
YEARS = 10


def ledger() -> ResponseReturnValue:
    finance, chosen = finance_of(panel()), read_filter(request.args)
    page = finance.ledger(current_customer_id(), chosen.request)
    # Sums of all the years tell nobody anything, and cost as much as the ledger is long.
    totals = finance.ledger_totals(current_customer_id(), chosen.request) if chosen.narrows else ()
    return render(
        "finance/ledger.html",
        page=page,
        chosen=chosen,
        totals=totals,
        offers=offers_of(panel()),
        has_balance=any(entry.balance_after is not None for entry in page.rows),
    )


def statement() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    finance = finance_of(this)
    chosen = read_statement_request(request.args, currency=this.billing.currency)
    years = finance.yearly_totals(customer_id, this.today.year - YEARS + 1, this.today.year)
    currencies = sorted({this.billing.currency, *(total.paid.currency for total in years)})
    if chosen.currency not in currencies:
        chosen = replace(chosen, currency=this.billing.currency, faults=(*chosen.faults, "currency"))
    found = None
    if chosen.is_whole and chosen.since and chosen.until:
        found = statement_of(
            finance, customer_id, since=chosen.since, until=chosen.until, currency=chosen.currency
        )
    rows = tuple(islice(found.rows, ROWS_ON_A_PAGE + 1)) if found else ()
    return render(
        "finance/statement.html",
        chosen=chosen,
        statement=found,
        rows=rows[:ROWS_ON_A_PAGE],
        is_cut=len(rows) > ROWS_ON_A_PAGE,
        years=years,
        currencies=currencies,
        today=this.today,
        first_of_year=date(this.today.year, 1, 1),
        offers=offers_of(this),
    )

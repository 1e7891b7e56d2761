"""The first page of Finanse: what to pay now, until when and how; then what was booked lately, and the tariffs."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from wbok.api import (
    BarChart,
    LedgerRequest,
    MonthTotals,
    bar_chart,
    current_customer_id,
    month_name,
    monthly_sum,
    monthly_totals,
    next_charge,
    panel,
    render,
)
from wbok_finance.offers import finance_of, offers_of, settings_of, situation_of
from wbok_finance.online import payment_address
from wbok_finance.queries import month_starts

CHART_MONTHS = 6
CHART_ROWS = 1000
RECENT = 5


def index() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    currency = this.billing.currency
    months = month_starts(this.today, months=CHART_MONTHS)
    newest = finance_of(this).ledger(
        customer_id, LedgerRequest(since=months[0], limit=CHART_ROWS, running=False)
    )
    # A chart of a part of the entries would be wrong without anybody seeing it.
    totals = monthly_totals(newest.rows, months=months, currency=currency) if newest.next is None else ()
    situation = situation_of(this, customer_id)
    services = situation.terms.services
    return render(
        "finance/index.html",
        situation=situation,
        settlement=situation.settlement,
        terms=situation.terms,
        payments=situation.balances(),
        overdue=situation.overdue(),
        beforehand=situation.months(1),
        online=lambda payment: payment_address(settings_of(this), payment),
        expected=next_charge(services, today=this.today, currency=currency),
        in_force=tuple(service for service in services if service.in_force(this.today)),
        monthly=monthly_sum(services, on=this.today, currency=currency),
        currency=currency,
        today=this.today,
        entries=newest.rows[:RECENT],
        totals=totals,
        chart=_chart(totals) if totals else None,
        offers=offers_of(this),
    )


def _chart(totals: tuple[MonthTotals, ...]) -> BarChart:
    return bar_chart(
        [month_name(t.month) for t in totals],
        [t.charged.amount for t in totals],
        [t.paid.amount for t in totals],
    )

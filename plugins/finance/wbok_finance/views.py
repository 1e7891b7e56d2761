"""The pages of Finanse: overview, ledger, documents, one document."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from wbok.api import (
    BarChart,
    DocumentRequest,
    LedgerRequest,
    MonthTotals,
    bar_chart,
    current_customer_id,
    month_name,
    monthly_sum,
    monthly_totals,
    panel,
    render,
    vat_summary,
)
from wbok_finance.queries import finance_of, month_starts, pay_to, read_filter

blueprint = Blueprint("finance", __name__, template_folder="templates")

CHART_MONTHS = 6
CHART_ROWS = 1000
RECENT = 5


@blueprint.get("/")
def index() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    finance, currency = finance_of(this), this.billing.currency
    months = month_starts(this.today, months=CHART_MONTHS)
    newest = finance.ledger(customer_id, LedgerRequest(since=months[0], limit=CHART_ROWS, running=False))
    # A chart of a part of the entries would be wrong without anybody seeing it.
    totals = monthly_totals(newest.rows, months=months, currency=currency) if newest.next is None else ()
    terms = finance.terms(customer_id)
    return render(
        "finance/index.html",
        settlement=finance.settlement(customer_id),
        terms=terms,
        in_force=tuple(service for service in terms.services if service.in_force(this.today)),
        monthly=monthly_sum(terms.services, on=this.today, currency=currency),
        currency=currency,
        customer_id=customer_id,
        today=this.today,
        account=pay_to(terms, currency=currency),
        entries=newest.rows[:RECENT],
        totals=totals,
        chart=_chart(totals) if totals else None,
        parts=finance.parts,
    )


@blueprint.get("/ledger")
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
        parts=finance.parts,
        has_balance=any(entry.balance_after is not None for entry in page.rows),
    )


@blueprint.get("/documents/")
def documents() -> ResponseReturnValue:
    this = panel()
    _offer("documents")
    page = finance_of(this).documents(
        current_customer_id(), DocumentRequest(after=request.args.get("after") or None)
    )
    return render(
        "finance/documents.html",
        page=page,
        today=this.today,
        is_first="after" not in request.args,
        parts=finance_of(this).parts,
    )


@blueprint.get("/documents/<id:document_id>")
def document(document_id: str) -> ResponseReturnValue:
    this = panel()
    finance = finance_of(this)
    _offer("documents")
    found = finance.document(current_customer_id(), document_id)
    lines = (
        finance.document_lines(current_customer_id(), document_id)
        if "document_lines" in finance.parts
        else ()
    )
    return render(
        "finance/document.html", document=found, lines=lines, summary=vat_summary(lines), today=this.today
    )


def _offer(part: str) -> None:
    """A page of what the billing does not have is not there."""
    if part not in finance_of(panel()).parts:
        abort(404)


def _chart(totals: tuple[MonthTotals, ...]) -> BarChart:
    return bar_chart(
        [month_name(t.month) for t in totals],
        [t.charged.amount for t in totals],
        [t.paid.amount for t in totals],
    )

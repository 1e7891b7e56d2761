"""The pages of Telefon: overview of a month, list of calls, the same as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wbok.api import (
    BarChart,
    CallKind,
    DayTotals,
    bar_chart,
    csv_table,
    current_customer_id,
    download,
    panel,
    render,
)
from wbok_phone.queries import months_until, of_month, phone_of, read_filter
from wbok_phone.table import first_page, header, rows

blueprint = Blueprint("phone", __name__, template_folder="templates")

MOST_PRICED = 5
LABELLED_DAYS = (1, 5, 10, 15, 20, 25)
"""A label at the edge would be cut off on a phone."""
SECONDS_IN_A_MINUTE = 60


@blueprint.get("/")
def index() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen = phone_of(this), read_filter({"month": request.args.get("month", "")}, today=this.today)
    month = of_month(chosen.month)
    usage = phone.usage(customer_id, month)
    is_used = usage.totals.calls > 0
    days = phone.days(customer_id, replace(month, kind=CallKind.VOICE)) if is_used else ()
    priced = (
        phone.calls(customer_id, replace(month, only_priced=True, limit=MOST_PRICED)) if is_used else None
    )
    return render(
        "phone/index.html",
        chosen=chosen,
        months=months_until(this.today),
        today=this.today,
        usage=usage,
        allowances=[a for a in usage.allowances if a.is_valid_within(month.since, month.until)],
        priced=priced,
        days=days,
        chart=_chart(month.until, days),
        currency=this.billing.currency,
    )


@blueprint.get("/calls")
def calls() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen = phone_of(this), read_filter(request.args, today=this.today)
    return render(
        "phone/calls.html",
        chosen=chosen,
        months=months_until(this.today),
        today=this.today,
        page=phone.calls(customer_id, chosen.request),
        usage=phone.usage(customer_id, chosen.request),
        parts=phone.parts,
        currency=this.billing.currency,
    )


@blueprint.get("/calls.csv")
def calls_csv() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen = phone_of(this), read_filter(request.args, today=this.today)
    if chosen.faults:
        return redirect(f"{url_for('phone.calls')}?{urlencode(chosen.address)}", code=303)
    page = first_page(phone, customer_id, chosen.request)
    names = phone.usage(customer_id, chosen.request).package_names
    table = csv_table(header(), rows(phone, customer_id, chosen.request, page, names))
    return download(table, name=f"polaczenia-{chosen.month:%Y-%m}.csv", mimetype="text/csv")


def _chart(last: date, days: tuple[DayTotals, ...]) -> BarChart | None:
    """Minutes on each day of the month; None when nobody talked."""
    talked = {day.day.day: Decimal(day.totals.seconds) / SECONDS_IN_A_MINUTE for day in days}
    if not any(talked.values()):
        return None
    numbers = range(1, last.day + 1)
    labels = [str(n) if n in LABELLED_DAYS else "" for n in numbers]
    return bar_chart(labels, [talked.get(n, Decimal()) for n in numbers])

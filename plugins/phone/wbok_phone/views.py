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
    Party,
    asks_pin,
    bar_chart,
    csv_table,
    current_customer_id,
    current_customer_name,
    download,
    language,
    panel,
    pin_is_confirmed,
    render,
    table_pdf,
)
from wbok_phone.bill import MOST_PRINTED, bill_of, bill_rows
from wbok_phone.listing import listed
from wbok_phone.period import months_until
from wbok_phone.queries import CallFilter, phone_of, read_filter
from wbok_phone.settings import settings_of
from wbok_phone.summary import summary_of
from wbok_phone.table import all_calls, first_page, header, rows
from wbok_phone.words import call_words

blueprint = Blueprint("phone", __name__, template_folder="templates")

MOST_PRICED = 5
LABELLED_DAYS = (1, 5, 10, 15, 20, 25)
"""A label at the edge would be cut off on a phone."""
SECONDS_IN_A_MINUTE = 60


def needs_pin() -> bool:
    """Whether numbers of others are shown only to who typed his PIN again."""
    return settings_of(panel()).ask_pin


def chosen_now(*names: str) -> CallFilter:
    """The filter of this request; with `names` of these fields alone."""
    this = panel()
    typed = {name: request.args.get(name, "") for name in names} if names else request.args
    return read_filter(typed, settings=settings_of(this), today=this.today)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen = phone_of(this), chosen_now("month", "mask")
    month = chosen.request
    usage = phone.usage(customer_id, month)
    is_used = usage.totals.calls > 0
    days = phone.days(customer_id, replace(month, kind=CallKind.VOICE)) if is_used else ()
    is_open = pin_is_confirmed() or not needs_pin()
    dearest = replace(month, only_priced=True, limit=MOST_PRICED)
    return render(
        "phone/index.html",
        chosen=chosen,
        months=months_until(this.today),
        today=this.today,
        usage=usage,
        words=call_words(masked=chosen.masked, packages=usage.package_names),
        allowances=[a for a in usage.allowances if a.is_valid_within(month.since, month.until)],
        priced=phone.calls(customer_id, dearest) if is_used and is_open else None,
        days=days,
        chart=_chart(month.until, days),
        currency=this.billing.currency,
    )


@blueprint.get("/calls")
@asks_pin(needs_pin)
def calls() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen, settings = phone_of(this), chosen_now(), settings_of(this)
    usage = phone.usage(customer_id, chosen.request)
    number, page = usage.totals.calls, request.args.get("page", "")
    return render(
        "phone/calls.html",
        chosen=chosen,
        settings=settings,
        months=months_until(this.today),
        listing=listed(phone, customer_id, chosen, number=number, page=page),
        usage=usage,
        words=call_words(masked=chosen.masked, packages=usage.package_names),
        is_printable=number <= MOST_PRINTED,
        summary=summary_of(phone.groups(customer_id, chosen.request)),
        parts=phone.parts,
        currency=this.billing.currency,
    )


@blueprint.get("/calls.csv")
@asks_pin(needs_pin, page="phone.calls")
def calls_csv() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen = phone_of(this), chosen_now()
    if chosen.faults:
        return redirect(f"{url_for('phone.calls')}?{urlencode(chosen.address)}", code=303)
    page = first_page(phone, customer_id, chosen.request)
    names = phone.usage(customer_id, chosen.request).package_names
    found = all_calls(phone, customer_id, chosen.request, page)
    table = csv_table(header(), rows(found, masked=chosen.masked, packages=names))
    return download(table, name=f"polaczenia-{chosen.period.name}.csv", mimetype="text/csv")


@blueprint.get("/calls.pdf")
@asks_pin(needs_pin, page="phone.calls")
def calls_pdf() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    phone, chosen = phone_of(this), chosen_now()
    usage = phone.usage(customer_id, chosen.request)
    if chosen.faults or usage.totals.calls > MOST_PRINTED:
        return redirect(f"{url_for('phone.calls')}?{urlencode(chosen.address)}", code=303)
    office = this.settings.office
    printed = bill_of(
        chosen,
        usage,
        settings_of(this),
        provider=Party(office.name, (office.address,)),
        customer=Party(current_customer_name(), customer_id=customer_id),
        currency=this.billing.currency,
        printed_on=this.today,
    )
    page = first_page(phone, customer_id, chosen.request)
    words = call_words(masked=chosen.masked, packages=usage.package_names)
    found = bill_rows(all_calls(phone, customer_id, chosen.request, page), words)
    pdf = table_pdf(printed, found, language=language(), made_at=this.clock())
    return download([pdf], name=f"wykaz-{chosen.period.name}.pdf", mimetype="application/pdf")


def _chart(last: date, days: tuple[DayTotals, ...]) -> BarChart | None:
    """Minutes on each day of the month; None when nobody talked."""
    talked = {day.day.day: Decimal(day.totals.seconds) / SECONDS_IN_A_MINUTE for day in days}
    if not any(talked.values()):
        return None
    numbers = range(1, last.day + 1)
    labels = [str(n) if n in LABELLED_DAYS else "" for n in numbers]
    return bar_chart(labels, [talked.get(n, Decimal()) for n in numbers])

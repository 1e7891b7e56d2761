"""The tab's page and its table to take home."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from wbok.api import NotFound, bar_chart, csv_table, current_customer_id, download, month_year, panel, render
from wbok_usage.month import Month, read_month

blueprint = Blueprint("usage", __name__, template_folder="templates")

MONTHS = 12
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
GIGABYTE = 10**9


@blueprint.get("/")
def index() -> str:
    month = _asked()
    return render(
        "usage/index.html",
        month=month,
        months=_offered(panel().today),
        chart=_chart(month),
        title=month_year(month.first),
        limit=panel().tab_settings("usage").limit,
    )


@blueprint.get("/days.csv")
def days() -> Response:
    month = _asked()
    header = (_("Day"), _("Downloaded (bytes)"), _("Sent (bytes)"))
    rows = ((day.day.isoformat(), str(day.down), str(day.up)) for day in month.days)
    name = f"{month.first:%Y-%m}.csv"
    return download(csv_table(header, rows), name=name, mimetype="text/csv")


def _asked() -> Month:
    """Raises NotFound for a month that is not offered."""
    offered, typed = _offered(panel().today), request.args.get("month", "")
    wanted = {f"{first:%Y-%m}": first for first in offered}.get(typed) if typed else offered[0]
    if wanted is None:
        raise NotFound("month")
    return read_month(panel(), current_customer_id(), wanted)


def _offered(today: date) -> tuple[date, ...]:
    """The first days of the months, newest first."""
    number = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(number, number - MONTHS, -1))


def _chart(month: Month) -> object:
    labels = [str(day.day.day) if day.day.day % 5 == 0 or day.day.day == 1 else "" for day in month.days]
    return bar_chart(labels, [Decimal(day.total) / GIGABYTE for day in month.days])

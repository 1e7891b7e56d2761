"""Documents: the list, one document, its file, several files at once."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from wbok.api import current_customer_id, panel, render, vat_summary
from wbok_finance.drawing import ksef_mark
from wbok_finance.offers import finance_of, offers_of, settings_of
from wbok_finance.queries import read_document_filter
from wbok_finance.withheld import is_withheld

EARLIEST = 1990
"""A year that is mistyped in the billing is none to choose."""


def documents() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    finance, chosen = finance_of(this), read_document_filter(request.args, today=this.today)
    return render(
        "finance/documents.html",
        page=finance.documents(customer_id, chosen.request),
        years=[
            year for year in finance.document_years(customer_id) if EARLIEST <= year <= this.today.year + 1
        ],
        chosen=chosen,
        today=this.today,
        offers=offers_of(this),
        withheld=lambda document: is_withheld(document, settings_of(this)),
    )


def document(document_id: str) -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    finance = finance_of(this)
    found = finance.document(customer_id, document_id)
    has_lines = "document_lines" in finance.parts
    lines = finance.document_lines(customer_id, document_id) if has_lines else ()
    details = finance.document_details(customer_id, document_id)
    mark = ksef_mark(found, details)
    return render(
        "finance/document.html",
        document=found,
        details=details,
        ksef_link=mark.link if mark else None,
        lines=lines,
        summary=vat_summary(lines),
        today=this.today,
        offers=offers_of(this),
        is_withheld=is_withheld(found, settings_of(this)),
    )

"""What Finanse hands out as files: slips, documents, statements."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from zipstream import ZipStream

from wbok.api import (
    BillingError,
    Document,
    DocumentFile,
    DocumentRequest,
    FileUnusable,
    PrintedStatement,
    Statement,
    csv_table,
    current_customer_id,
    download,
    language,
    panel,
    safe_name,
    slips_pdf,
    statement_pdf,
)
from wbok.api import statement as statement_of
from wbok_finance import tables
from wbok_finance.drawing import (
    AccountOf,
    account_of,
    drawn_document,
    printed_customer,
    printed_seller,
    printed_slip,
)
from wbok_finance.offers import finance_of, settings_of, situation_of
from wbok_finance.paying import Payment
from wbok_finance.payments import MOST_MONTHS, chosen_payments
from wbok_finance.queries import StatementRequest, read_statement_request
from wbok_finance.withheld import is_withheld

log = logging.getLogger(__name__)

PDF = "application/pdf"
MOST_AT_ONCE = 24
"""As many documents as a page of the list has."""
LOOKED_AT = 10 * MOST_AT_ONCE


def slip() -> ResponseReturnValue:
    """`for`: as on the page of a payment; `months`: of how many coming ones."""
    situation = situation_of(panel(), current_customer_id())
    months = request.args.get("months", "1")
    number = int(months) if months in map(str, range(1, MOST_MONTHS + 1)) else 1
    return _slips(chosen_payments(situation, request.args.get("for", ""), number=number))


def document_slip(document_id: str) -> ResponseReturnValue:
    document = finance_of(panel()).document(current_customer_id(), document_id)
    return _slips((situation_of(panel(), current_customer_id()).document(document),))


def document_file(document_id: str) -> ResponseReturnValue:
    """The provider's own file, byte for byte, where there is one; else one that we draw."""
    document = finance_of(panel()).document(current_customer_id(), document_id)
    if is_withheld(document, settings_of(panel())):
        return redirect(url_for("finance.document", document_id=document_id), code=303)
    name, original = f"{document.number}.pdf", _original(document)
    if original is not None:
        return download(original.chunks, name=name, mimetype=PDF, size=original.size)
    return download([_drawn(document)], name=name, mimetype=PDF)


def document_files() -> ResponseReturnValue:
    """Those that `id` names, in one file that is made while it is sent."""
    ids = tuple(dict.fromkeys(request.args.getlist("id")))
    if not 1 <= len(ids) <= MOST_AT_ONCE:
        flash(_("Please choose from 1 to %(most)d documents.", most=MOST_AT_ONCE), "warn")
        return redirect(url_for("finance.documents"), code=303)
    customer_id = current_customer_id()
    return download(
        _zip(_chosen(customer_id, ids)), name=f"dokumenty-{customer_id}.zip", mimetype="application/zip"
    )


def statement_table() -> ResponseReturnValue:
    chosen = read_statement_request(request.args, currency=panel().billing.currency)
    if not chosen.is_whole:
        return _back_to_choice(chosen)
    found = _statement(chosen)
    table = csv_table(tables.header(), tables.rows(found))
    return download(table, name=_name_of(found, "csv"), mimetype="text/csv")


def statement_paper() -> ResponseReturnValue:
    this, customer_id = panel(), current_customer_id()
    chosen = read_statement_request(request.args, currency=this.billing.currency)
    if not chosen.is_whole:
        return _back_to_choice(chosen)
    found = _statement(chosen)
    printed = PrintedStatement(
        provider=printed_seller(situation_of(this, customer_id).seller),
        customer=printed_customer(this.billing.customers.profile(customer_id)),
        since=found.since,
        until=found.until,
        opening=found.opening,
        printed_on=this.today,
    )
    paper = statement_pdf(printed, found.rows, language=language(), made_at=this.clock())
    return download([paper], name=_name_of(found, "pdf"), mimetype=PDF)


def _slips(payments: tuple[Payment, ...]) -> ResponseReturnValue:
    """Nothing to pay, or no account to pay to: back to the page that says so."""
    this = panel()
    payable = [payment for payment in payments if payment.has_slip]
    if not payable:
        return redirect(url_for("finance.payment"), code=303)
    payer = printed_customer(this.billing.customers.profile(current_customer_id()))
    has_code = settings_of(this).transfer_code
    slips = [printed_slip(payment, payer=payer, has_code=has_code) for payment in payable]
    paper = slips_pdf(slips, language=language(), made_at=this.clock())
    return download([paper], name="druk-wplaty.pdf", mimetype=PDF, is_shown=True)


def _original(document: Document) -> DocumentFile | None:
    try:
        return finance_of(panel()).document_file(current_customer_id(), document.id)
    except FileUnusable as error:
        log.warning("the file of a document cannot be given, so it is drawn: %s", error)
        return None


def _drawn(document: Document, account: AccountOf | None = None) -> bytes:
    this, customer_id = panel(), current_customer_id()
    return drawn_document(this, document, account or account_of(this, customer_id))


def _chosen(customer_id: str, ids: tuple[str, ...]) -> list[Document]:
    """In the order of `ids`. Among the newest they are settled together; only what is older is asked for by itself.

    Raises NotFound.
    """
    finance, known = finance_of(panel()), dict[str, Document]()
    if len(ids) > 1:
        newest = finance.documents(customer_id, DocumentRequest(limit=LOOKED_AT))
        known = {document.id: document for document in newest.rows}
    return [known.get(one) or finance.document(customer_id, one) for one in ids]


def _zip(documents: list[Document]) -> Iterator[bytes]:
    """One file at a time is in memory. What cannot be given is named in a file of its own."""
    archive, missing, taken = ZipStream(), list[str](), set[str]()
    account = account_of(panel(), current_customer_id())
    for document in documents:
        chunks = _given(document, account)
        if chunks is None:
            missing.append(document.number)
            continue
        archive.add(chunks, f"{_free_name(document.number, taken)}.pdf")
        yield from archive.file()
    if missing:
        archive.add("\n".join(missing).encode(), "brak.txt")
    yield from archive.finalize()


def _given(document: Document, account: AccountOf) -> Iterable[bytes] | None:
    """None for what waits for KSeF, and for what the billing cannot tell now."""
    if is_withheld(document, settings_of(panel())):
        return None
    try:
        original = _original(document)
        return original.chunks if original is not None else [_drawn(document, account)]
    except BillingError as error:
        log.warning("a document is left out of an archive: %s", error)
        return None


def _free_name(number: str, taken: set[str]) -> str:
    """Two documents may have one number, or numbers that differ in a stroke or in a capital letter alone."""
    name = safe_name(number)
    names = (name, *(f"{name}-{n}" for n in range(2, MOST_AT_ONCE + 2)))
    free = next(one for one in names if one.casefold() not in taken)
    taken.add(free.casefold())
    return free


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


def _name_of(statement: Statement, ending: str) -> str:
    return f"wyciag-{statement.since}-{statement.until}.{ending}"

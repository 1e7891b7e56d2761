"""The addresses of Finanse. What is switched off, or what the billing does not have, has none."""

from __future__ import annotations

from flask import Blueprint

from wbok.api import Panel
from wbok_finance import documents, ledgers, overview, papers, payments
from wbok_finance.offers import offers_of


def build_blueprint(panel: Panel) -> Blueprint:
    offers = offers_of(panel)
    blueprint = Blueprint("finance", __name__, template_folder="templates")
    blueprint.get("/")(overview.index)
    blueprint.get("/payment")(payments.payment)
    blueprint.get("/ledger")(ledgers.ledger)
    if offers.slip:
        blueprint.get("/slip.pdf")(papers.slip)
    if offers.statement:
        blueprint.get("/statement")(ledgers.statement)
        blueprint.get("/statement.csv")(papers.statement_table)
        blueprint.get("/statement.pdf")(papers.statement_paper)
    if offers.documents:
        blueprint.get("/documents/")(documents.documents)
        blueprint.get("/documents/<id:document_id>")(documents.document)
        blueprint.get("/documents/<id:document_id>/payment")(payments.document_payment)
    if offers.documents and offers.slip:
        blueprint.get("/documents/<id:document_id>/slip.pdf")(papers.document_slip)
    if offers.files:
        blueprint.get("/documents/<id:document_id>/file")(papers.document_file)
        blueprint.get("/documents.zip")(papers.document_files)
    return blueprint

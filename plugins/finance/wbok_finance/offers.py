"""What this panel's Finanse offers: what the billing can tell, less what the provider has switched off."""

from __future__ import annotations

from dataclasses import dataclass

from wbok.api import Finance, Panel, Seller, Unavailable
from wbok_finance.paying import Situation
from wbok_finance.settings import FinanceSettings


@dataclass(frozen=True, slots=True)
class Offers:
    documents: bool
    files: bool
    statement: bool
    slip: bool
    transfer_code: bool


def finance_of(panel: Panel) -> Finance:
    """The tab is on only when the billing has it."""
    if panel.billing.finance is None:
        raise Unavailable("the billing has no finance")
    return panel.billing.finance


def settings_of(panel: Panel) -> FinanceSettings:
    found: FinanceSettings = panel.tab_settings("finance")
    return found


def offers_of(panel: Panel) -> Offers:
    settings, parts = settings_of(panel), finance_of(panel).parts
    documents = "documents" in parts
    return Offers(
        documents=documents,
        files=documents and settings.files,
        statement=settings.statement and "ledger" in parts,
        slip=settings.slip,
        transfer_code=settings.transfer_code,
    )


def situation_of(panel: Panel, customer_id: str) -> Situation:
    """What is owed and agreed: at most three questions."""
    finance, office = finance_of(panel), panel.settings.office
    return Situation(
        customer_id=customer_id,
        settlement=finance.settlement(customer_id),
        terms=finance.terms(customer_id),
        currency=panel.billing.currency,
        today=panel.today,
        office=Seller(id="", name=office.name, street=office.address),
        template=settings_of(panel).account_template,
    )

"""What the billing knows, as the papers want it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wbok.api import (
    AddressKind,
    Document,
    DocumentDetails,
    DocumentKind,
    DocumentParty,
    KsefMark,
    KsefState,
    NotFound,
    Panel,
    Party,
    PrintedInvoice,
    Profile,
    Seller,
    Slip,
    clean_ksef_number,
    clean_verification_link,
    invoice_pdf,
    language,
)
from wbok_finance.offers import finance_of, settings_of, situation_of
from wbok_finance.paying import Payment, Situation

ADDRESSES = (AddressKind.HOME, AddressKind.MAILING, AddressKind.SERVICE)
"""The first that there is stands on paper."""


def printed_slip(payment: Payment, *, payer: Party, has_code: bool) -> Slip:
    """Raises ValueError for what no slip can be of; see `Payment.has_slip`."""
    if payment.account is None:
        raise ValueError("no account to pay to")
    return Slip(
        recipient=printed_seller(payment.seller),
        account=payment.account.number,
        amount=payment.amount,
        payer=payer,
        title=payment.title,
        due_on=payment.document.due_on if payment.document else None,
        code=payment.code if has_code else None,
    )


@dataclass(frozen=True, slots=True)
class AccountOf:
    """What is asked once for all the documents of one request."""

    profile: Profile
    situation: Situation


def account_of(panel: Panel, customer_id: str) -> AccountOf:
    return AccountOf(panel.billing.customers.profile(customer_id), situation_of(panel, customer_id))


def drawn_document(panel: Panel, document: Document, account: AccountOf) -> bytes:
    """A PDF of ours, where the provider has no file of his own."""
    finance, situation, profile = finance_of(panel), account.situation, account.profile
    customer_id = situation.customer_id
    details = finance.document_details(customer_id, document.id)
    has_lines = "document_lines" in finance.parts
    payment = situation.document(document)
    invoice = PrintedInvoice(
        kind=document.kind,
        number=document.number,
        issued_on=document.issued_on,
        seller=_party(details.seller) if details.seller else printed_seller(situation.seller),
        buyer=_buyer(details, profile),
        gross=document.gross,
        printed_on=panel.today,
        lines=finance.document_lines(customer_id, document.id) if has_lines else (),
        net=document.net,
        due_on=document.due_on,
        remaining=None if document.remaining is None else payment.amount,
        corrects=_corrected_number(panel, customer_id, document),
        sold_on=details.sold_on,
        place=details.place,
        payment_method=details.payment_method,
        reason=details.reason,
        remarks=details.remarks,
        ksef=ksef_mark(document, details),
        split_payment=document.split_payment,
        cancelled=document.cancelled,
    )
    if payment.amount.amount > 0 and payment.account:
        invoice = replace(
            invoice,
            recipient=payment.seller.name,
            account=payment.account.number,
            payment_title=payment.title,
            code=payment.code if settings_of(panel).transfer_code else None,
        )
    return invoice_pdf(invoice, language=language(), made_at=panel.clock())


def ksef_mark(document: Document, details: DocumentDetails) -> KsefMark | None:
    """None where there is nothing to show of KSeF. A number or link that is wrong is not shown."""
    number = clean_ksef_number(document.ksef_number) if document.ksef_number else None
    link = clean_verification_link(details.ksef_url) if details.ksef_url else None
    is_offline = document.ksef_state is KsefState.OFFLINE
    return KsefMark(number, link, is_offline) if number or link or is_offline else None


def printed_customer(profile: Profile) -> Party:
    customer = profile.customer
    known = {address.kind: address for address in reversed(profile.addresses)}
    address = next((known[kind] for kind in ADDRESSES if kind in known), None)
    lines = (address.street, f"{address.postcode or ''} {address.city}".strip()) if address else ()
    return Party(customer.name, lines, tax_id=customer.tax_id, customer_id=customer.id)


def printed_seller(seller: Seller) -> Party:
    return Party(seller.name, _lines(seller.street, seller.postcode, seller.city), seller.tax_id)


def _party(party: DocumentParty) -> Party:
    return Party(party.name, _lines(party.street, party.postcode, party.city), party.tax_id)


def _buyer(details: DocumentDetails, profile: Profile) -> Party:
    """As he was called when the document was issued."""
    if details.buyer is None:
        return printed_customer(profile)
    return replace(_party(details.buyer), customer_id=profile.customer.id)


def _lines(street: str | None, postcode: str | None, city: str | None) -> tuple[str, ...]:
    town = " ".join(part for part in (postcode, city) if part)
    return tuple(line for line in (street, town) if line)


def _corrected_number(panel: Panel, customer_id: str, document: Document) -> str | None:
    if document.kind is not DocumentKind.CORRECTION or document.corrects_id is None:
        return None
    try:
        return finance_of(panel).document(customer_id, document.corrects_id).number
    except NotFound:
        # Billings give the last years alone: what was corrected may be older.
        return None

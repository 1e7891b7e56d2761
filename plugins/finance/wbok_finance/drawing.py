"""What the billing knows, as the papers want it."""

from __future__ import annotations

from dataclasses import replace

from wbok.api import (
    AddressKind,
    Document,
    DocumentDetails,
    DocumentKind,
    DocumentParty,
    KsefMark,
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
from wbok_finance.paying import Payment

ADDRESSES = (AddressKind.HOME, AddressKind.MAILING, AddressKind.SERVICE)
"""The first that there is stands on paper."""


def printed_slip(payment: Payment, *, payer: Party, has_code: bool) -> Slip:
    """Raises ValueError for what no slip can be of; see `Payment.is_of_polish_banks`."""
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


def drawn_document(panel: Panel, customer_id: str, document: Document) -> bytes:
    """A PDF of ours, where the provider has no file of his own."""
    finance = finance_of(panel)
    details = finance.document_details(customer_id, document.id)
    has_lines = "document_lines" in finance.parts
    situation = situation_of(panel, customer_id)
    payment = situation.document(document)
    profile = panel.billing.customers.profile(customer_id)
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
        remaining=document.remaining,
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
            account=payment.account.number,
            payment_title=payment.title,
            code=payment.code if settings_of(panel).transfer_code else None,
        )
    return invoice_pdf(invoice, language=language(), made_at=panel.clock())


def ksef_mark(document: Document, details: DocumentDetails) -> KsefMark | None:
    """None for what does not go through KSeF. A number or link that is wrong is not shown."""
    if document.ksef_state is None and document.ksef_number is None:
        return None
    number = clean_ksef_number(document.ksef_number) if document.ksef_number else None
    link = clean_verification_link(details.ksef_url) if details.ksef_url else None
    return KsefMark(number, link)


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
    return finance_of(panel).document(customer_id, document.corrects_id).number

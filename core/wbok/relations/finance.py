"""The relations of what was charged and paid: ledger, documents, and what belongs to a document."""

from __future__ import annotations

from dataclasses import replace

from wbok.domain.finance import DocumentKind, KsefState
from wbok.relations.columns import CURRENCY, OWNER, Column, Relation, count, day, key, money, text, word
from wbok.relations.types import Family

DETAILS = (
    day("sold_on", "day of the supply"),
    text("place", "where it was issued"),
    text("payment_method", "how it is to be paid, as printed"),
    text("reason", "why it corrects, as printed on a correction"),
    text("remarks", "further words that must stand on it"),
    text("buyer_name", "the buyer as it was issued"),
    text("buyer_street", "the buyer's street with number"),
    text("buyer_postcode", "00-000"),
    text("buyer_city", "the buyer's town"),
    text("buyer_tax_id", "the buyer's NIP as printed"),
    text("seller_name", "the seller as it was issued; absent: whom the customer pays"),
    text("seller_street", "the seller's street with number"),
    text("seller_postcode", "00-000"),
    text("seller_city", "the seller's town"),
    text("seller_tax_id", "the seller's NIP as printed"),
    text("ksef_url", "where KSeF shows it, with the hash that the billing knows"),
    day("ksef_assigned_on", "when KSeF gave the number"),
)
"""Read for one document alone: what a Polish invoice needs (articles 106e and 106j of the VAT act), and KSeF."""

FINANCE = (
    Relation(
        "ledger",
        key="id",
        sort="booked_on",
        columns=(
            key("id", "key of the entry; grows with time"),
            OWNER,
            day("booked_on", "when it was booked", required=True),
            Column(
                "amount", Family.SUMMABLE, "money:decimal", "charge negative, payment positive", required=True
            ),
            CURRENCY,
            text("description", "what for", required=True),
            key("document_id", "the document that the entry comes from", required=False, refers="documents"),
            money("balance_after", "balance in this currency after this entry"),
        ),
    ),
    Relation(
        "documents",
        key="id",
        sort="issued_on",
        columns=(
            key("id", "key of the document; grows with time"),
            OWNER,
            text("number", "number on the document", required=True),
            word("kind", tuple(DocumentKind), "what it is", required=True),
            day("issued_on", "date on the document", required=True),
            day("due_on", "due date"),
            money("gross", "gross total; of a correction the signed difference", required=True),
            money("net", "net total, with the same sign"),
            CURRENCY,
            money("remaining", "what is still to be paid; absent: it follows from the balance"),
            Column("cancelled", Family.BOOL, "bool", "whether the document was cancelled"),
            key("corrects_id", "the document that this one corrects", required=False, refers="documents"),
            text("ksef_number", "number that KSeF gave to the document"),
            word("ksef_state", tuple(KsefState), "where it stands in KSeF; empty: it does not go there"),
            Column("split_payment", Family.BOOL, "bool", "whether the split payment mechanism is prescribed"),
            *(replace(column, in_detail=True) for column in DETAILS),
        ),
    ),
    Relation(
        "document_lines",
        key="position",
        within="document_id",
        columns=(
            key("document_id", "whose line it is", refers="documents"),
            OWNER,
            count("position", "count", "1, 2, 3 …", required=True),
            text("description", "what was sold", required=True),
            Column("quantity", Family.NUMBER, "number", "how many", required=True),
            text("unit", "unit of the quantity"),
            text("vat_rate", 'as printed: "23%", "zw."', required=True),
            money("net", "net of the line", required=True),
            money("vat", "VAT of the line", required=True),
            money("gross", "gross of the line", required=True),
            CURRENCY,
        ),
    ),
    Relation(
        "document_payments",
        key="id",
        within="document_id",
        columns=(
            key("id", "key of the payment; one payment may be for several documents"),
            key("document_id", "what was paid", refers="documents"),
            OWNER,
            day("paid_on", "when", required=True),
            money("amount", "how much of it for this document; given back: negative", required=True),
            CURRENCY,
            text("description", "how, or by whom"),
        ),
    ),
    Relation(
        "document_files",
        key="document_id",
        columns=(
            key("document_id", "whose original file it is, a PDF", refers="documents"),
            OWNER,
            text("name", "how the file is called when it is downloaded", required=True),
            replace(text("path", "where it lies in files_dir; or else content"), in_detail=True),
            Column("content", Family.BINARY, "binary", "its bytes; or else path", in_detail=True),
        ),
    ),
)

"""Documents, their lines, what was booked, KSeF."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Numeric, SmallInteger, String, UniqueConstraint

from wbok.adapters.lms.tables.columns import (
    BODY,
    currency,
    lms_table,
    long_text,
    moment,
    money,
    number,
    own_id,
    short_text,
    small,
)

documents = lms_table(
    "documents",
    own_id(),
    small("type"),
    number("number"),
    Column("fullnumber", String(50)),
    moment("cdate"),
    moment("sdate"),
    Column("customerid", Integer),
    short_text("name"),
    short_text("address"),
    Column("zip", String(10)),
    short_text("city", 32),
    Column("ten", String(50)),
    Column("divisionid", Integer),
    short_text("div_name"),
    short_text("div_address"),
    short_text("div_zip"),
    short_text("div_city"),
    short_text("div_ten", 128),
    short_text("div_account", 48),
    Column("div_inv_cplace", BODY),
    small("paytime"),
    Column("paytype", SmallInteger),
    small("closed"),
    Column("reference", Integer),
    short_text("reason"),
    small("cancelled"),
    small("published"),
    small("archived"),
    moment("confirmdate"),
    *currency(),
    number("flags", type=SmallInteger),
    Index("documents_cdate_idx", "cdate"),
    Index("documents_customerid_idx", "customerid"),
    Index("documents_closed_idx", "closed"),
    Index("documents_reference_idx", "reference"),
    Index("documents_type_idx", "type"),
)

documentcontents = lms_table(
    "documentcontents",
    Column("docid", Integer, nullable=False, unique=True),
    long_text("title"),
    moment("fromdate"),
    moment("todate"),
    long_text("description"),
)

documentattachments = lms_table(
    "documentattachments",
    own_id(),
    number("docid"),
    short_text("filename"),
    short_text("contenttype"),
    short_text("md5sum", 32),
    small("type"),
    UniqueConstraint("docid", "md5sum"),
)

invoicecontents = lms_table(
    "invoicecontents",
    number("docid"),
    small("itemid"),
    money("value", 12, 5),
    Column("taxid", Integer),
    short_text("content", 16),
    Column("count", Numeric(9, 3), nullable=False, server_default="0"),
    long_text("description"),
    Index("invoicecontents_docid_idx", "docid"),
    Index("invoicecontents_docid_itemid_idx", "docid", "itemid"),
)

debitnotecontents = lms_table(
    "debitnotecontents",
    own_id(),
    number("docid"),
    small("itemid"),
    money("value", 9, 2),
    long_text("description"),
    UniqueConstraint("docid", "itemid"),
)

receiptcontents = lms_table(
    "receiptcontents",
    number("docid"),
    small("itemid"),
    money("value", 9, 2),
    long_text("description"),
    Index("receiptcontents_docid_idx", "docid"),
)

cash = lms_table(
    "cash",
    own_id(),
    moment("time"),
    small("type"),
    money("value", 9, 2),
    Column("customerid", Integer),
    long_text("comment"),
    Column("docid", Integer),
    small("itemid"),
    *currency(),
    Index("cash_customerid_idx", "customerid"),
    Index("cash_docid_idx", "docid"),
    Index("cash_time_idx", "time"),
)

ksefdocuments = lms_table(
    "ksefdocuments",
    own_id(),
    Column("batchsessionid", Integer),
    Column("docid", Integer, ForeignKey("documents.id"), nullable=False),
    Column("ksefnumber", String(40)),
    Column("hash", String(50)),
    small("status"),
    Index("ksefdocuments_status_idx", "status"),
)

ksefbatchsessions = lms_table("ksefbatchsessions", own_id(), small("environment"))

ksefconfig = lms_table(
    "ksefconfig",
    own_id(),
    Column("divisionid", Integer),
    Column("delay", Integer),
    small("allconsumers"),
    moment("boundarydate"),
)

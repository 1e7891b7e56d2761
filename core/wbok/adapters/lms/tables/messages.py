"""Messages to customers and their files."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, UniqueConstraint

from wbok.adapters.lms.tables.columns import (
    BODY,
    lms_table,
    long_text,
    moment,
    number,
    own_id,
    short_text,
    small,
)

messages = lms_table(
    "messages",
    own_id(),
    short_text("subject"),
    long_text("body"),
    moment("cdate"),
    small("type"),
    moment("startdate"),
    Column("contenttype", String(255), server_default="text/plain"),
    Index("messages_cdate_idx", "cdate", "type"),
)

messageitems = lms_table(
    "messageitems",
    own_id(),
    number("messageid"),
    Column("customerid", Integer),
    short_text("destination"),
    moment("lastdate"),
    small("status"),
    moment("lastreaddate"),
    Column("subject", String(255)),
    Column("body", BODY),
    Index("messageitems_messageid_idx", "messageid"),
    Index("messageitems_customerid_idx", "customerid"),
)

filecontainers = lms_table("filecontainers", own_id(), Column("messageid", Integer))

files = lms_table(
    "files",
    own_id(),
    number("containerid"),
    short_text("filename"),
    short_text("contenttype"),
    short_text("md5sum", 32),
    UniqueConstraint("containerid", "md5sum"),
)

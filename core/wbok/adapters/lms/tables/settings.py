"""What LMS is set to, and its version."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, UniqueConstraint

from wbok.adapters.lms.tables.columns import lms_table, long_text, own_id, short_text, small

dbinfo = lms_table("dbinfo", Column("keytype", String(255), primary_key=True), short_text("keyvalue"))

uiconfig = lms_table(
    "uiconfig",
    own_id(),
    short_text("section", 64),
    short_text("var", 64),
    long_text("value"),
    small("disabled"),
    Column("userid", Integer),
    Column("divisionid", Integer),
    UniqueConstraint("section", "var", "userid", "divisionid"),
)

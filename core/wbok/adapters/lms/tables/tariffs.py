"""What customers pay for."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Numeric, SmallInteger, String

from wbok.adapters.lms.tables.columns import (
    EPOCH,
    lms_table,
    long_text,
    moment,
    money,
    number,
    own_id,
    short_text,
    small,
)

taxes = lms_table(
    "taxes",
    own_id(),
    money("value", 4, 2),
    small("taxed"),
    short_text("label", 16),
    small("reversecharge"),
)

tariffs = lms_table(
    "tariffs",
    own_id(),
    short_text("name"),
    small("type"),
    money("value", 9, 3),
    Column("netvalue", Numeric(9, 3)),
    Column("period", SmallInteger),
    Column("taxid", Integer),
    Column("currency", String(3)),
    small("flags"),
    number("uprate"),
    number("upceil"),
    number("downrate"),
    number("downceil"),
    long_text("description"),
    Column("voip_tariff_id", Integer),
    Column("voip_tariff_rule_id", Integer),
    Index("tariffs_type_idx", "type"),
)

tariffpricevariants = lms_table(
    "tariffpricevariants",
    own_id(),
    number("tariffid"),
    number("quantity_threshold"),
    Column("net_price", Numeric(9, 3)),
    Column("gross_price", Numeric(9, 3)),
)

liabilities = lms_table(
    "liabilities",
    own_id(),
    money("value", 9, 3),
    Column("netvalue", Numeric(9, 3)),
    long_text("name"),
    small("type"),
    Column("taxid", Integer),
    Column("currency", String(3)),
    small("flags"),
)

assignments = lms_table(
    "assignments",
    own_id(),
    Column("tariffid", Integer),
    Column("liabilityid", Integer),
    number("customerid"),
    small("period"),
    number("at", type=EPOCH),
    moment("datefrom"),
    moment("dateto"),
    small("suspended"),
    number("commited", type=SmallInteger, default="1"),
    money("pdiscount", 5, 2),
    money("vdiscount", 9, 3),
    Column("count", Numeric(9, 3), nullable=False, server_default="1"),
    Index("assignments_tariffid_idx", "tariffid"),
    Index("assignments_customerid_idx", "customerid"),
)

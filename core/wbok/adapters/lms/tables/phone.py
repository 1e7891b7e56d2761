"""Telephone: accounts, numbers, calls, packages."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)

from wbok.adapters.lms.tables.columns import (
    lms_table,
    long_text,
    moment,
    money,
    number,
    own_id,
    short_text,
    small,
)

voipaccounts = lms_table(
    "voipaccounts",
    own_id(),
    Column("ownerid", Integer, ForeignKey("customers.id")),
    short_text("login"),
    small("access"),
    small("flags"),
    long_text("description"),
)

voip_numbers = lms_table(
    "voip_numbers",
    own_id(),
    number("voip_account_id"),
    Column("phone", String(20), nullable=False, unique=True),
    Column("number_index", SmallInteger),
    Column("info", Text),
    UniqueConstraint("voip_account_id", "number_index"),
)

voip_number_assignments = lms_table(
    "voip_number_assignments",
    own_id(),
    number("number_id"),
    number("assignment_id"),
    UniqueConstraint("number_id", "assignment_id"),
)

voip_cdr = lms_table(
    "voip_cdr",
    own_id(),
    Column("caller", String(20), nullable=False),
    Column("callee", String(20), nullable=False),
    moment("call_start_time"),
    number("totaltime"),
    Column("billedtime", BigInteger, nullable=False, server_default="0"),
    money("price", 12, 5),
    small("status"),
    small("direction"),
    small("type"),
    Column("callervoipaccountid", Integer, ForeignKey("voipaccounts.id")),
    Column("calleevoipaccountid", Integer, ForeignKey("voipaccounts.id")),
    Column("caller_prefix_group", String(100)),
    Column("callee_prefix_group", String(100)),
    Column("uniqueid", String(80), nullable=False),
    UniqueConstraint("direction", "uniqueid"),
    Index("voip_cdr_caller_idx", "caller"),
    Index("voip_cdr_callee_idx", "callee"),
    Index("voip_cdr_call_start_time_idx", "call_start_time"),
)

voip_prefix_groups = lms_table("voip_prefix_groups", own_id(), short_text("name"))

voip_rule_groups = lms_table("voip_rule_groups", own_id(), short_text("name"))

voip_rules = lms_table(
    "voip_rules", own_id(), number("rule_group_id"), number("prefix_group_id"), Column("settings", Text)
)

voip_rule_states = lms_table(
    "voip_rule_states",
    own_id(),
    number("voip_account_id"),
    number("rule_id"),
    Column("units_left", Integer),
    UniqueConstraint("voip_account_id", "rule_id"),
)

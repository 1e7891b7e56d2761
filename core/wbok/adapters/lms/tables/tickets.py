"""The helpdesk, and who works there."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, SmallInteger, String, UniqueConstraint

from wbok.adapters.lms.tables.columns import lms_table, long_text, moment, number, own_id, short_text, small

rtqueues = lms_table("rtqueues", own_id(), short_text("name"), short_text("email"), small("deleted"))

rttickets = lms_table(
    "rttickets",
    own_id(),
    number("queueid"),
    Column("requestor", String(255)),
    Column("requestor_mail", String(255)),
    Column("requestor_phone", String(32)),
    Column("requestor_userid", Integer),
    short_text("subject"),
    small("state"),
    small("cause"),
    Column("owner", Integer),
    Column("customerid", Integer),
    Column("creatorid", Integer),
    moment("createtime"),
    moment("resolvetime"),
    moment("modtime"),
    small("source"),
    Column("priority", SmallInteger),
    small("deleted"),
    Column("address_id", Integer),
    Column("nodeid", Integer),
    Column("service", Integer),
    Column("type", Integer),
    Index("rttickets_queueid_idx", "queueid"),
    Index("rttickets_customerid_idx", "customerid"),
    Index("rttickets_creatorid_idx", "creatorid"),
    Index("rttickets_createtime_idx", "createtime"),
)

rtmessages = lms_table(
    "rtmessages",
    own_id(),
    number("ticketid"),
    Column("userid", Integer),
    Column("customerid", Integer),
    short_text("phonefrom", 20),
    short_text("mailfrom"),
    short_text("subject"),
    short_text("messageid"),
    Column("inreplyto", Integer),
    short_text("replyto"),
    long_text("headers"),
    long_text("body"),
    moment("createtime"),
    number("type"),
    small("deleted"),
    Column("contenttype", String(255), server_default="text/plain"),
    Index("rtmessages_ticketid_idx", "ticketid"),
)

rtattachments = lms_table(
    "rtattachments",
    number("messageid"),
    short_text("filename"),
    short_text("contenttype"),
    Column("cid", String(255)),
    Index("rtattachments_message_idx", "messageid"),
)

rtticketcategories = lms_table(
    "rtticketcategories",
    own_id(),
    number("ticketid"),
    number("categoryid"),
    UniqueConstraint("ticketid", "categoryid"),
)

rtcategories = lms_table("rtcategories", own_id(), short_text("name"))

users = lms_table(
    "users",
    own_id(),
    short_text("firstname", 64),
    short_text("lastname", 64),
    short_text("email"),
    Column("ntype", SmallInteger),
    small("deleted"),
    number("access", type=SmallInteger, default="1"),
)

rtrights = lms_table(
    "rtrights",
    own_id(),
    number("userid"),
    number("queueid"),
    number("rights"),
    UniqueConstraint("userid", "queueid"),
)

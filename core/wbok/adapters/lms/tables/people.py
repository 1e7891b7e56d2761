"""Customers, where they live, how they are reached, what they use."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, SmallInteger, String, Text, UniqueConstraint

from wbok.adapters.lms.tables.columns import (
    ADDRESS,
    lms_table,
    long_text,
    moment,
    number,
    own_id,
    short_text,
    small,
)

divisions = lms_table(
    "divisions",
    own_id(),
    short_text("shortname"),
    long_text("name"),
    short_text("ten", 128),
    short_text("account", 48),
    Column("bank", String(100)),
    Column("inv_paytime", SmallInteger),
    Column("address_id", Integer),
    small("status"),
)

addresses = lms_table(
    "addresses",
    own_id(),
    Column("name", Text),
    Column("city", String(100)),
    Column("postoffice", String(100)),
    Column("street", String(255)),
    Column("zip", String(10)),
    Column("country_id", Integer),
    Column("house", String(20)),
    Column("flat", String(20)),
)

customers = lms_table(
    "customers",
    own_id(),
    Column("extid", String(32), nullable=False, server_default=""),
    short_text("lastname", 128),
    short_text("name", 128),
    small("status"),
    small("type"),
    short_text("ten", 50),
    short_text("ssn", 50),
    moment("creationdate"),
    long_text("info"),
    long_text("notes"),
    long_text("message"),
    small("deleted"),
    short_text("pin"),
    moment("pinlastchange"),
    Column("divisionid", Integer),
    number("paytime", type=SmallInteger, default="-1"),
    Index("customers_lastname_idx", "lastname", "name"),
)

customer_addresses = lms_table(
    "customer_addresses",
    own_id(),
    Column("customer_id", Integer),
    Column("address_id", Integer),
    Column("type", SmallInteger),
    UniqueConstraint("customer_id", "address_id"),
)

customerextids = lms_table(
    "customerextids",
    number("customerid"),
    short_text("extid", 64),
    Column("serviceproviderid", Integer),
    UniqueConstraint("customerid", "extid", "serviceproviderid"),
)

customercontacts = lms_table(
    "customercontacts",
    own_id(),
    number("customerid"),
    Column("name", Text),
    short_text("contact"),
    Column("type", Integer),
    Index("customercontacts_customerid_idx", "customerid"),
    Index("customercontacts_contact_idx", "contact"),
)

customerconsents = lms_table(
    "customerconsents",
    number("customerid"),
    moment("cdate"),
    small("type"),
    UniqueConstraint("customerid", "type"),
)

up_customers = lms_table(
    "up_customers",
    own_id(),
    number("customerid"),
    moment("lastlogindate"),
    short_text("lastloginip", 40),
    moment("failedlogindate"),
    short_text("failedloginip", 40),
    small("enabled"),
)

nodes = lms_table(
    "nodes",
    own_id(),
    Column("name", String(32), nullable=False, unique=True),
    short_text("passwd", 32),
    number("ipaddr", type=ADDRESS),
    number("ipaddr_pub", type=ADDRESS),
    Column("ownerid", Integer),
    Column("netdev", Integer),
    small("access"),
    small("warning"),
    moment("lastonline"),
    Column("netid", Integer),
    Column("address_id", Integer),
    Index("nodes_ownerid_idx", "ownerid"),
    Index("nodes_netdev_idx", "netdev"),
)

netdevices = lms_table(
    "netdevices",
    own_id(),
    short_text("name", 60),
    Column("ownerid", Integer),
    Column("address_id", Integer),
)

macs = lms_table(
    "macs",
    own_id(),
    Column("mac", String(17), nullable=False),
    number("nodeid"),
    UniqueConstraint("mac", "nodeid"),
    Index("macs_nodeid_idx", "nodeid"),
)

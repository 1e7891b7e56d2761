"""The desk's tables. Notes have one of their own, which no question of a customer names."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text

from wbok.store.tables import CUSTOMER, HASH, metadata

NAME = String(255)
WORD = String(60)

tickets = Table(
    "desk_tickets",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("customer_id", CUSTOMER, nullable=False),
    Column("customer_hash", HASH, nullable=False),
    Column("kind", WORD, nullable=False),
    Column("category", WORD, nullable=False),
    Column("queue", WORD, nullable=False),
    Column("title", String(120), nullable=False),
    Column("phone", WORD, nullable=True),
    Column("status", WORD, nullable=False),
    Column("assignee", NAME, nullable=True),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=True),
    Column("is_unread", Boolean, nullable=False),
    # Open or unread: what badge, banner and card look at, however many tickets a customer had.
    Column("is_current", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("expected_on", Date, nullable=True),
    Index("desk_tickets_customer", "customer_hash", "id"),
    Index("desk_tickets_current", "customer_hash", "is_current", "id"),
    Index("desk_tickets_new", "customer_hash", "created_at"),
    Index("desk_tickets_status", "status", "id"),
)

entries = Table(
    "desk_entries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_id", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("side", WORD, nullable=False),
    Column("author", NAME, nullable=False),
    # Without text and status: the expected day was changed.
    Column("text", Text, nullable=True),
    Column("status", WORD, nullable=True),
    Column("details", Text, nullable=True),
    Column("expected_on", Date, nullable=True),
    Index("desk_entries_ticket", "ticket_id", "id"),
)

notes = Table(
    "desk_notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_id", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("author", NAME, nullable=False),
    Column("text", Text, nullable=False),
    Index("desk_notes_ticket", "ticket_id", "id"),
)

# Files with what was written. As long as one belongs to no ticket its form is not sent yet.
attachments = Table(
    "desk_attachments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("customer_hash", HASH, nullable=False),
    Column("ticket_id", Integer, nullable=True),
    Column("entry_id", Integer, nullable=True),
    Column("file", String(64), nullable=False),
    Column("name", NAME, nullable=False),
    Column("content_type", WORD, nullable=False),
    Column("size", Integer, nullable=False),
    Column("written_at", BigInteger, nullable=False),
    Index("desk_attachments_ticket", "ticket_id", "entry_id"),
    Index("desk_attachments_customer", "customer_hash"),
)

# Complaints, wherever their tickets live: what was filed and answered, unchangeable, and by when.
complaints = Table(
    "complaints",
    metadata,
    Column("customer_hash", HASH, primary_key=True),
    Column("number", WORD, primary_key=True),
    Column("customer_id", CUSTOMER, nullable=False),
    Column("filed_at", BigInteger, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("filing", Text, nullable=False),
    Column("answered_at", BigInteger, nullable=True),
    Column("answer", Text, nullable=True),
    Index("complaints_due", "answered_at", "due_on"),
    Index("complaints_number", "number"),
)

# One row for each customer who ever asked: whoever opens a ticket holds it, so that counting is exact.
askers = Table(
    "desk_askers",
    metadata,
    Column("customer_hash", HASH, primary_key=True),
)

# Of tickets that live in the billing: what was last noticed there, and whether their customer has seen it.
mirrored = Table(
    "billing_tickets",
    metadata,
    Column("customer_hash", HASH, primary_key=True),
    Column("number", WORD, primary_key=True),
    Column("title", NAME, nullable=False),
    Column("status", WORD, nullable=False),
    Column("kind", WORD, nullable=True),
    Column("category", WORD, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("is_unread", Boolean, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Index("billing_tickets_current", "customer_hash", "is_current", "created_at"),
)

# How far something was read that goes on for ever.
bookmarks = Table(
    "bookmarks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("place", String(255), nullable=False),
)

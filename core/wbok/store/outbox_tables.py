"""The outbox's tables: each letter once, a row for each of its recipients, and what customers want by e-mail."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from wbok.store.tables import CUSTOMER, HASH, metadata

WORD = String(20)
MOST_REASON = 500

letters = Table(
    "letters",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("topic", WORD, nullable=False),
    Column("title", String(255), nullable=False),
    Column("body", Text, nullable=False),
    Column("number", String(60), nullable=True),
    Column("customer_id", CUSTOMER, nullable=True),
    Column("author", String(255), nullable=True),
    Column("phone", String(60), nullable=True),
    Column("link", String(255), nullable=True),
    Column("valid_to", BigInteger, nullable=True),
    Column("written_at", BigInteger, nullable=False),
    Index("letters_written", "written_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("letter", HASH, nullable=False),
    Column("recipient_kind", WORD, nullable=False),
    Column("recipient", CUSTOMER, nullable=False),
    Column("recipient_hash", HASH, nullable=False),
    Column("status", WORD, nullable=False),
    Column("tries", Integer, nullable=False),
    # Of the sender who has it, or had it last: only he may go on with it.
    Column("claim", String(32), nullable=True),
    # 0: as soon as possible, whatever the clock says.
    Column("due_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("reason", String(MOST_REASON), nullable=False),
    Index("outbox_letter", "letter", "recipient_hash", unique=True),
    Index("outbox_status", "status", "due_at", "id"),
    Index("outbox_claim", "claim"),
)

email_choices = Table(
    "email_choices",
    metadata,
    Column("customer_hash", HASH, primary_key=True),
    Column("customer_id", CUSTOMER, nullable=False),
    Column("commercial", Boolean, nullable=False),
    Column("billing", Boolean, nullable=False),
    Column("service", Boolean, nullable=False),
    Column("answers", Boolean, nullable=False),
    Column("address_key", HASH, nullable=True),
    Column("language", String(5), nullable=True),
    Column("changed_at", BigInteger, nullable=False),
)

"""The store's tables. Moments are whole seconds since 1970 (UTC), so every database compares them alike.

Keys that come from outside are hashed before they become primary keys: some databases compare text without
case and trailing blanks, and would take two customers for one.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

HASH = String(64)
CUSTOMER = String(255)
ADDRESS = String(64)

login_guard = Table(
    "login_guard",
    metadata,
    Column("subject", HASH, primary_key=True),
    Column("customer_id", CUSTOMER, nullable=True),
    Column("pending", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("tried_at", BigInteger, nullable=False),
    Column("locked_at", BigInteger, nullable=True),
    Index("login_guard_locked", "locked_at"),
)

login_known_wrong = Table(
    "login_known_wrong",
    metadata,
    Column("mark", HASH, primary_key=True),
    Column("noted_at", BigInteger, nullable=False),
    Index("login_known_wrong_noted", "noted_at"),
)

login_addresses = Table(
    "login_addresses",
    metadata,
    Column("address", ADDRESS, primary_key=True),
    Column("failed", Integer, nullable=False),
)

login_address_subjects = Table(
    "login_address_subjects",
    metadata,
    Column("address", ADDRESS, primary_key=True),
    Column("subject", HASH, primary_key=True),
    Column("failed_at", BigInteger, nullable=False),
    Column("succeeded_at", BigInteger, nullable=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", HASH, primary_key=True),
    Column("customer_id", CUSTOMER, nullable=False),
    Column("customer_hash", HASH, nullable=True),
    Column("customer_name", String(255), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("address", ADDRESS, nullable=False),
    # What was typed at login beside the PIN, for who is asked for the PIN again; and when he last typed it again.
    Column("login", String(255), nullable=True),
    Column("pin_at", BigInteger, nullable=True),
    Index("sessions_customer", "customer_id"),
    Index("sessions_seen", "seen_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(40), nullable=False),
    Column("customer_id", CUSTOMER, nullable=True),
    Column("address", ADDRESS, nullable=True),
    Column("details", String(500), nullable=False),
    Index("audit_customer", "customer_id", "id"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("key_hash", HASH, primary_key=True),
    Column("outcome", String(255), nullable=False),
    Column("done_at", BigInteger, nullable=False),
    Index("idempotency_keys_done", "done_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", HASH, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("title", String(255), nullable=False),
    Column("body", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("to_all", Boolean, nullable=False),
    Column("link", String(255), nullable=True),
    Column("sent_at", BigInteger, nullable=False),
    Column("valid_from", BigInteger, nullable=False),
    Column("valid_to", BigInteger, nullable=True),
    Column("delivery_id", HASH, nullable=False),
    Index("messages_to_all", "to_all", "valid_from"),
    Index("messages_urgent", "to_all", "urgent", "valid_from"),
    Index("messages_delivery", "delivery_id", unique=True),
)

message_recipients = Table(
    "message_recipients",
    metadata,
    Column("customer_hash", HASH, primary_key=True),
    Column("delivery_id", HASH, primary_key=True),
    # As in the message, and whether it was read: by them a customer's few are found among all that he ever had.
    Column("valid_from", BigInteger, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("is_unread", Boolean, nullable=False),
    Index("message_recipients_delivery", "delivery_id"),
    Index("message_recipients_unread", "customer_hash", "is_unread", "valid_from"),
    Index("message_recipients_urgent", "customer_hash", "urgent", "valid_from"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", HASH, primary_key=True),
    Column("began_at", BigInteger, nullable=False),
)

message_marks = Table(
    "message_marks",
    metadata,
    Column("customer_hash", HASH, primary_key=True),
    # Of the panel's own messages the id, of the billing's notices the hash of the id.
    Column("message_id", HASH, primary_key=True),
    Column("origin", String(1), nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("read_at", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger, nullable=True),
    Index("message_marks_newest", "customer_hash", "origin", "sent_at"),
)

milestones = Table(
    "milestones",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("reached_at", BigInteger, nullable=False),
)

kept_forms = Table(
    "kept_forms",
    metadata,
    Column("session_hash", HASH, primary_key=True),
    Column("owner", HASH, nullable=False),
    Column("path", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
    Index("kept_forms_kept", "kept_at"),
)

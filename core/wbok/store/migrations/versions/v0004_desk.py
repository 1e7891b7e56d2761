"""The desk: tickets, their threads, the office's notes; and forms whose sending failed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    _tickets()
    op.create_table(
        "desk_entries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("side", sa.String(60), nullable=False),
        sa.Column("author", sa.String(255), nullable=False),
        sa.Column("text", sa.Text, nullable=True),
        sa.Column("status", sa.String(60), nullable=True),
        **EXACTLY,
    )
    op.create_index("desk_entries_ticket", "desk_entries", ["ticket_id", "id"])
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("ticket_id", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(255), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        **EXACTLY,
    )
    op.create_index("desk_notes_ticket", "desk_notes", ["ticket_id", "id"])
    op.create_table("desk_askers", sa.Column("customer_hash", sa.String(64), primary_key=True), **EXACTLY)
    op.create_table(
        "kept_forms",
        sa.Column("session_hash", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        **EXACTLY,
    )
    op.create_index("kept_forms_kept", "kept_forms", ["kept_at"])


def _tickets() -> None:
    op.create_table(
        "desk_tickets",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("customer_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("category", sa.String(60), nullable=False),
        sa.Column("queue", sa.String(60), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(60), nullable=True),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("assignee", sa.String(255), nullable=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=True),
        sa.Column("is_unread", sa.Boolean, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        **EXACTLY,
    )
    op.create_index("desk_tickets_customer", "desk_tickets", ["customer_hash", "id"])
    op.create_index("desk_tickets_current", "desk_tickets", ["customer_hash", "is_current", "id"])
    op.create_index("desk_tickets_new", "desk_tickets", ["customer_hash", "created_at"])
    op.create_index("desk_tickets_status", "desk_tickets", ["status", "id"])

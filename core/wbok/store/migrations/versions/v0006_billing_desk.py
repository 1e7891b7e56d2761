"""Tickets that live in the billing: what was noticed of them, and how far the billing's changes were read."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.create_table(
        "billing_tickets",
        sa.Column("customer_hash", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(60), primary_key=True),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("status", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(60), nullable=True),
        sa.Column("category", sa.String(60), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("is_unread", sa.Boolean, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        **EXACTLY,
    )
    op.create_index(
        "billing_tickets_current", "billing_tickets", ["customer_hash", "is_current", "created_at"]
    )
    op.create_table(
        "bookmarks",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("place", sa.String(255), nullable=False),
        **EXACTLY,
    )

"""E-mail that leaves the panel, and what each customer wants of it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("number", sa.String(60), nullable=True),
        sa.Column("customer_id", sa.String(255), nullable=True),
        sa.Column("author", sa.String(255), nullable=True),
        sa.Column("phone", sa.String(60), nullable=True),
        sa.Column("link", sa.String(255), nullable=True),
        sa.Column("valid_to", sa.BigInteger, nullable=True),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        **EXACTLY,
    )
    op.create_index("letters_written", "letters", ["written_at"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("letter", sa.String(64), nullable=False),
        sa.Column("recipient_kind", sa.String(20), nullable=False),
        sa.Column("recipient", sa.String(255), nullable=False),
        sa.Column("recipient_hash", sa.String(64), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claim", sa.String(32), nullable=True),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        **EXACTLY,
    )
    op.create_index("outbox_letter", "outbox", ["letter", "recipient_hash"], unique=True)
    op.create_index("outbox_status", "outbox", ["status", "due_at", "id"])
    op.create_index("outbox_claim", "outbox", ["claim"])
    op.create_table(
        "email_choices",
        sa.Column("customer_hash", sa.String(64), primary_key=True),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("commercial", sa.Boolean, nullable=False),
        sa.Column("billing", sa.Boolean, nullable=False),
        sa.Column("service", sa.Boolean, nullable=False),
        sa.Column("answers", sa.Boolean, nullable=False),
        sa.Column("address_key", sa.String(64), nullable=True),
        sa.Column("language", sa.String(5), nullable=True),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        **EXACTLY,
    )

"""Login guard, addresses, sessions, audit."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# MariaDB would compare without case, and take two customers for one.
EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.create_table(
        "login_guard",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("customer_id", sa.String(255), nullable=True),
        sa.Column("pending", sa.Integer, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.BigInteger, nullable=False),
        sa.Column("locked_at", sa.BigInteger, nullable=True),
        **EXACTLY,
    )
    op.create_index("login_guard_locked", "login_guard", ["locked_at"])
    op.create_table(
        "login_addresses",
        sa.Column("address", sa.String(64), primary_key=True),
        sa.Column("failed", sa.Integer, nullable=False),
        **EXACTLY,
    )
    op.create_table(
        "login_address_subjects",
        sa.Column("address", sa.String(64), primary_key=True),
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("failed_at", sa.BigInteger, nullable=False),
        sa.Column("succeeded_at", sa.BigInteger, nullable=True),
        **EXACTLY,
    )
    op.create_table(
        "sessions",
        sa.Column("id_hash", sa.String(64), primary_key=True),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("customer_name", sa.String(255), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        **EXACTLY,
    )
    op.create_index("sessions_customer", "sessions", ["customer_id"])
    op.create_index("sessions_seen", "sessions", ["seen_at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("customer_id", sa.String(255), nullable=True),
        sa.Column("address", sa.String(64), nullable=True),
        sa.Column("details", sa.String(500), nullable=False),
        **EXACTLY,
    )
    op.create_index("audit_customer", "audit", ["customer_id", "id"])

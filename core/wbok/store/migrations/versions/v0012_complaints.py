"""Fields of forms, expected days and complaints."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.add_column("desk_tickets", sa.Column("expected_on", sa.Date, nullable=True))
    op.add_column("desk_entries", sa.Column("details", sa.Text, nullable=True))
    op.add_column("desk_entries", sa.Column("expected_on", sa.Date, nullable=True))
    op.create_table(
        "complaints",
        sa.Column("customer_hash", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(60), primary_key=True),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("filed_at", sa.BigInteger, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("filing", sa.Text, nullable=False),
        sa.Column("answered_at", sa.BigInteger, nullable=True),
        sa.Column("answer", sa.Text, nullable=True),
        **EXACTLY,
    )
    op.create_index("complaints_due", "complaints", ["answered_at", "due_on"])
    op.create_index("complaints_number", "complaints", ["number"])

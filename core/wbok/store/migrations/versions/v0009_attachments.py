"""Files that customers send with their tickets; what is in them lies in a folder."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "desk_attachments",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("customer_hash", sa.String(64), nullable=False),
        sa.Column("ticket_id", sa.Integer, nullable=True),
        sa.Column("entry_id", sa.Integer, nullable=True),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("content_type", sa.String(60), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_index("desk_attachments_ticket", "desk_attachments", ["ticket_id", "entry_id"])
    op.create_index("desk_attachments_customer", "desk_attachments", ["customer_hash"])

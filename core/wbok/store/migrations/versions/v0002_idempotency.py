"""What was already done, so that a form sent twice does it once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("outcome", sa.String(255), nullable=False),
        sa.Column("done_at", sa.BigInteger, nullable=False),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_index("idempotency_keys_done", "idempotency_keys", ["done_at"])

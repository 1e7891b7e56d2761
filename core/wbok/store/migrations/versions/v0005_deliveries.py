"""Each try to send a message has recipients of its own, which the message names."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        **EXACTLY,
    )
    op.add_column("messages", sa.Column("delivery_id", sa.String(64), nullable=True))
    op.execute("UPDATE messages SET delivery_id = id")
    with op.batch_alter_table("messages") as table:
        table.alter_column("delivery_id", existing_type=sa.String(64), nullable=False)
    op.create_index("messages_delivery", "messages", ["delivery_id"], unique=True)
    with op.batch_alter_table("message_recipients") as table:
        table.alter_column(
            "message_id", new_column_name="delivery_id", existing_type=sa.String(64), existing_nullable=False
        )
    op.create_index("message_recipients_delivery", "message_recipients", ["delivery_id"])

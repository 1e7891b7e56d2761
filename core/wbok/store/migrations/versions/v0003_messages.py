"""Messages of the panel, to whom, and when they were read; the customer of a session as a hash."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from wbok.store.hashes import key_hash

revision = "0003"
down_revision = "0002"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("to_all", sa.Boolean, nullable=False),
        sa.Column("link", sa.String(255), nullable=True),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("valid_from", sa.BigInteger, nullable=False),
        sa.Column("valid_to", sa.BigInteger, nullable=True),
        **EXACTLY,
    )
    op.create_index("messages_to_all", "messages", ["to_all", "valid_from"])
    op.create_table(
        "message_recipients",
        sa.Column("customer_hash", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.String(64), primary_key=True),
        **EXACTLY,
    )
    op.create_table(
        "message_marks",
        sa.Column("customer_hash", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.String(64), primary_key=True),
        sa.Column("origin", sa.String(1), nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("read_at", sa.BigInteger, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger, nullable=True),
        **EXACTLY,
    )
    op.create_index("message_marks_newest", "message_marks", ["customer_hash", "origin", "sent_at"])
    op.create_table(
        "milestones",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("reached_at", sa.BigInteger, nullable=False),
        **EXACTLY,
    )
    _hash_customers_of_sessions()


def _hash_customers_of_sessions() -> None:
    op.add_column("sessions", sa.Column("customer_hash", sa.String(64), nullable=True))
    sessions = sa.table(
        "sessions", sa.column("id_hash"), sa.column("customer_id"), sa.column("customer_hash")
    )
    connection = op.get_bind()
    for id_hash, customer_id in connection.execute(
        sa.select(sessions.c.id_hash, sessions.c.customer_id)
    ).all():
        connection.execute(
            sessions.update().where(sessions.c.id_hash == id_hash).values(customer_hash=key_hash(customer_id))
        )

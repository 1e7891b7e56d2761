"""Messages in Markdown, their files, what is searched; who received them; outages that are known."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from wbok.domain.search import folded

revision = "0013"
down_revision = "0012"

EXACTLY: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}
ADDED: dict[str, sa.types.TypeEngine[Any]] = {
    "is_markdown": sa.Boolean(),
    "is_legal": sa.Boolean(),
    "files": sa.Integer(),
    "summary": sa.String(300),
    "folded": sa.Text(),
}


def upgrade() -> None:
    for name, kind in ADDED.items():
        op.add_column("messages", sa.Column(name, kind, nullable=True))
    _fill()
    with op.batch_alter_table("messages") as table:
        for name, kind in ADDED.items():
            table.alter_column(name, existing_type=kind, nullable=False)
    _widen_recipients()
    op.add_column("letters", sa.Column("attached", sa.Text, nullable=True))
    op.create_index("message_marks_message", "message_marks", ["message_id"])
    op.create_table(
        "message_files",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("delivery_id", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("content_type", sa.String(60), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("is_legal", sa.Boolean, nullable=False),
        **EXACTLY,
    )
    op.create_index("message_files_delivery", "message_files", ["delivery_id"])
    op.create_table(
        "message_file_parts",
        sa.Column("file_id", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        **EXACTLY,
    )
    op.create_table(
        "outages",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("to_all", sa.Boolean, nullable=False),
        sa.Column("delivery_id", sa.String(64), nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("until_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=True),
        **EXACTLY,
    )
    op.create_index("outages_until", "outages", ["until_at"])


def _widen_recipients() -> None:
    op.add_column("message_recipients", sa.Column("customer_id", sa.String(255), nullable=True))
    op.add_column("message_recipients", sa.Column("message_id", sa.String(64), nullable=True))
    its = "(SELECT m.id FROM messages m WHERE m.delivery_id = message_recipients.delivery_id)"
    op.execute(f"UPDATE message_recipients SET message_id = {its}")  # noqa: S608 (of words of ours)
    order = ["valid_from", "message_id"]
    op.create_index("message_recipients_newest", "message_recipients", ["customer_hash", *order])
    op.create_index("message_recipients_unread", "message_recipients", ["customer_hash", "is_unread", *order])
    op.create_index("message_recipients_urgent", "message_recipients", ["customer_hash", "urgent", *order])
    op.drop_index("messages_to_all", "messages")
    op.create_index("messages_to_all", "messages", ["to_all", "valid_from", "id"])
    op.create_index("messages_urgent", "messages", ["to_all", "urgent", "valid_from", "id"])


def _fill() -> None:
    """What was sent before is plain text."""
    messages = sa.table(
        "messages",
        sa.column("id", sa.String(64)),
        sa.column("title", sa.String(255)),
        sa.column("body", sa.Text()),
        *(sa.column(name, kind) for name, kind in ADDED.items()),
    )
    connection, m = op.get_bind(), messages.c
    connection.execute(sa.update(messages).values(is_markdown=False, is_legal=False, files=0))
    # Several updates at once name the row by another word than its column.
    one = sa.update(messages).where(m.id == sa.bindparam("message"))
    told = one.values(summary=sa.bindparam("told_summary"), folded=sa.bindparam("told_folded"))
    for rows in connection.execute(sa.select(m.id, m.title, m.body)).partitions(500):
        filled = [
            {
                "message": row.id,
                "told_summary": " ".join(row.body.split())[:300],
                "told_folded": folded(f"{row.title} {row.body}")[:16_000],
            }
            for row in rows
        ]
        connection.execute(told, filled)

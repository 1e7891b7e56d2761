"""Unread and urgent messages of a customer are found without reading all that he ever had."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

FLAGS = ("urgent", "is_unread")


def upgrade() -> None:
    recipients, messages, marks = _tables()
    op.add_column("message_recipients", sa.Column("valid_from", sa.BigInteger, nullable=True))
    for name in FLAGS:
        op.add_column("message_recipients", sa.Column(name, sa.Boolean, nullable=True))
    named = messages.c.delivery_id == recipients.c.delivery_id
    was_read = sa.and_(
        marks.c.customer_hash == recipients.c.customer_hash, marks.c.message_id == messages.c.id
    )
    read = sa.exists().where(named, was_read).correlate(recipients)
    op.execute(
        sa.update(recipients).values(
            valid_from=sa.select(messages.c.valid_from).where(named).scalar_subquery(),
            urgent=sa.select(messages.c.urgent).where(named).scalar_subquery(),
            is_unread=sa.case((read, sa.false()), else_=sa.true()),
        )
    )
    # Of what was cut off while it was sent, which nobody sees and which is cleared away.
    cut_off = recipients.c.valid_from.is_(None)
    op.execute(sa.update(recipients).where(cut_off).values(valid_from=0, urgent=sa.false()))
    with op.batch_alter_table("message_recipients") as table:
        table.alter_column("valid_from", existing_type=sa.BigInteger, nullable=False)
        for name in FLAGS:
            table.alter_column(name, existing_type=sa.Boolean, nullable=False)
    for flag, index in zip(FLAGS, ("message_recipients_urgent", "message_recipients_unread"), strict=True):
        op.create_index(index, "message_recipients", ["customer_hash", flag, "valid_from"])
    op.create_index("messages_urgent", "messages", ["to_all", "urgent", "valid_from"])


def _tables() -> tuple[sa.TableClause, sa.TableClause, sa.TableClause]:
    columns = [sa.column("delivery_id"), sa.column("valid_from"), sa.column("urgent", sa.Boolean)]
    return (
        sa.table(
            "message_recipients", sa.column("customer_hash"), sa.column("is_unread", sa.Boolean), *columns
        ),
        sa.table("messages", sa.column("id"), *(sa.column(c.name, c.type) for c in columns)),
        sa.table("message_marks", sa.column("customer_hash"), sa.column("message_id")),
    )

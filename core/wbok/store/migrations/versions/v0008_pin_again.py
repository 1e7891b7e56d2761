"""What somebody logged in with, and when he last typed his PIN again: for pages that ask for it once more."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("login", sa.String(255), nullable=True))
    op.add_column("sessions", sa.Column("pin_at", sa.BigInteger, nullable=True))

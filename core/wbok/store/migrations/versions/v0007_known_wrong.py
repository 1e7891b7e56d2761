"""PINs that are known not to open somebody who shares his login."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "login_known_wrong",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("noted_at", sa.BigInteger, nullable=False),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
    )
    op.create_index("login_known_wrong_noted", "login_known_wrong", ["noted_at"])

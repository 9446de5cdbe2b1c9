"""gradings that wait for an instructor to hand them back"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("gradings", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))

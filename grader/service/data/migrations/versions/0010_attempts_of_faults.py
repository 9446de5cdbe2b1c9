"""gradings that failed by the same fault of the grader with every try of the file: they use an attempt"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("gradings", sa.Column("uses_attempt", sa.Boolean(), nullable=False, server_default=sa.false()))

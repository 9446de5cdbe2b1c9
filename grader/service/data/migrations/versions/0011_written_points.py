"""points of answers that a person has read, by question"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("adjustments", sa.Column("written", sa.JSON(), nullable=True))

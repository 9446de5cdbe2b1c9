"""what class pages and gradebooks need of a report, beside it; of older gradings it is made when it is asked for"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("gradings", sa.Column("remarks", sa.JSON(), nullable=True))
    op.add_column("gradings", sa.Column("evidence", sa.Text(), nullable=True))
    op.add_column("gradings", sa.Column("curves", sa.Text(), nullable=True))

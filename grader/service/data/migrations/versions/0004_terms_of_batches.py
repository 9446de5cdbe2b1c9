"""a batch's own terms, and its entries as the download has them"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Never by way of a new table, as Alembic's batches do on SQLite: dropping the old one would delete what refers to it.


def upgrade() -> None:
    op.add_column("batches", sa.Column("seed", sa.Integer(), nullable=True))
    op.add_column("batches", sa.Column("policy", sa.JSON(), nullable=True))
    op.add_column("batches", sa.Column("adjustments", sa.JSON(), nullable=True))
    op.add_column("submissions", sa.Column("entry", sa.JSON(), nullable=True))

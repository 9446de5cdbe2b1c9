"""what was typed when a sign-in had ended"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unsent", sa.JSON(none_as_null=True), nullable=True))

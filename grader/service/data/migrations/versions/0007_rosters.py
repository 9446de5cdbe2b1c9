"""who handed out a token; what Canvas calls somebody who is enrolled"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("tokens") as tokens:
        tokens.add_column(sa.Column("made_by_id", sa.Integer(), nullable=True))
        tokens.create_foreign_key("fk_tokens_made_by_id", "users", ["made_by_id"], ["id"], ondelete="SET NULL")
    op.add_column("enrollments", sa.Column("canvas", sa.JSON(none_as_null=True), nullable=True))

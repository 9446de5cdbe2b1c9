"""whose fault a grading failed by: the grader's, or that of a check of the assignment"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("gradings", sa.Column("fault", sa.String(20), nullable=False, server_default="grader"))

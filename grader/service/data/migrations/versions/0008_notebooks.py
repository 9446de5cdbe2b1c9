"""annotated notebooks and Gradescope's results, made by workers while they have the submission at hand"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_COLUMNS = ("student_notebook", "instructor_notebook", "results")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("gradings", sa.Column(name, sa.String(length=64), nullable=True))

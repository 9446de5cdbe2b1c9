"""what counts of errors carried forward, as a course sets it

Courses that have set nothing go by the assignment, like those that are new. What is graded stays as it is until it is
graded again, and that is shown before it counts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("course_assignments", sa.Column("carried_forward", sa.String(length=10), nullable=True))

"""a secret for each assignment of a course, under which anonymous reports get their names"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ASSIGNMENTS = sa.table("course_assignments", sa.column("id"), sa.column("pseudonym_key"))


def upgrade() -> None:
    op.add_column("course_assignments", sa.Column("pseudonym_key", sa.String(length=64), nullable=True))
    connection = op.get_bind()
    for id_ in connection.scalars(sa.select(_ASSIGNMENTS.c.id)).all():
        own = sa.update(_ASSIGNMENTS).where(_ASSIGNMENTS.c.id == id_)
        connection.execute(own.values(pseudonym_key=secrets.token_hex(32)))

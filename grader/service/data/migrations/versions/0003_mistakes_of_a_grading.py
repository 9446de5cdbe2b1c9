"""the mistakes of a grading, those of its training runs among them"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_GRADINGS = sa.table("gradings", sa.column("id"), sa.column("functions", sa.JSON), sa.column("mistakes", sa.JSON))


def upgrade() -> None:
    with op.batch_alter_table("gradings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mistakes", sa.JSON(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    for id_, functions in connection.execute(sa.select(_GRADINGS.c.id, _GRADINGS.c.functions)).all():
        named = {title: title for function in functions or () for title in function["diagnoses"]}  # no code was kept
        if named:
            connection.execute(sa.update(_GRADINGS).where(_GRADINGS.c.id == id_).values(mistakes=named))

"""files that somebody has explained, outside of any assignment"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "explained_files",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200), nullable=True),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.Column("cost", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(80), nullable=True),
        sa.Column("claim", sa.String(80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.String(64), nullable=True),
        sa.Column("page", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_explained_files_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explained_files")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_explained_files_user_id_key")),
        sa.UniqueConstraint("job", name=op.f("uq_explained_files_job")),
    )
    op.create_index(op.f("ix_explained_files_created_at"), "explained_files", ["created_at"])

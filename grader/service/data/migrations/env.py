"""Alembic's environment: runs migrations on the connection that `grader.service.data.migrate` hands over."""

from typing import Any, Literal

from alembic import context

from grader.service.data.base import Base, UtcDateTime


def ours(object: Any, name: str | None, kind: str, reflected: bool, compared_to: Any) -> bool:
    """The queue's own tables, which share the database on SQLite, are left alone."""
    return kind != "table" or name in Base.metadata.tables


def rendered(kind: str, object: Any, autogenerate: Any) -> str | Literal[False]:
    """A migration stays what it was when our own types change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(object, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=ours,
    render_item=rendered,
    render_as_batch=True,  # SQLite cannot alter a column in place
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

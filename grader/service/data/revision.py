"""Whether a database has the tables that this version of the service works with; it is asked often, without Alembic."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from grader.service.errors import Unavailable

MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.Text))


def demand_current(engine: sa.Engine) -> None:
    """Raises Unavailable: the tables are older or newer than this version of the service."""
    with engine.connect() as connection:
        is_there = sa.inspect(connection).has_table(_VERSION.name)
        found = connection.scalar(sa.select(_VERSION)) if is_there else None
    if found != newest():
        raise Unavailable(
            f"the database is at revision {found or 'none'}, this version of the grader needs {newest()}: "
            "run `grade migrate`"
        )


@cache
def newest() -> str:
    """The last of the migrations, whose files begin with their numbers."""
    return max(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))

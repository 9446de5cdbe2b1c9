"""The tables, on both databases: made by the migrations, and as they are declared."""

import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from grader.service.data import Base, make_engine
from grader.service.data.migrate import configuration, migrate
from grader.service.data.revision import demand_current, newest
from grader.service.errors import Unavailable


def test_migrations_make_what_is_declared_and_leave_the_queue_alone(database_url):
    engine = make_engine(database_url)
    with pytest.raises(Unavailable, match=re.escape("run `grade migrate`")):
        demand_current(engine)
    migrate(engine)
    demand_current(engine)
    queue_before, ours = tables(engine)
    assert ours == set(Base.metadata.tables)
    migrate(engine)
    assert tables(engine) == (queue_before, ours)
    demand_current(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, parents: is_ours(name, kind)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        assert ScriptDirectory.from_config(configuration(connection)).get_current_head() == newest()
    engine.dispose()


def tables(engine):
    """Names of the queue's tables, and of ours."""
    inspector = sa.inspect(engine)
    names = set(inspector.get_table_names()) - {"alembic_version"}
    ours = names & set(Base.metadata.tables)
    if engine.dialect.name == "postgresql":
        return set(inspector.get_table_names("dbos")), ours
    return names - ours, ours


def is_ours(name, kind):
    return kind != "table" or name in Base.metadata.tables

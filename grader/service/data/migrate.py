"""Bringing a database up to date: our tables by Alembic, the queue's by DBOS."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from dbos import run_dbos_database_migrations

from grader.service.data.revision import MIGRATIONS

_LOCK = 0x67726164  # of PostgreSQL's advisory locks: one migration at a time


def migrate(engine: sa.Engine) -> None:
    """Bring the tables up to date; safe to be called by several processes at once."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(connection), "head")
    run_dbos_database_migrations(engine.url.render_as_string(hide_password=False).replace("+psycopg", "", 1))


def configuration(connection: sa.Connection) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config

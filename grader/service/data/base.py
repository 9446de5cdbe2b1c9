"""What all tables have in common, and engines and sessions: one set of rules for both databases."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A point in time; SQLite keeps no time zone, so it is always UTC there."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Constraints have names, so that migrations can speak of them on both databases."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: sa.JSON, list[Any]: sa.JSON}  # noqa: RUF012


_PRIVATE = 0o600
_SQLITE_PRAGMAS = ("busy_timeout=30000", "foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL")


def make_engine(url: str, *, pool_size: int = 20) -> sa.Engine:
    """An engine whose transactions are durable once committed, and never deadlock on SQLite."""
    if url.startswith("sqlite"):
        _keep_private(Path(url.removeprefix("sqlite:///")))
        engine = sa.create_engine(url, pool_size=pool_size, max_overflow=0)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        return engine
    # Said, not found out: a database made without an encoding would have texts come back as bytes.
    address = sa.make_url(url).set(drivername="postgresql+psycopg").update_query_dict({"client_encoding": "utf8"})
    return sa.create_engine(address, pool_size=pool_size, max_overflow=5, pool_pre_ping=True)


def _keep_private(path: Path) -> None:
    """Make the database's file one that nobody else can read: names, grades, digests of tokens; its logs follow it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE))
    with suppress(PermissionError):  # somebody else's, who has decided about it
        if path.stat().st_mode & 0o077:
            path.chmod(_PRIVATE)


def session_factory(engine: sa.Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)


def counted(session: Session, of: type[Base] | sa.Subquery, *where: sa.ColumnElement[bool]) -> int:
    """How many rows there are of which all of this holds."""
    return session.scalar(sa.select(sa.func.count()).select_from(of).where(*where)) or 0


def server_seconds(connection: sa.Connection | Session) -> sa.ColumnElement[float]:
    """Seconds since 1970 by the database's own clock, which is the same for every machine."""
    dialect = connection.get_bind().dialect.name if isinstance(connection, Session) else connection.dialect.name
    if dialect == "sqlite":
        return sa.literal_column("(julianday('now') - 2440587.5) * 86400.0", sa.Float)
    return sa.literal_column("extract(epoch from clock_timestamp())::float8", sa.Float)


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = "IMMEDIATE"  # writers queue up, instead of failing when a reader turns into one
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")

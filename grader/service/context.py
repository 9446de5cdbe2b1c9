"""What every part of the service works with, put together: settings, database, storage, queue and the assignments."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from grader.service.data import make_engine, session_factory
from grader.service.engine.queue import DbosQueue
from grader.service.ports import JobQueue, Storage
from grader.service.settings import Settings
from grader.service.shelf import Shelf
from grader.service.storage import open_storage


@dataclass(frozen=True)
class Context:
    """An open service."""

    settings: Settings
    engine: sa.Engine
    sessions: sessionmaker[Session]
    storage: Storage
    queue: JobQueue
    shelf: Shelf


def open_context(settings: Settings) -> Context:
    """The service with these settings; its database need not be reachable yet.

    Raises Unavailable: the storage cannot be used.
    """
    engine = make_engine(settings.database)
    return Context(
        settings=settings,
        engine=engine,
        sessions=session_factory(engine),
        storage=open_storage(settings),
        queue=DbosQueue(engine),
        shelf=Shelf(settings.assignments),
    )
